/// How long a transaction may hold up others, watched by the server: it goes on when this program stands still or is gone.
///
/// They come with the BEGIN, so they cost no round trip, hold through a pooler in transaction mode, and take the place of what role and
/// database have as defaults. Zero is without a bound.
public struct TransactionBounds: Sendable, Hashable {
    /// How long a statement waits for a lock: then it fails with `.lockNotAvailable`.
    public var lock: Duration
    /// How long a statement may take: then it fails with `.queryCanceled`.
    public var statement: Duration
    /// How long the server waits for the next statement: then it ends the session.
    public var idle: Duration

    /// Bounds of one's own; none unless said otherwise.
    public init(lock: Duration = .zero, statement: Duration = .zero, idle: Duration = .zero) {
        self.lock = lock
        self.statement = statement
        self.idle = idle
    }

    /// For work that takes as long as it takes, whatever role and database have as defaults.
    public static let none = TransactionBounds()

    /// What follows the BEGIN on a server of this version.
    func settings(serverVersion: Int) -> String {
        var bounds = [("lock_timeout", lock), ("statement_timeout", statement), ("idle_in_transaction_session_timeout", idle)]
        if serverVersion >= 170_000 { bounds.append(("transaction_timeout", .zero)) }
        return bounds.map { "SET LOCAL \($0) = \(Self.milliseconds($1))" }.joined(separator: "; ")
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        return Int32(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    }
}
