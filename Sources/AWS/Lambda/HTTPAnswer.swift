internal import Foundation
internal import JSON

/// An answer of HTTP, as a gateway or a function URL takes it (payload format 2.0).
public struct HTTPAnswer: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]

    public init(status: Int, headers: [(name: String, value: String)]) {
        self.status = status
        self.headers = headers
    }

    /// What belongs to one connection (RFC 9110, section 7.6.1): the gateway has its own.
    private static let ofConnection: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    /// The whole answer. Text goes as it is, anything else in Base64.
    public func json(_ body: [UInt8]) -> [UInt8] {
        let isPacked = headers.contains { $0.name.lowercased() == "content-encoding" && $0.value.lowercased() != "identity" }
        let text = isPacked ? nil : String(validating: body, as: UTF8.self)
        var writer = JSONWriter(capacity: body.count * 4 / 3 + 1_024)
        writer.object { writer in
            writeHead(to: &writer)
            writer.key("isBase64Encoded")
            writer.boolean(text == nil)
            writer.key("body")
            if let text { writer.string(text) } else { writer.string(Data(body).base64EncodedString()) }
        }
        return writer.bytes
    }

    /// What stands before the body of a streamed answer.
    var streamPrelude: [UInt8] {
        var writer = JSONWriter()
        writer.object { writeHead(to: &$0) }
        return writer.bytes + [UInt8](repeating: 0, count: 8)
    }

    private func writeHead(to writer: inout JSONWriter) {
        writer.key("statusCode")
        writer.integer(Int64(status))
        writer.key("headers")
        writer.object { writer in
            for (name, value) in joined {
                writer.key(name)
                writer.string(value)
            }
        }
        writer.key("cookies")
        writer.array { writer in
            for (name, value) in headers where name.lowercased() == "set-cookie" { writer.string(value) }
        }
    }

    /// One value for each name, in lower case and in the order in which they came.
    private var joined: [(name: String, value: String)] {
        var joined: [(name: String, value: String)] = []
        for (name, value) in headers.map({ ($0.name.lowercased(), $0.value) }) {
            if name == "set-cookie" || Self.ofConnection.contains(name) { continue }
            if let place = joined.firstIndex(where: { $0.name == name }) {
                joined[place].value += ", " + value
            } else {
                joined.append((name, value))
            }
        }
        return joined
    }
}
