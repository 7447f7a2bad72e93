internal import Foundation
public import NIOCore
internal import NIOHTTP1
internal import TimeLimit

/// Where the body of a streamed answer is written.
public struct RuntimeStream: Sendable {
    let connection: RuntimeConnection

    /// Returns when there is room for more.
    public func write(_ bytes: ByteBuffer) async throws {
        if bytes.readableBytes > 0 { try await connection.write(bytes) }
    }

    private static let errorType = "Lambda-Runtime-Function-Error-Type"
    private static let errorBody = "Lambda-Runtime-Function-Error-Body"

    static let headers: HTTPHeaders = [
        "Lambda-Runtime-Function-Response-Mode": "streaming", "Content-Type": "application/vnd.awslambda.http-integration-response",
        "Transfer-Encoding": "chunked", "Trailer": "\(errorType), \(errorBody)",
    ]

    /// What comes behind a body that broke off.
    static func trailers(_ error: InvocationError) -> HTTPHeaders {
        [errorType: error.type, errorBody: Data(error.json).base64EncodedString()]
    }
}

extension RuntimeConnection {
    /// Writes `prelude` and what `body` makes.
    ///
    /// - Returns: why it broke off, nil when it is whole.
    func write(
        _ prelude: [UInt8], until end: ContinuousClock.Instant, _ body: @escaping @Sendable (RuntimeStream) async throws -> Void
    ) async -> InvocationError? {
        do {
            try await withTimeLimit(end - .now) {
                try await self.write(ByteBuffer(bytes: prelude))
                try await body(RuntimeStream(connection: self))
            }
            return nil
        } catch let error as InvocationError {
            return error
        } catch is TimeLimitError {
            return InvocationError("Stream.TimedOut", "The answer broke off: the function's time is up.")
        } catch {
            return InvocationError("Stream.BrokenOff", "The answer broke off; send the request again.", cause: "\(error)")
        }
    }
}
