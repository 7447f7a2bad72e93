internal import GRDB
internal import GRDBSQLite

extension Configuration {
    /// Operations of SQLite between two looks at whether the caller gave up.
    private static let operationsPerLook: Int32 = 10_000

    /// Ends a statement that runs for long, with `SQLITE_INTERRUPT`, soon after the task around it was cancelled.
    mutating func endWhenCancelled() {
        prepareDatabase { db in
            sqlite3_progress_handler(db.sqliteConnection, Self.operationsPerLook, { _ in Task.isCancelled ? 1 : 0 }, nil)
        }
    }
}
