/// A snapshot that can be read table by table, any number of times, always in the same order.
protocol SnapshotSource {
    /// Every table or file of the snapshot.
    func tableNames() throws -> [String]

    /// Rows of `table`, nil when counting would mean reading them.
    func rowCount(_ table: String) throws -> Int?

    /// Calls `body` for each row of `table`.
    func forEachRow(_ table: String, _ body: (inout SourceRow) throws -> Void) throws
}

/// Why a snapshot cannot be read. Every description names the file and says what to do.
public enum SnapshotError: Error, Hashable, Sendable, CustomStringConvertible {
    case notFound(String)
    case notReadable(String, reason: String)
    case notSQLite(String)
    case damaged(String, reason: String)
    case emptyFolder(String)
    case nothingToImport(String)
    case cannotWriteRejects(String, reason: String)

    public var description: String {
        switch self {
        case .notFound(let path): "There is no file or folder at \(path). Check the path."
        case .notReadable(let path, let reason): "\(path) cannot be read: \(reason)."
        case .notSQLite(let path): "\(path) is not a SQLite database. Give the collector's x_monitor.db, or a folder of JSON Lines files."
        case .damaged(let path, let reason):
            "The SQLite database \(path) is damaged: \(reason). Take a new snapshot of the collector's database."
        case .emptyFolder(let path):
            "The folder \(path) holds none of \(SourceTable.all.map { $0.name + ".jsonl" }.joined(separator: ", ")). Give the folder of a snapshot export."
        case .nothingToImport(let path):
            "\(path) holds none of the tables \(SourceTable.all.map(\.name).joined(separator: ", ")). Is it the collector's database?"
        case .cannotWriteRejects(let path, let reason):
            "The reject file \(path) cannot be written: \(reason). Name another place with --rejects."
        }
    }
}
