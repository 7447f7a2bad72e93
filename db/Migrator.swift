public import Postgres

/// Brings the schema of a database up to what this program needs.
public struct Migrator: Sendable {
    private let options: ConnectionOptions
    private let known: [Migration]

    /// - Parameter known: the migrations of this program, in order.
    public init(_ options: ConnectionOptions, known: [Migration] = Migration.all) {
        self.options = options
        self.known = known
    }

    /// What is applied and what is pending. Writes nothing.
    ///
    /// - Throws: `SchemaError` when ledger and program contradict each other, `PostgresError` when there is no answer.
    public func status() async throws -> SchemaStatus {
        let connection = try await Connection.connect(options)
        defer { Task { await connection.close() } }
        return try SchemaStatus(known: known, ledger: try await Ledger.read(connection))
    }

    /// Applies what is pending, one transaction per file but for those marked otherwise, and returns what it applied. A run that broke off goes on
    /// with the next one.
    ///
    /// Of two runners at once one applies and the other waits and finds nothing to do. The lock belongs to a transaction
    /// on a connection of its own, so that it holds over all files and through a transaction pooler, and goes when this
    /// program does.
    ///
    /// Servers go on meanwhile. A file that wants a table for itself makes everybody queue behind it, so it waits for a table only
    /// shortly, lets those who queued pass, and tries again.
    ///
    /// - Parameters:
    ///   - lockTimeout: how long to wait for another runner.
    ///   - tablePatience: how long to wait for a table that others use, and how often.
    ///   - willApply: called before each file.
    ///   - willTryAgain: called when others did not let go of a table in time.
    /// - Throws: `SchemaError`, or `PostgresError` naming the migration that failed; nothing of that file is kept.
    public func apply(
        lockTimeout: Duration = .seconds(300), tablePatience: (wait: Duration, tries: Int) = (.seconds(3), 60),
        willApply: @Sendable (Migration) -> Void = { _ in }, willTryAgain: @Sendable (Migration) async -> Void = { _ in }
    ) async throws -> [Migration] {
        let (holder, worker) = (try await Connection.connect(options), try await Connection.connect(options))
        defer {
            Task {
                await worker.close()
                await holder.close()
            }
        }
        return try await holder.transaction { holder in
            let deadline = ContinuousClock.now + lockTimeout
            while try await !tryLock(holder) {
                guard .now < deadline else { throw SchemaError.locked }
                try await Task.sleep(for: .milliseconds(100))
            }
            return try await applyPending(worker, tablePatience, willApply: willApply, willTryAgain: willTryAgain)
        }
    }

    /// Whether it has the lock now. Afterwards it holds no snapshot, for which CREATE INDEX CONCURRENTLY would wait: a statement that waits for the
    /// lock would hold one, and so does the portal of the last statement with parameters until the next one.
    private func tryLock(_ holder: isolated Connection) async throws -> Bool {
        let isLocked = try await holder.queryOne(Self.lock)
        try await holder.executeScript("SELECT")
        return isLocked
    }

    /// "xmonitor" in ASCII, as the number of the advisory lock.
    static let lock = Statement(
        "schema.lock", "SELECT pg_try_advisory_xact_lock(x'786d6f6e69746f72'::BIGINT)", read: { try $0.bool() })

    private func applyPending(
        _ worker: Connection, _ patience: (wait: Duration, tries: Int), willApply: @Sendable (Migration) -> Void,
        willTryAgain: @Sendable (Migration) async -> Void
    ) async throws -> [Migration] {
        let pending = try SchemaStatus(known: known, ledger: try await Ledger.read(worker)).pending
        guard !pending.isEmpty else { return [] }
        try await Target.check(worker, for: .schema)
        try await besideServers(worker, pending[0], patience, willTryAgain) { worker in
            try await Preflight.check(worker)
            try await worker.executeScript(Ledger.create)
        }
        for migration in pending {
            willApply(migration)
            let start = ContinuousClock.now
            guard migration.isTransactional else {
                try await NonTransactionalMigration(migration).apply(worker)
                try await worker.execute(Ledger.record(migration, took: .now - start))
                continue
            }
            try await besideServers(worker, migration, patience, willTryAgain) { worker in
                try await worker.executeScript(migration.sql, timeout: .seconds(3_600))
                try await worker.execute(Ledger.record(migration, took: .now - start))
            }
        }
        return pending
    }

    /// One transaction of `migration`; who uses its tables is not held up for long.
    private func besideServers(
        _ worker: Connection, _ migration: Migration, _ patience: (wait: Duration, tries: Int),
        _ willTryAgain: @Sendable (Migration) async -> Void, _ body: @Sendable (isolated Connection) async throws -> Void
    ) async throws {
        do {
            try await worker.transaction(
                besideWriters: patience.wait, tries: patience.tries, willTryAgain: { await willTryAgain(migration) }, body)
        } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
            throw SchemaError.inUse(migration.fileName)
        }
    }
}
