internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// The collector's database file, read-only and as of one moment.
final class SQLiteSource: SnapshotSource {
    let path: String
    let queue: DatabaseQueue

    /// Opens the file and holds it at the present moment, even while a writer is busy.
    ///
    /// - Throws: `SnapshotError`.
    init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(5)
        configuration.endWhenCancelled()
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

    func columnNames(_ table: String) throws -> [String] {
        try Self.explaining(path) {
            try queue.unsafeRead { db in try db.makeStatement(sql: "SELECT * FROM \(table.quotedDatabaseIdentifier)").columnNames }
        }
    }

    func forEachRow(_ table: String, _ body: (inout SourceRow) throws -> Void) throws {
        try forEachRow(table, orderedBy: [], body)
    }

    /// Calls `body` for each row of `table`, sorted by `terms` of SQL and then in the order in which the rows are stored.
    func forEachRow(_ table: String, orderedBy terms: [String], _ body: (inout SourceRow) throws -> Void) throws {
        try Self.explaining(path) {
            try queue.unsafeRead { db in
                let order = try terms + Self.storedOrder(of: table, db)
                let sorting = order.isEmpty ? "" : " ORDER BY \(order.joined(separator: ", "))"
                let statement = try db.makeStatement(sql: "SELECT * FROM \(table.quotedDatabaseIdentifier)\(sorting)")
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

    /// Without it SQLite may walk through an index instead of the table, and no two passes need to agree about "the last row".
    private static func storedOrder(of table: String, _ db: Database) throws -> [String] {
        let isKeyed = try Bool.fetchOne(
            db, sql: "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", arguments: [table])
        if isKeyed == true { return try db.primaryKey(table).columns.map(\.quotedDatabaseIdentifier) }
        let taken = Set(try db.columns(in: table).map { $0.name.lowercased() })
        return ["rowid", "_rowid_", "oid"].filter { !taken.contains($0) }.prefix(1).map { $0 }
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
    static func explaining<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            let reason = error.message ?? error.resultCode.description
            switch error.resultCode {
            case .SQLITE_INTERRUPT: throw CancellationError()
            case .SQLITE_NOTADB: throw SnapshotError.notSQLite(path)
            case .SQLITE_CORRUPT: throw SnapshotError.damaged(path, reason: reason)
            case .SQLITE_BUSY: throw SnapshotError.busy(path)
            case .SQLITE_READONLY, .SQLITE_CANTOPEN: throw SnapshotError.cannotOpen(path, reason: reason)
            // The file itself is only read.
            case .SQLITE_FULL: throw SnapshotError.noRoomToSort(path)
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE: throw SnapshotError.noRoomToSort(path)
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
