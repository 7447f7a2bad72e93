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
        configuration.prepareForForeignSchemas()
        let opened = try Self.explaining(path) {
            let queue = try DatabaseQueue(path: URL(fileURLWithPath: path).path, configuration: configuration)
            try queue.unsafeRead { db in
                try db.execute(sql: "BEGIN")
                _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
            }
            return queue
        }
        queue = opened
    }

    /// Views too: a reader of SQLite queries them as tables.
    func relations() throws -> [SourceRelation] {
        try Self.explaining(path) {
            try queue.unsafeRead { db in
                let shadows = Set(
                    try String.fetchAll(db, sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'"))
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT name, type FROM sqlite_master
                        WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
                        """)
                return rows.map { row in
                    let name: String = row["name"]
                    return SourceRelation(
                        name: name, title: name, kind: row["type"] as String == "view" ? .view : shadows.contains(name) ? .shadow : .table)
                }
            }
        }
    }

    func rowCount(_ table: String) throws -> Int? {
        try Self.explaining(path) { try queue.unsafeRead { db in try Self.countRows(of: table, db) } }
    }

    func countedRows(_ table: String) throws -> (Int?, reason: String?) {
        try Self.explaining(path) {
            do { return (try queue.unsafeRead { db in try Self.countRows(of: table, db) }, nil) } catch let error as DatabaseError
                where error.resultCode == .SQLITE_ERROR
            {
                return (nil, error.message)
            }
        }
    }

    /// Without an index: one may be sorted by a collation, or made by a function, that only the application has.
    static func countRows(of table: String, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(try withoutIndex(table, db))") ?? 0
    }

    /// A table that is keyed has no rows but in its key's index.
    private static func withoutIndex(_ table: String, _ db: Database) throws -> String {
        try SourceName.quoted(table) + (isKeyed(table, db) ? "" : " NOT INDEXED")
    }

    private static func isKeyed(_ table: String, _ db: Database) throws -> Bool {
        let sql = "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?"
        return try Bool.fetchOne(db, sql: sql, arguments: [table]) ?? false
    }

    func columns(_ table: String) throws -> SourceColumns {
        try Self.explaining(path) { try queue.unsafeRead { db in try Self.columns(of: table, db) } }
    }

    /// A column that is worked out when it is read needs whatever functions it was made with.
    private static func columns(of table: String, _ db: Database) throws -> SourceColumns {
        var columns = SourceColumns()
        // Hidden: 1 of a virtual table's own, 2 and 3 worked out from other columns.
        for row in try Row.fetchAll(db, sql: "SELECT name, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1", arguments: [table]) {
            let name: String = row["name"]
            guard row["hidden"] as Int == 2 else {
                columns.readable.append(name)
                continue
            }
            do {
                _ = try db.makeStatement(sql: "SELECT \(SourceName.quoted(name)) FROM \(SourceName.quoted(table))")
                columns.readable.append(name)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
                columns.unreadable.append((name, error.message ?? "SQLite cannot work it out"))
            }
        }
        return columns
    }

    func valueCounts(_ table: String) throws -> [ImportSummary.Count] {
        try Self.explaining(path) {
            try queue.unsafeRead { db in
                let names = try Self.columns(of: table, db).readable
                let counts = names.map { "count(\(SourceName.quoted($0)))" }.joined(separator: ", ")
                guard !names.isEmpty, let row = try Row.fetchOne(db, sql: "SELECT \(counts) FROM \(try Self.withoutIndex(table, db))")
                else {
                    return []
                }
                return names.enumerated().map { .init(name: $1, count: row[$0]) }
            }
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
                var row = SourceRow()
                row.names = try Self.columns(of: table, db).readable
                let columns = row.names.map(SourceName.quoted).joined(separator: ", ")
                let isUTF16 = try String.fetchOne(db, sql: "PRAGMA encoding")?.hasPrefix("UTF-16") ?? false
                let statement = try db.makeStatement(sql: "SELECT \(columns) FROM \(try Self.withoutIndex(table, db))\(sorting)")
                try Self.step(through: statement.sqliteStatement) { handle in
                    row.number += 1
                    row.clear()
                    for column in 0..<Int32(row.names.count) { row.append(handle, column, isUTF16: isUTF16) }
                    try body(&row)
                }
            }
        }
    }

    /// Without it SQLite may walk through an index instead of the table, and no two passes need to agree about "the last row".
    /// A view has no order but that of its own query.
    private static func storedOrder(of table: String, _ db: Database) throws -> [String] {
        if try isKeyed(table, db) { return try db.primaryKey(table).columns.map(SourceName.quoted) }
        let isView = try Bool.fetchOne(db, sql: "SELECT type = 'view' FROM sqlite_master WHERE name = ?", arguments: [table]) ?? false
        guard !isView else { return [] }
        let taken = Set(try String.fetchAll(db, sql: "SELECT name FROM pragma_table_xinfo(?)", arguments: [table]).map(SourceName.lowered))
        return ["rowid", "_rowid_", "oid"].filter { !taken.contains($0) }.prefix(1).map { $0 }
    }

    private static func step(through handle: SQLiteStatement, _ body: (SQLiteStatement) throws -> Void) throws {
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
    fileprivate mutating func append(_ statement: SQLiteStatement, _ column: Int32, isUTF16: Bool) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: cells.append(.integer(sqlite3_column_int64(statement, column)))
        case SQLITE_FLOAT: cells.append(.real(sqlite3_column_double(statement, column)))
        case SQLITE_TEXT where isUTF16:
            // As it is stored: SQLite would put U+FFFD in the place of what is no UTF-16.
            let start = sqlite3_column_text16(statement, column)?.assumingMemoryBound(to: UInt16.self)
            let count = Int(sqlite3_column_bytes16(statement, column))
            append(utf16: UnsafeBufferPointer(start: start, count: count / 2), isWhole: count % 2 == 0)
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            let text = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
            if takes(text.count) { append(text: text) } else { append(tooLong: text, bytes: text.count) }
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, column)?.assumingMemoryBound(to: UInt8.self)
            let blob = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
            if takes(blob.count) { append(blob: blob) } else { append(tooLong: blob, bytes: blob.count) }
        default: cells.append(.null)
        }
    }
}
