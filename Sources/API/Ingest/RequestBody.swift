internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What a client sent, whole and unpacked, and the share of the memory for such bodies that it takes.
struct RequestBytes {
    let bytes: [UInt8]
    let share: ByteBudget.Share
}

/// Reads bodies of `limit` bytes at most, as many at once as `budget` has room for.
struct BodyReader: Sendable {
    let limit: Int
    let budget: ByteBudget

    /// The bytes of a body that says it is JSON. Everything that the head alone tells is looked at before the body is asked for.
    ///
    /// - Throws: `Problem`.
    func read(_ request: Request, _ context: APIContext) async throws -> RequestBytes {
        try Self.checkType(request)
        let coding = try BodyCoding(request)
        let tooLarge = Problem(.tooLarge, "The body has more than \(limit) bytes. Send fewer items at a time.")
        let length = request.headers[.contentLength].flatMap(Int.init)
        if let length, length > limit { throw tooLarge }
        let share = try await budget.take(coding == .gzip ? limit : length ?? limit, for: context.principal.logName)
        try await Expectation.ask(for: request, context)
        var bytes: [UInt8] = []
        let unpacking = try coding == .gzip ? Gunzip() : nil
        do {
            for try await chunk in request.body {
                if let unpacking {
                    try unpacking.add(chunk, to: &bytes, atMost: limit)
                } else {
                    bytes.append(contentsOf: chunk.readableBytesView)
                }
                guard bytes.count <= limit else { throw tooLarge }
            }
            try unpacking?.finish()
        } catch let error as Problem {
            throw error
        } catch is Gunzip.Malformed {
            throw Problem(.malformedRequest, "The body is not what Content-Encoding says: it is no gzip, or not all of one.")
        } catch  where !Task.isCancelled {
            throw Problem(.malformedRequest, "The body ended before its time, or its chunks are malformed. Send the request again.")
        }
        return RequestBytes(bytes: bytes, share: share)
    }

    /// RFC 9110, section 8.3: names know no case, and white space may stand around a semicolon.
    private static func checkType(_ request: Request) throws(Problem) {
        guard let text = request.headers[.contentType] else { return }
        let parts = text.lowercased().split(separator: ";", omittingEmptySubsequences: false).map {
            $0.trimming { $0 == " " || $0 == "\t" }
        }
        guard parts[0] == "application/json" || parts[0].hasSuffix("+json") else {
            throw Problem(.unsupportedMediaType, "The body has to be JSON: send the header content-type: application/json.")
        }
        let charsets = parts.dropFirst().filter { $0.hasPrefix("charset=") }.map { $0.dropFirst(8).trimming { $0 == "\"" } }
        guard charsets.allSatisfy({ ["utf-8", "utf8", "us-ascii"].contains($0) }) else {
            throw Problem(.unsupportedMediaType, "JSON is UTF-8; the content-type of this body names another charset.")
        }
    }
}

extension Substring {
    fileprivate func trimming(_ isOuter: (Character) -> Bool) -> Substring {
        var text = drop(while: isOuter)
        while let last = text.last, isOuter(last) { text.removeLast() }
        return text
    }
}
