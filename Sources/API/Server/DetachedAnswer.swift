internal import HTTPTypes
internal import Hummingbird
public import NIOCore
internal import Synchronization

/// The answer to a request that came by no socket of this server; its owner sends it.
public struct DetachedAnswer: Sendable {
    private let response: Response
    /// Whether it answers `HEAD`: the length of its body is told, the body is not sent.
    private let isHead: Bool

    init(_ response: Response, isHead: Bool) {
        self.response = response
        self.isHead = isHead
    }

    /// Another answer to the same request.
    func replaced(by problem: Problem) -> DetachedAnswer {
        var other = problem.response(requestID: response.headers[.requestID] ?? APIContext.randomRequestID())
        // What does not depend on the body stays: who may read the answer, and what a browser may do with it.
        for field in response.headers where !other.headers.contains(field.name) && !Self.ofBody.contains(field.name) {
            other.headers.append(field)
        }
        other.headers[.cacheControl] = "no-store"
        return DetachedAnswer(isHead ? other.withoutBody() : other, isHead: isHead)
    }

    private static let ofBody: Set<HTTPField.Name> = [
        .contentEncoding, .contentDisposition, .eTag, .lastModified, .contentLength, .setCookie,
    ]

    public var status: Int { response.status.code }

    /// Names the request in the log.
    var requestID: String { response.headers[.requestID] ?? "none" }

    /// Whoever sends the answer tells the length of its body, except where there is none to be measured.
    public var headers: [(name: String, value: String)] {
        response.headers.filter { isHead || $0.name != .contentLength }.map { ($0.name.rawName, $0.value) }
    }

    /// Gives `send` the body, piece by piece.
    ///
    /// - Throws: what `send` throws, or an error when the body breaks off.
    public func write(_ send: @escaping @Sendable (ByteBuffer) async throws -> Void) async throws {
        guard !isHead else { return }
        try await response.body.write(SentBody(send: send))
    }

    /// The whole body; nil when it has more than `maximum` bytes.
    ///
    /// - Throws: an error when the body breaks off.
    public func bytes(atMost maximum: Int) async throws -> [UInt8]? {
        let collected = Mutex<[UInt8]>([])
        do {
            try await write { piece in
                let count = collected.withLock { bytes in
                    bytes += piece.readableBytesView
                    return bytes.count
                }
                guard count <= maximum else { throw AnswerTooLarge() }
            }
        } catch  where collected.withLock({ $0.count > maximum }) {
            return nil
        }
        return collected.withLock { $0 }
    }
}

/// Whoever takes an answer takes no more of it. That is no fault.
struct AnswerTooLarge: Error {}

private struct SentBody: ResponseBodyWriter {
    let send: @Sendable (ByteBuffer) async throws -> Void

    mutating func write(_ piece: ByteBuffer) async throws { try await send(piece) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
