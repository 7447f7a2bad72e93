import Postgres
import Store

/// The connections to the database of a program that serves the archive.
struct ArchivePools {
    let reader, writer, follower, prober: Pool

    /// Nothing is connected before it is needed.
    ///
    /// A process has a pool for each use, so that readers do not wait for writers who wait for each other. A function, which does one thing at a
    /// time, has one for all of them, and a second only for a replica: there are many functions, and each keeps its connections while
    /// it is frozen.
    ///
    /// - Throws: `Failure` for a setting that means nothing.
    init(_ settings: Settings, database: ConnectionOptions, for mode: ServingMode) throws {
        let size = try settings.integer(.poolSize)
        let replica = try settings.optional(.readDatabaseURL).map { _ in try settings.readDatabase(otherwise: database) }
        switch mode {
        case .process:
            reader = Self.pool("reader", replica ?? database, Pool.Options(maximum: size), writes: false)
            writer = Self.pool("writer", database, Pool.Options(maximum: size))
            follower = Self.pool("follower", database, Pool.Options(maximum: (size + 1) / 2))
            prober = Self.pool("prober", database, Pool.Options(maximum: 1))
        case .function:
            let options = Pool.Options(maximum: size)
            // Readers get no connection either while the address leads to a standby: one pool cannot lead to both.
            let all = Self.pool("database", database, options)
            reader = replica.map { Self.pool("reader", $0, options, writes: false) } ?? all
            (writer, follower, prober) = (all, all, all)
        }
    }

    /// Between two requests a function may have been frozen, for however short a time, and the other end be gone.
    func suspectIdle() {
        for pool in [reader, writer, follower, prober] { pool.suspectIdle() }
    }

    /// Returns once nobody uses a connection any more.
    func close() async {
        for pool in [reader, writer, follower, prober] { await pool.close() }
    }

    /// - Parameter writes: whether its connections have to lead to where can be written.
    private static func pool(_ name: String, _ connection: ConnectionOptions, _ options: Pool.Options, writes: Bool = true) -> Pool {
        var connection = connection
        let patience = connection.statementTimeout
        // Bounds on the server side too: this process may be stopped, or gone.
        connection.transactionBounds = TransactionBounds(lock: patience / 2, statement: patience + .seconds(1), idle: patience)
        connection.requiresWritableSession = writes
        return Pool(connection, options: options) { LogLine.write($0, pool: name) }
    }
}
