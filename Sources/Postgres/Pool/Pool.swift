import Synchronization

/// A bounded set of connections, shared by any number of tasks.
///
/// Connections are made when needed and leased first come, first served. A connection comes back clean: an open
/// transaction is rolled back, a broken connection is dropped and its place given to the next in line. Session state
/// (`SET`, temporary tables, `LISTEN`) is not reset: do not leave any. After the database was away the pool recovers by
/// itself. Close it with `close()`, or just let it go.
public final class Pool: Sendable {
    private let core: PoolCore
    private let maintenance: Task<Void, Never>

    /// Nothing is connected yet, except `options.minimum` connections in the background.
    /// - Parameter observe: Told what happens in the pool.
    public init(
        _ connection: ConnectionOptions, options: Options = Options(),
        observe: (@Sendable (PoolObservation) -> Void)? = nil
    ) {
        let core = PoolCore(connection, options, observe)
        self.core = core
        maintenance = Task.detached { await core.maintain() }
    }

    deinit { maintenance.cancel() }

    /// Leases a connection for the duration of `body`; it must not be used afterwards. Throws what `body` throws,
    /// `.poolTimeout`, `.cancelled`, `.closed`, and what `Connection.connect` throws.
    @discardableResult
    public nonisolated(nonsending) func withConnection<Output>(
        _ body: nonisolated(nonsending) (Connection) async throws -> Output
    ) async throws -> Output {
        let pooled = try await core.lease()
        do {
            let output = try await body(pooled.connection)
            await core.giveBack(pooled)
            return output
        } catch {
            await core.giveBack(pooled)
            throw error
        }
    }

    /// How many connections there are now.
    public var statistics: Statistics {
        core.state.withLock { Statistics(open: $0.open, idle: $0.idle.count, waiting: $0.waiters.count) }
    }

    /// Whatever is idle now has to answer before it is leased again, however short the time: the program may have been frozen, and its clock
    /// with it.
    public func suspectIdle() { core.state.withLock { $0.suspectIdle() } }

    /// Refuses new leases and those waiting, closes what is idle, and returns once all leases have ended.
    public func close() async {
        maintenance.cancel()
        await core.close()
    }
}
