import Synchronization

/// The part of a connection that other threads see: which operation runs, whether it shall stop, and in what condition
/// the connection was left.
final class OperationControl: Sendable {
    /// Names one operation, so that a late cancellation never hits the next one.
    struct Ticket: Hashable, Sendable { fileprivate let number: UInt64 }

    enum Condition: Sendable {
        /// No transaction, nothing pending.
        case ready
        /// Inside a transaction, failed or not.
        case inTransaction
        /// Cannot be used any more.
        case closed
    }

    private struct State {
        var lastNumber: UInt64 = 0
        var running: Ticket?
        var isCancelRequested = false
        var condition = Condition.ready
        var isReadOnly = false
        var isShared = false
        var socket: Int32 = -1
    }

    private let state = Mutex(State())
    let wakePipe: WakePipe

    init(wakePipe: WakePipe) { self.wakePipe = wakePipe }

    /// nil while another operation has not ended.
    func begin() -> Ticket? {
        state.withLock { state in
            guard state.running == nil else { return nil }
            state.lastNumber += 1
            state.running = Ticket(number: state.lastNumber)
            state.isCancelRequested = false
            return state.running
        }
    }

    func end(_ ticket: Ticket, condition: Condition) {
        state.withLock { state in
            guard state.running == ticket else { return }
            state.running = nil
            state.isCancelRequested = false
            state.condition = condition
        }
    }

    /// Asks the operation to stop; nothing happens when it is over. nil means whichever is running.
    func cancel(_ ticket: Ticket?) {
        state.withLock { state in
            guard let running = state.running, ticket == nil || ticket == running else { return }
            state.isCancelRequested = true
            wakePipe.signal()
        }
    }

    var isCancelRequested: Bool { state.withLock { $0.isCancelRequested } }
    var condition: Condition { state.withLock { $0.condition } }
    /// Whether the server refused to write in this session.
    var isReadOnly: Bool { state.withLock { $0.isReadOnly } }
    /// Whether the session turned out to be shared with others, so that nothing may be prepared in it.
    var isShared: Bool { state.withLock { $0.isShared } }
    var isRunning: Bool { state.withLock { $0.running != nil } }
    /// The connection's socket, for a glance by the pool; -1 once closed.
    var socket: Int32 { state.withLock { $0.socket } }

    func opened(socket: Int32) { state.withLock { $0.socket = socket } }

    func foundReadOnly() { state.withLock { $0.isReadOnly = true } }

    func foundShared() { state.withLock { $0.isShared = true } }

    func closed() {
        state.withLock { state in
            state.socket = -1
            state.condition = .closed
        }
    }
}
