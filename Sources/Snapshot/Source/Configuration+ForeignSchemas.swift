internal import Foundation
internal import GRDB
internal import GRDBSQLite

extension Configuration {
    /// Operations of SQLite between two looks at whether the caller gave up.
    private static let operationsPerLook: Int32 = 10_000

    /// Makes a connection fit for a database of another program: a statement that runs for long ends with `SQLITE_INTERRUPT` soon
    /// after the task around it was cancelled, and a collation that only that program has is taken for the order of bytes. Nothing
    /// here looks rows up by such an order, so it is enough that SQLite agrees to read them.
    mutating func prepareForForeignSchemas() {
        prepareDatabase { db in
            sqlite3_progress_handler(db.sqliteConnection, Self.operationsPerLook, { _ in Task.isCancelled ? 1 : 0 }, nil)
            sqlite3_collation_needed(db.sqliteConnection, nil) { _, connection, _, name in
                sqlite3_create_collation_v2(
                    connection, name, SQLITE_UTF8, nil,
                    { _, length, left, otherLength, right in
                        guard let left, let right else { return length - otherLength }
                        let order = memcmp(left, right, Int(min(length, otherLength)))
                        return order != 0 ? order : length - otherLength
                    }, nil)
            }
        }
    }
}
