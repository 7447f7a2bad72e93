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

/// Hears SIGINT and SIGTERM for as long as the program runs. The first goes to the handlers; without a handler, and at the
/// second, the program ends at once.
///
/// It is the only one that listens to them. The sources are never cancelled: Dispatch on Linux does not hear a signal again whose
/// source was cancelled once.
final class Interrupts: Sendable {
    static let shared = Interrupts()

    private let handlers = Mutex<[Int: @Sendable () -> Void]>([:])
    private let counter = Atomic(0)
    private let heard = Atomic(0)

    private init() { for signalNumber in [SIGINT, SIGTERM] { Self.listen(to: signalNumber) } }

    /// Hears SIGHUP as well, unless who started the program had it ignored, as `nohup` does.
    func listenToHangUps() {
        var action = sigaction()
        sigaction(SIGHUP, nil, &action)
        #if canImport(Darwin)
            let isIgnored = action.__sigaction_u.__sa_handler == SIG_IGN
        #else
            let isIgnored = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
        #endif
        if !isIgnored { Self.listen(to: SIGHUP) }
    }

    private static func listen(to signalNumber: Int32) {
        let source = DispatchSource.makeSignalSource(signal: signalNumber, queue: .global())
        // Ignored before, a signal that comes in this very moment would be lost: Dispatch on Linux puts a handler in its place when it
        // begins to listen, a little later. Until then the signal ends the program, as nothing is begun.
        #if canImport(Darwin)
            source.setRegistrationHandler { signal(signalNumber, SIG_IGN) }
        #endif
        // The handler keeps its source, which so lives as long as the program.
        source.setEventHandler { withExtendedLifetime(source) { Interrupts.shared.hear(signalNumber, times: Int(source.data)) } }
        source.resume()
    }

    /// Begins to hear, for a command without a handler too.
    func listen() {}

    /// - Returns: the registration that `remove` takes back.
    @discardableResult
    func add(_ handler: @escaping @Sendable () -> Void) -> Int {
        let number = counter.add(1, ordering: .relaxed).newValue
        handlers.withLock { $0[number] = handler }
        return number
    }

    fileprivate func remove(_ registration: Int) {
        handlers.withLock { $0[registration] = nil }
    }

    private func hear(_ signalNumber: Int32, times: Int) {
        let handlers = handlers.withLock { Array($0.values) }
        // No tidying up: what hangs may be just that.
        if heard.add(times, ordering: .relaxed).newValue > 1 || handlers.isEmpty { Self.end(by: signalNumber) }
        for handler in handlers { handler() }
    }

    /// Ends the program by the signal's default action, so that the parent process sees the signal as its cause.
    private static func end(by signalNumber: Int32) -> Never {
        signal(signalNumber, SIG_DFL)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, signalNumber)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        pthread_kill(pthread_self(), signalNumber)
        _exit(128 + signalNumber)
    }
}
