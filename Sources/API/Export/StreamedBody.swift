internal import AsyncAlgorithms
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// The body of an answer of any length, written piece by piece. The producer waits until the reader has taken
/// the piece before, so only a few pieces are in memory at a time.
///
/// An incomplete body ends without the last chunk of its encoding, so that the reader can tell. It is aborted when it stalls or takes too
/// long, when the reader disconnects, and when the server shuts down.
struct StreamedBody: Sendable {
    let connection: any ClientConnection
    /// How long it may wait for posts, or for its reader to take a piece.
    let patience: Duration
    /// How long it may take as a whole: it keeps a connection to the database, whose snapshot keeps old rows from being cleared away.
    let limit: Duration
    /// Whether its reader would be let in now.
    let mayGoOn: @Sendable () -> Bool
    /// Makes the pieces; cancelled when the reader is gone.
    let produce: @Sendable (_ send: @Sendable ([UInt8]) async -> Void) async throws -> Void

    func write(to writer: inout any ResponseBodyWriter) async throws {
        let pieces = AsyncThrowingChannel<ByteBuffer, any Error>()
        connection.whenClosed { pieces.fail(BrokenOff()) }
        // A reader that closes its side is gone. Otherwise this would show with the next piece, which may take long to find.
        try await connection.setClosesWithClient(true)
        let end = connection.close(after: limit)
        defer { end.cancel() }
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await produce { bytes in await pieces.send(ByteBuffer(bytes: bytes)) }
                        pieces.finish()
                    } catch {
                        pieces.fail(error)
                    }
                }
                // Leaving the group cancels the producer, and waits for the end of its query.
                defer { group.cancelAll() }
                try await write(pieces, to: &writer)
            }
        } onGracefulShutdown: {
            connection.close()
        }
        try await connection.setClosesWithClient(false)
        try await writer.finish(nil)
    }

    private func write(_ pieces: AsyncThrowingChannel<ByteBuffer, any Error>, to writer: inout any ResponseBodyWriter) async throws {
        var alarm = connection.close(after: patience)
        defer { alarm.cancel() }
        for try await piece in pieces {
            guard mayGoOn() else { throw BrokenOff() }
            do { try await writer.write(piece) } catch {
                if error is AnswerTooLarge { throw error }
                throw BrokenOff()
            }
            alarm.cancel()
            alarm = connection.close(after: patience)
        }
    }
}

/// The download ends before its end: the reader went away, it stood still, or its reader may read no longer.
struct BrokenOff: Error, CustomStringConvertible {
    var description: String {
        "its connection was closed, by the reader, by a time-out, because the reader may read no longer, or because the server stops"
    }
}
