internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Conditional requests (RFC 9110, section 13): every answer to `GET` has a tag, and a client that has it already gets 304, without a query
/// where the answer is known to be the same. A repeated request is answered once for each version of the archive.
struct ConditionalGet: Sendable {
    let version: SingleFlight<ArchiveVersion>
    private let validators = ValidatorCache()
    private let responses = ResponseCache()

    init(version: SingleFlight<ArchiveVersion>) { self.version = version }

    /// The answer to a `GET` or `HEAD`.
    ///
    /// - Parameter make: makes it anew.
    func answer(_ request: Request, caching: Caching, _ make: () async throws -> Response) async throws -> Response {
        let condition = IfNoneMatch(request)
        guard caching == .archive else {
            let (response, tag) = try await tagged(make())
            return Self.settle(response, tag, condition)
        }
        let address = Self.address(request)
        // The first request of an address needs no version.
        guard condition != nil || request.method == .head || validators.knows(address) else {
            let (response, tag) = try await tagged(make())
            if let tag { validators.remember(address, .init(tag: tag, headers: response.headers)) }
            return response
        }
        let current = try await version.current()
        let gzip = AcceptEncoding(request.headers).gzip
        if let known = validators.entry(address, current) {
            if condition?.includes(known.tag) == true { return .notModified(known.headers) }
            if request.method == .head { return Response(status: .ok, headers: known.headers) }
            if let answer = responses.answer(address, gzip: gzip, current) { return answer }
        }
        let (made, tag) = try await tagged(make())
        // An answer that may not be stored, because a retry may give a better one, does not stand for this version either.
        guard let tag, made.headers[.cacheControl] != "no-store" else { return Self.settle(made, tag, condition) }
        validators.remember(address, .init(version: current, tag: tag, headers: made.headers))
        let response = Self.settle(made, tag, condition)
        guard request.method == .get, response.status == .ok else { return response }
        let answer = try await Compression.apply(to: response, for: request)
        await responses.keep(answer, address, gzip: gzip, current)
        return answer
    }

    /// The response with its tag; neither errors nor streams have one.
    private func tagged(_ response: Response) async -> (Response, EntityTag?) {
        guard response.status == .ok, let body = await response.wholeBody() else { return (response, nil) }
        let tag = EntityTag(of: body.readableBytesView)
        var response = response
        response.headers[.eTag] = tag.text
        return (response, tag)
    }

    private static func settle(_ response: Response, _ tag: EntityTag?, _ condition: IfNoneMatch?) -> Response {
        guard let tag, let condition, condition.includes(tag) else { return response }
        return .notModified(response.headers)
    }

    /// What was asked, whatever the method and the prefix.
    private static func address(_ request: Request) -> String {
        let address = request.uri.string
        return address.hasPrefix("/api/") ? String(address.dropFirst(4)) : address
    }
}

extension Response {
    /// The headers that the answer would have, except those of its body.
    static func notModified(_ headers: HTTPFields) -> Response {
        var response = Response(status: .notModified, headers: headers)
        response.headers[.contentType] = nil
        response.headers[.contentLength] = nil
        return response
    }
}
