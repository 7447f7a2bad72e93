internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// The collector's database file, read-only and as of one moment.
final class SQLiteSource: SnapshotSource {
    private let path: String
    private let queue: DatabaseQueue

    /// Opens the file and holds it at the present moment, even while a writer is busy.
    ///
    /// - Throws: `SnapshotError`.
    init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(5)
        let opened = try Self.explaining(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.unsafeRead { db in
                try db.execute(sql: "BEGIN")
                _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
            }
            return queue
        }
        queue = opened
    }

    func tableNames() throws -> [String] {
        try Self.explaining(path) {
            try queue.unsafeRead { db in
                try String.fetchAll(
                    db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
            }
        }
    }

    func rowCount(_ table: String) throws -> Int? {
        try Self.explaining(path) {
            try queue.unsafeRead { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table.quotedDatabaseIdentifier)") }
        }
    }

    func forEachRow(_ table: String, _ body: (inout SourceRow) throws -> Void) throws {
        try Self.explaining(path) {
            try queue.unsafeRead { db in
                let statement = try db.makeStatement(sql: "SELECT * FROM \(table.quotedDatabaseIdentifier)")
                var row = SourceRow()
                row.names = statement.columnNames
                try Self.step(through: statement.sqliteStatement, columns: row.names.count) { handle in
                    row.number += 1
                    row.clear()
                    for column in 0..<Int32(row.names.count) { row.append(handle, column) }
                    try body(&row)
                }
            }
        }
    }

    private static func step(through handle: SQLiteStatement, columns: Int, _ body: (SQLiteStatement) throws -> Void) throws {
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: try body(handle)
            case SQLITE_DONE: return
            case let code:
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
            }
        }
    }

    /// Turns what SQLite says into a sentence about the file.
    private static func explaining<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            let reason = error.message ?? error.resultCode.description
            switch error.resultCode {
            case .SQLITE_NOTADB: throw SnapshotError.notSQLite(path)
            case .SQLITE_CORRUPT: throw SnapshotError.damaged(path, reason: reason)
            default: throw SnapshotError.notReadable(path, reason: reason)
            }
        }
    }
}

extension SourceRow {
    /// Copies one column of the row that `statement` stands on.
    fileprivate mutating func append(_ statement: SQLiteStatement, _ column: Int32) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: cells.append(.integer(sqlite3_column_int64(statement, column)))
        case SQLITE_FLOAT: cells.append(.real(sqlite3_column_double(statement, column)))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            append(text: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, column)?.assumingMemoryBound(to: UInt8.self)
            append(blob: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
        default: cells.append(.null)
        }
    }
}
