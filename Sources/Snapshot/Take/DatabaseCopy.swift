internal import Domain
internal import Foundation
internal import GRDB

/// A database that is being copied: written in full, checked, and only then given its name.
final class DatabaseCopy {
    /// Pages between two looks at whether the caller gave up: 16 MiB at SQLite's usual page size.
    private static let pagesPerStep: Int32 = 4_096

    private let sourcePath: String
    /// The name that errors tell, which the copy will have at last.
    private let finalPath: String
    private let queue: DatabaseQueue

    /// - Parameter path: where the copy is made.
    /// - Throws: `SnapshotError`.
    init(of sourcePath: String, path: String, finalPath: String) throws {
        self.sourcePath = sourcePath
        self.finalPath = finalPath
        var configuration = Configuration()
        configuration.prepareForForeignSchemas()
        // SQLite goes on in the file that is there; it would create one that everybody can read.
        _ = try OutputFile(path: path, finalPath: finalPath).finish()
        let plainPath = URL(fileURLWithPath: path).path
        queue = try Self.explaining(sourcePath, finalPath) { try DatabaseQueue(path: plainPath, configuration: configuration) }
    }

    /// Copies all that `source` held when it was opened, through SQLite's backup API.
    ///
    /// The source's transaction, open since then, is the same for every page, so a writer in another process can neither
    /// change what is copied nor make the copy begin again.
    ///
    /// - Parameter progress: is told the pages that are done, and all of them.
    func fill(from source: SQLiteSource, progress: @escaping (Int, Int) -> Void) throws {
        try explaining {
            try source.queue.unsafeRead { db in
                try queue.writeWithoutTransaction { copy in
                    try db.backup(to: copy, pagesPerStep: Self.pagesPerStep) { step in
                        progress(step.completedPageCount, step.totalPageCount)
                        try Task.checkCancellation()
                    }
                }
            }
        }
        try Task.checkCancellation()
    }

    /// Leaves WAL mode, in which even a reader has to write beside the file, and checks every page.
    ///
    /// - Throws: `SnapshotError.copyDamaged` when the check finds anything that was not in the way of reading every row.
    func check() throws {
        try explaining {
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                guard let fault = try IntegrityCheck(db).firstFault() else { return }
                throw SnapshotError.copyDamaged(sourcePath, reason: fault)
            }
        }
    }

    /// The number of rows of each table, without the virtual tables and the tables in which those keep their contents.
    func rowsPerTable() throws -> [ImportSummary.Count] {
        try explaining {
            try queue.unsafeRead { db in
                let names = try String.fetchAll(
                    db,
                    sql: """
                        SELECT name FROM pragma_table_list
                        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
                        """)
                return try names.map { name in
                    .init(name: name, count: try SQLiteSource.countRows(of: name, db))
                }
            }
        }
    }

    /// The latest moment that a post or a run tells, no later than `limit`; nil when none does.
    ///
    /// A clock that went wrong is passed over, as are values that are no moments, within bounds.
    func newestMoment(before limit: Timestamp) throws -> Timestamp? {
        try explaining {
            try queue.unsafeRead { db in
                var moments: [Timestamp] = []
                for table in [SourceTable.posts, .runs] {
                    let there = try String.fetchAll(
                        db, sql: "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", arguments: [table.name])
                    for column in there where table.momentNames.contains(column.lowercased()) {
                        let name = SourceName.quoted(column)
                        // A view may need what only the application has; then it says nothing.
                        let texts = try? String.fetchAll(
                            db,
                            sql: """
                                SELECT \(name) FROM \(SourceName.quoted(table.name))
                                WHERE typeof(\(name)) = 'text' ORDER BY +\(name) COLLATE BINARY DESC LIMIT \(Self.maxMoments)
                                """)
                        moments += (texts ?? []).compactMap { try? Timestamp(iso8601: $0) }
                    }
                }
                return moments.filter { $0 <= limit }.max()
            }
        }
    }

    /// How many of the greatest values of a column are looked at.
    private static let maxMoments = 100

    func close() throws {
        try explaining { try queue.close() }
    }

    private func explaining<Value>(_ body: () throws -> Value) throws -> Value {
        try Self.explaining(sourcePath, finalPath, body)
    }

    private static func explaining<Value>(_ source: String, _ copy: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            let reason = error.message ?? error.resultCode.description
            switch error.resultCode {
            case .SQLITE_INTERRUPT: throw CancellationError()
            case .SQLITE_FULL: throw SnapshotError.cannotWrite(copy, errno: ENOSPC)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw SnapshotError.copyDamaged(source, reason: reason)
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_READ:
                throw SnapshotError.notReadable(source, reason: reason)
            case .SQLITE_IOERR:
                throw SnapshotError.cannotWrite(
                    copy, reason: "the disk, or a limit on the size of files, refused a write", remedy: "Make room or choose another place."
                )
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: throw SnapshotError.cannotWrite(copy, reason: reason, remedy: "")
            // Whatever it was, no remedy is known for it.
            default: throw SnapshotError.cannotCopy(source, reason: reason)
            }
        }
    }
}
