import Synchronization

/// Leases connections and takes them back. The mutex is held only to look into the books, never across a wait.
final class PoolCore: Sendable {
    let connectionOptions: ConnectionOptions
    let options: Pool.Options
    let observe: (@Sendable (PoolObservation) -> Void)?
    let state: Mutex<PoolState>

    init(
        _ connectionOptions: ConnectionOptions, _ options: Pool.Options, _ observe: (@Sendable (PoolObservation) -> Void)?
    ) {
        self.connectionOptions = connectionOptions
        self.options = options
        self.observe = observe
        state = Mutex(PoolState(maximum: options.maximum))
    }

    /// A healthy connection; the caller must give it back. The common case waits for nothing and changes no thread.
    nonisolated(nonsending) func lease() async throws -> PooledConnection {
        let grant = try state.withLock { state throws(PostgresError) in
            if state.isClosed { throw Self.closed }
            return state.take()
        }
        switch grant {
        case .connection(let pooled, let idleSince, let isSuspect)?:
            return try await isHealthy(pooled, idleSince, isSuspect) ? pooled : replace(pooled)
        case .slot?:
            if let pooled = try await openUnlessFull() { return pooled }
        case nil: break
        }
        while true {
            switch try await wait() {
            case .connection(let pooled, let idleSince, let isSuspect):
                return try await isHealthy(pooled, idleSince, isSuspect) ? pooled : replace(pooled)
            case .slot:
                if let pooled = try await openUnlessFull() { return pooled }
            }
        }
    }

    /// Takes a connection back: clean ones at once, the others after a ROLLBACK or not at all.
    nonisolated(nonsending) func giveBack(_ pooled: PooledConnection) async {
        let control = pooled.connection.control
        if control.isRunning {
            // Somebody kept the connection and uses it still: nothing can be said about its state any more.
            control.cancel(nil)
            return await discard(pooled, .broken)
        }
        if control.isShared, state.withLock({ $0.stopPreparing() }) { observe?(.stoppedPreparing) }
        if control.isReadOnly {
            for idle in state.withLock({ $0.foundReadOnly() }) { await discard(idle, .readOnly) }
        }
        if state.withLock({ $0.isReadOnly(pooled) }) { return await discard(pooled, .readOnly) }
        if control.condition == .inTransaction { await pooled.connection.reset() }
        let now = ContinuousClock.now
        guard control.condition == .ready else { return await discard(pooled, .broken) }
        guard now - pooled.birth < options.maxLifetime else { return await discard(pooled, .old) }
        switch state.withLock({ $0.put(pooled, now: now) }) {
        case .idle: break
        case .wanted(let waiter): waiter.resume(.success(.connection(pooled, idleSince: now)))
        case .refused: await discard(pooled, .poolClosed)
        }
    }

    /// Closes a connection and gives its slot to the next in line.
    nonisolated(nonsending) func discard(_ pooled: PooledConnection, _ reason: PoolObservation.CloseReason) async {
        await pooled.connection.close()
        observe?(.closed(processID: pooled.connection.processID, reason: reason))
        freeSlot()
    }

    /// Opens a connection in a slot the caller holds; the slot is given up when that fails.
    nonisolated(nonsending) func open() async throws -> PooledConnection {
        do { return try await connect() } catch {
            freeSlot()
            throw error
        }
    }

    /// The same, but nil when the server has no room and other connections of the pool may be had soon.
    private nonisolated(nonsending) func openUnlessFull() async throws -> PooledConnection? {
        do throws(PostgresError) { return try await connect() } catch {
            if error.sqlState == .tooManyConnections || error.sqlState == .cannotConnectNow, state.withLock({ $0.foundFull() }) {
                return nil
            }
            freeSlot()
            throw error
        }
    }

    private nonisolated(nonsending) func connect() async throws(PostgresError) -> PooledConnection {
        let start = ContinuousClock.now
        var options = connectionOptions
        state.withLock { state in
            state.opening += 1
            if !state.sendsSettings { options.settings = [:] }
            if !state.preparesStatements { options.preparesStatements = false }
        }
        defer { state.withLock { $0.opening -= 1 } }
        let connection = try await Connection.connect(options, observe: statementObserver)
        if !options.settings.isEmpty, !connection.hasSettings { state.withLock { $0.sendsSettings = false } }
        return PooledConnection(connection: connection, birth: start)
    }

    private var statementObserver: (@Sendable (StatementObservation) -> Void)? {
        guard let observe else { return nil }
        return { observe(.statement($0)) }
    }

    func freeSlot() {
        state.withLock { $0.freeSlot() }?.resume(.success(.slot))
        for closer in state.withLock({ $0.takeClosers() }) { closer.resume() }
    }

    private nonisolated(nonsending) func replace(_ pooled: PooledConnection) async throws -> PooledConnection {
        await pooled.connection.close()
        observe?(.closed(processID: pooled.connection.processID, reason: .broken))
        guard let another = try await openUnlessFull() else { return try await lease() }
        return another
    }

    /// An idle connection's socket has nothing to say: when it has, that is most likely the server's good-bye.
    private nonisolated(nonsending) func isHealthy(
        _ pooled: PooledConnection, _ idleSince: ContinuousClock.Instant, _ isSuspect: Bool
    ) async -> Bool {
        let glance = Poll.wait(pooled.connection.control.socket, Poll.reading, -1, timeout: 0)
        if glance.isTimeout, !isSuspect, .now - idleSince < options.healthCheckAfterIdle { return true }
        if await pooled.connection.answers(within: options.healthCheckTimeout) { return true }
        // What ends in silence, as when this program was frozen, has met those too that were idle for as long: nobody waits for each of them.
        let alike = glance.isTimeout ? state.withLock { $0.takeIdle(since: idleSince) } : []
        for other in alike { await discard(other, .broken) }
        return false
    }

    static var closed: PostgresError { PostgresError(.closed, "the connection pool is closed") }
}

extension Connection {
    /// Whether the server answers an empty query. A connection that does not is closed.
    func answers(within timeout: Duration) async -> Bool {
        do {
            try await perform("health check", timeout: timeout, isShielded: true) { session in
                session.isClosedAtDeadline = true
                try session.runScript("")
            }
            return true
        } catch {
            return false
        }
    }
}
