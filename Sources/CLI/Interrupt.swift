import Dispatch
import Foundation

/// Runs `body` in a task that SIGINT (Ctrl-C) and SIGTERM cancel.
///
/// - Throws: `CancellationError` when it was cancelled, or what `body` throws.
func cancelledByInterrupt<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = Task { try await body() }
    let sources = [SIGINT, SIGTERM].map { signalNumber in
        signal(signalNumber, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: signalNumber, queue: .global())
        source.setEventHandler { task.cancel() }
        source.resume()
        return source
    }
    // The signals stay ignored: whoever handles them next, a server among them, needs them not to end the process at once.
    defer { for source in sources { source.cancel() } }
    return try await withTaskCancellationHandler {
        do { return try await task.value } catch {
            // Whatever gave up first, it did because it was told to.
            throw task.isCancelled ? CancellationError() : error
        }
    } onCancel: {
        task.cancel()
    }
}
