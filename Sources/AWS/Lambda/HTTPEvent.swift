internal import Encoding
internal import Foundation
internal import JSON

/// A request of HTTP, as a gateway or a function URL passes it on (payload format 2.0).
public struct HTTPEvent: Sendable {
    public var method: String
    /// Path and query, escaped as in an address.
    public var target: String
    /// In lower case; those that came several times are joined.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// Whether it came by a function URL, which takes a streamed answer.
    public var isStreamed: Bool

    /// - Throws: `InvocationError` when `payload` is no such request.
    public init(_ payload: [UInt8]) throws(InvocationError) {
        let value: JSONValue
        do { value = try JSONReader.read(payload) } catch {
            throw InvocationError("Event.NotJSON", "This event is no JSON: \(error).")
        }
        guard case .object(let event) = value else { throw Self.isNoRequest }
        try self.init(event)
    }

    private static let isNoRequest = InvocationError(
        "Event.NotHTTP", "This function answers requests of HTTP in the payload format 2.0, and this event is none.")

    private init(_ event: JSONObject) throws(InvocationError) {
        guard let context = event.object("requestContext"), let http = context.object("http"), let method = http.text("method"),
            event.text("version") == "2.0"
        else { throw Self.isNoRequest }
        self.method = method
        isStreamed = context.text("domainName")?.contains(".lambda-url.") == true
        let path = event.text("rawPath") ?? "/"
        // A gateway has decoded the path; a function URL has not.
        let escaped = isStreamed ? Self.mended(path) : path.percentEncoded(keeping: Self.keptInPath)
        let query = event.text("rawQueryString") ?? ""
        target = (escaped.hasPrefix("/") ? "" : "/") + escaped + (query.isEmpty ? "" : "?" + query)
        headers = Self.headers(of: event)
        body = try Self.body(of: event)
    }

    /// A gateway waits for 30 s, however much time the function has.
    private static let gatewayPatience: Duration = .seconds(28)

    /// `invocation`, given up before whoever passed this on gives it up.
    public func limiting(_ invocation: Invocation, at now: ContinuousClock.Instant = .now) -> Invocation {
        guard !isStreamed else { return invocation }
        var invocation = invocation
        invocation.deadline = min(invocation.deadline, now + Self.gatewayPatience)
        return invocation
    }

    /// What an address has in its path without being escaped (RFC 3986), besides letters, digits and the like.
    private static let keptInPath = "/!$&'()*+,;=:@"

    /// Escapes what no address has; what is escaped already stays.
    private static func mended(_ path: String) -> String { path.percentEncoded(keeping: keptInPath + "%") }

    private static func headers(of event: JSONObject) -> [(name: String, value: String)] {
        let cookies = event.texts("cookies")
        var headers = (event.object("headers")?.members ?? []).compactMap { member -> (name: String, value: String)? in
            guard case .string(let value) = member.value else { return nil }
            return (member.name.lowercased(), value)
        }
        if !cookies.isEmpty {
            headers.removeAll { $0.name == "cookie" }
            headers.append((name: "cookie", value: cookies.joined(separator: "; ")))
        }
        return headers
    }

    private static func body(of event: JSONObject) throws(InvocationError) -> [UInt8] {
        guard let text = event.text("body") else { return [] }
        guard case .boolean(true)? = event["isBase64Encoded"] else { return Array(text.utf8) }
        guard let data = Data(base64Encoded: text) else {
            throw InvocationError("Event.NotBase64", "The body of this event says that it is Base64, and is not.")
        }
        return Array(data)
    }
}

extension JSONObject {
    fileprivate func text(_ name: String) -> String? {
        if case .string(let text)? = self[name] { text } else { nil }
    }

    fileprivate func object(_ name: String) -> JSONObject? {
        if case .object(let object)? = self[name] { object } else { nil }
    }

    fileprivate func texts(_ name: String) -> [String] {
        guard case .array(let elements)? = self[name] else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}
