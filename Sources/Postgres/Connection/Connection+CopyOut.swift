import CLibPQ

extension Connection {
    /// Runs `COPY … TO STDOUT` and hands its data to `body` in chunks of whole rows, about `chunkSize` bytes each.
    /// The next chunk is not read before `body` has returned, so an export of any size takes bounded memory. If `body`
    /// throws, the COPY is cancelled and the error passed on.
    /// - Parameter timeout: How long to wait for the server at a stretch, not counting the time `body` takes.
    public func copyOut(
        _ name: String, _ copySQL: String, chunkSize: Int = 64 << 10, timeout: Duration? = nil,
        _ body: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        let operation = try begin(name)
        let control = control
        try await withTaskCancellationHandler {
            do {
                try session.start(name, timeout: timeout)
                try session.startCopy(copySQL, expecting: PGRES_COPY_OUT)
                var isComplete = false
                while !isComplete {
                    let chunk = try nextCopyChunk(chunkSize, &isComplete)
                    if !chunk.isEmpty { try await body(chunk) }
                    session.restartDeadline(timeout)
                }
                _ = try session.collect([])
                end(operation, error: nil)
            } catch {
                if !session.isQuiet { session.abort() }
                end(operation, error: error)
                throw error
            }
        } onCancel: {
            control.cancel(operation.ticket)
        }
    }

    private func nextCopyChunk(_ size: Int, _ isComplete: inout Bool) throws -> [UInt8] {
        var chunk: [UInt8] = []
        chunk.reserveCapacity(size + 4096)
        while !isComplete, chunk.count < max(1, size) {
            isComplete = try !session.nextCopyData { chunk.append(contentsOf: $0) }
        }
        return chunk
    }
}
