import CLibPQ
import Synchronization

/// What it takes to ask a server to cancel what one connection is doing.
///
/// `@unchecked Sendable` is safe: the `PGcancel` never changes between its creation and `deinit`, and libpq documents
/// PQcancel as callable from any thread, even a signal handler ("Canceling Queries in Progress").
final class CancelRequest: @unchecked Sendable {
    /// A request under way; finished, successfully or not, when `isDone`.
    final class Attempt: Sendable {
        private let done = Atomic(false)
        var isDone: Bool { done.load(ordering: .acquiring) }
        fileprivate func finish() { done.store(true, ordering: .releasing) }
    }

    private let pointer: OpaquePointer

    init?(_ connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        self.pointer = pointer
    }

    deinit { PQfreeCancel(pointer) }

    /// Sends the request on a thread of its own, because PQcancel connects to the server, blocking and without a
    /// time limit; wakes `pipe` when it is done.
    func send(waking pipe: WakePipe) -> Attempt {
        let attempt = Attempt()
        let started = NativeThread.start { [self] in
            var reason = [CChar](repeating: 0, count: 256)
            _ = PQcancel(pointer, &reason, Int32(reason.count))
            attempt.finish()
            pipe.signal()
        }
        if !started { attempt.finish() }
        return attempt
    }
}
