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
        configuration.endWhenCancelled()
        queue = try Self.explaining(sourcePath, finalPath) { try DatabaseQueue(path: path, configuration: configuration) }
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
    /// - Throws: `SnapshotError.copyDamaged` when the check finds anything.
    func check() throws {
        try explaining {
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                let fault = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
                guard fault == "ok" else {
                    throw SnapshotError.copyDamaged(
                        sourcePath, reason: (fault ?? "no answer").replacing("\n", with: " "))
                }
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
                    let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(name.quotedDatabaseIdentifier)")
                    return .init(name: name, count: count ?? 0)
                }
            }
        }
    }

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
            case .SQLITE_FULL: throw SnapshotError.cannotWrite(copy, reason: "the disk is full")
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw SnapshotError.copyDamaged(source, reason: reason)
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_READ:
                throw SnapshotError.notReadable(source, reason: reason)
            case .SQLITE_IOERR: throw SnapshotError.cannotWrite(copy, reason: "the disk, or a limit on the size of files, refused a write")
            default: throw SnapshotError.cannotWrite(copy, reason: reason)
            }
        }
    }
}
