import Dispatch
import Foundation
import Synchronization

/// Runs `body` in a task that SIGINT (Ctrl-C) and SIGTERM cancel.
///
/// - Throws: `CancellationError` when it was cancelled, or what `body` throws.
func cancelledByInterrupt<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = Task { try await body() }
    let registration = Interrupts.shared.add { task.cancel() }
    defer { Interrupts.shared.remove(registration) }
    return try await withTaskCancellationHandler {
        do { return try await task.value } catch {
            // Whatever gave up first, it did because it was told to.
            throw task.isCancelled ? CancellationError() : error
        }
    } onCancel: {
        task.cancel()
    }
}

/// Hears SIGINT and SIGTERM for as long as the program runs, and tells whoever wants to know.
///
/// The sources are never cancelled: Dispatch on Linux does not hear a signal again whose source was cancelled once, and the
/// server, which comes after the commands that prepare it, listens to the same signals.
private final class Interrupts: Sendable {
    static let shared = Interrupts()

    private let handlers = Mutex<[Int: @Sendable () -> Void]>([:])
    private let counter = Atomic(0)

    private init() {
        for signalNumber in [SIGINT, SIGTERM] {
            signal(signalNumber, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: signalNumber, queue: .global())
            // The handler keeps its source, which so lives as long as the program.
            source.setEventHandler { withExtendedLifetime(source) { Interrupts.shared.tellAll() } }
            source.resume()
        }
    }

    func add(_ handler: @escaping @Sendable () -> Void) -> Int {
        let number = counter.add(1, ordering: .relaxed).newValue
        handlers.withLock { $0[number] = handler }
        return number
    }

    func remove(_ registration: Int) {
        handlers.withLock { $0[registration] = nil }
    }

    fileprivate func tellAll() {
        for handler in handlers.withLock({ Array($0.values) }) { handler() }
    }
}
