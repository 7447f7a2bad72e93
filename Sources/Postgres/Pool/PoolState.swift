/// A connection of a pool and when it was made.
struct PooledConnection: Sendable {
    let connection: Connection
    let birth: ContinuousClock.Instant
}

/// What a lease gets: a connection that was idle, or the right to open one more.
enum PoolGrant: Sendable {
    case connection(PooledConnection, idleSince: ContinuousClock.Instant, isSuspect: Bool = false)
    case slot
}

/// The books of a pool, without side effects: leases and waiters. Guarded by the pool's mutex.
///
/// Invariant: while a lease waits, no connection is idle and no usable slot is free. While the server refuses new connections, leases wait
/// for those that the pool has.
struct PoolState: Sendable {
    struct Waiter: Sendable {
        let id: UInt64
        let continuation: CheckedContinuation<PoolGrant, any Error>
        let timer: Task<Void, Never>

        func resume(_ result: Result<PoolGrant, PostgresError>) {
            timer.cancel()
            continuation.resume(with: result.mapError { $0 })
        }
    }

    struct Idle: Sendable {
        let pooled: PooledConnection
        let since: ContinuousClock.Instant
        /// Whether its time says nothing about whether it lives.
        var isSuspect = false
    }

    let maximum: Int
    /// Least recently used first.
    var idle: [Idle] = []
    /// Slots taken: connections that are idle, leased or being opened.
    var open = 0
    /// How many of those are being opened.
    var opening = 0
    /// Until then the server is taken to have no room for more connections.
    var fullUntil: ContinuousClock.Instant?
    /// Connections made before lead to a server that does not take writes.
    var readOnlyBefore: ContinuousClock.Instant?
    /// Whether connections begin with `ConnectionOptions.settings`: until a pooler takes none.
    var sendsSettings = true
    /// Whether connections prepare statements where the options say so: until one finds that it shares its session.
    var preparesStatements = true
    /// First come, first served.
    var waiters: [Waiter] = []
    var isClosed = false
    /// Those who wait in `close()` for the last connection.
    var closers: [CheckedContinuation<Void, Never>] = []
    private var lastWaiter: UInt64 = 0

    init(maximum: Int) { self.maximum = maximum }

    mutating func newWaiterID() -> UInt64 {
        lastWaiter += 1
        return lastWaiter
    }

    /// What is to be had at once.
    mutating func take() -> PoolGrant? {
        if let last = idle.popLast() { return .connection(last.pooled, idleSince: last.since, isSuspect: last.isSuspect) }
        guard open < maximum, !isFull else { return nil }
        open += 1
        return .slot
    }

    /// Whether to wait for one of the connections that there are is better than to ask the server for another.
    private var isFull: Bool {
        guard let fullUntil, open > opening else { return false }
        return .now < fullUntil
    }

    /// A connection could not be opened for want of room on the server: whether others are there to wait for. The slot is free then.
    mutating func foundFull() -> Bool {
        // One slot is that of who failed.
        guard open - 1 > opening else { return false }
        open -= 1
        fullUntil = .now + .milliseconds(500)
        return true
    }

    /// Takes all idle connections out: their server does not take writes, and those that are leased are not to come back.
    mutating func foundReadOnly() -> [PooledConnection] {
        readOnlyBefore = .now
        defer { idle = [] }
        return idle.map(\.pooled)
    }

    /// Whether the pool prepared statements until now.
    mutating func stopPreparing() -> Bool {
        defer { preparesStatements = false }
        return preparesStatements
    }

    mutating func suspectIdle() {
        for index in idle.indices { idle[index].isSuspect = true }
    }

    /// Takes those out that nobody has used since `moment` or longer.
    mutating func takeIdle(since moment: ContinuousClock.Instant) -> [PooledConnection] {
        let old = idle.filter { $0.since <= moment }
        idle.removeAll { $0.since <= moment }
        return old.map(\.pooled)
    }

    func isReadOnly(_ pooled: PooledConnection) -> Bool {
        readOnlyBefore.map { pooled.birth < $0 } ?? false
    }

    /// What becomes of a connection that was given back.
    enum Placement: Sendable {
        case idle
        case wanted(Waiter)
        case refused
    }

    /// Puts a clean connection back, or tells who is to get it instead.
    mutating func put(_ pooled: PooledConnection, now: ContinuousClock.Instant) -> Placement {
        if isClosed { return .refused }
        guard waiters.isEmpty else { return .wanted(waiters.removeFirst()) }
        idle.append(Idle(pooled: pooled, since: now))
        return .idle
    }

    /// Gives a slot up; returns the waiter that is to get it instead.
    mutating func freeSlot() -> Waiter? {
        guard waiters.isEmpty else { return waiters.removeFirst() }
        open -= 1
        return nil
    }

    /// Whom to tell that the pool is closed and empty now; nobody while it is not.
    mutating func takeClosers() -> [CheckedContinuation<Void, Never>] {
        guard isClosed, open == 0 else { return [] }
        defer { closers = [] }
        return closers
    }

    mutating func removeWaiter(_ id: UInt64) -> Waiter? {
        waiters.firstIndex { $0.id == id }.map { waiters.remove(at: $0) }
    }
}
