/// Something that happened in a pool, for metrics and logs. Reported on whichever thread it happened: return quickly.
public enum PoolObservation: Sendable {
    /// A connection was closed.
    case closed(processID: Int32, reason: CloseReason)
    /// A lease had to wait for a connection and got one.
    case waited(Duration)
    /// A lease waited in vain.
    case waitTimedOut(Duration)
    /// The server's sessions are shared with others: from now on the pool prepares no statements. At most once.
    case stoppedPreparing
    /// A statement ended, on any of the pool's connections.
    case statement(StatementObservation)

    /// Why a pool closed a connection.
    public enum CloseReason: Sendable {
        /// It was lost, left in a state nothing is known about, or failed its health check.
        case broken
        /// It was made before the pool found out that its server does not take writes.
        case readOnly
        /// Nobody had used it for `idleTimeout`.
        case idle
        /// It had lived for `maxLifetime`.
        case old
        /// The pool was closed.
        case poolClosed
    }
}
