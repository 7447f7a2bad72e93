internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// Answers that are often asked for, such as the newest page, to be sent again while the archive has the version they were made of.
final class ResponseCache: Sendable {
    private struct Question: Hashable, Sendable {
        var address: String
        var gzip: AcceptEncoding.Gzip
    }

    private struct Answer: Sendable {
        var version: ArchiveVersion
        var headers: HTTPFields
        var body: ByteBuffer
    }

    /// Two generations of a hundred pages or so.
    private static let capacity = 4 << 20
    private static let maximumLength = 256 << 10

    private let state = Mutex(TwoGenerationCache<Question, Answer>(capacity: capacity))

    func answer(_ address: String, gzip: AcceptEncoding.Gzip, _ version: ArchiveVersion) -> Response? {
        guard let answer = state.withLock({ $0.find(Question(address: address, gzip: gzip)) }), answer.version == version else {
            return nil
        }
        return Response(status: .ok, headers: answer.headers, body: .init(byteBuffer: answer.body))
    }

    /// - Parameter version: of the archive, read before `response` was made.
    func keep(_ response: Response, _ address: String, gzip: AcceptEncoding.Gzip, _ version: ArchiveVersion) async {
        guard let length = response.body.contentLength, length <= Self.maximumLength, let body = await response.wholeBody() else { return }
        let answer = Answer(version: version, headers: response.headers, body: body)
        state.withLock { $0.keep(Question(address: address, gzip: gzip), answer, size: length + address.utf8.count) }
    }
}
