/// Why a snapshot cannot be read. Every description names the file and says what to do.
public enum SnapshotError: Error, Hashable, Sendable, CustomStringConvertible {
    case notFound(String)
    case notReadable(String, reason: String)
    case notSQLite(String)
    case damaged(String, reason: String)
    case busy(String)
    case cannotOpen(String, reason: String)
    case noRoomToSort(String)
    case isFolder(String)
    case notRegular(String)
    case alreadyThere(String)
    case noFolder(String, toWrite: String)
    case cannotWrite(String, reason: String, remedy: String)
    case cannotCopy(String, reason: String)
    case copyDamaged(String, reason: String)
    case notAnExport(String, reason: String)
    case emptyFolder(String)
    case nothingToImport(String)
    case cannotWriteRejects(String, reason: String)
    /// The database cannot take an import; each line names what is missing and the remedy.
    case notPrepared([String])
    /// What to do about it, the program says.
    case outdatedSchema(applied: Int, needed: Int)
    case oldServer(Int)
    case diskTooSmall(String, free: Int64, needed: Int64)
    case labelTaken(String)
    case unknownLabel(String)
    /// Another program has the database open, of which this was to be the last copy.
    case inUse(String)
    case tooManyRejects(Int, limit: Int, file: String)
    /// Other imports found rows of an import as they had to be.
    case confirmed(String, by: [String])
    case importUnderWay
    case overtaken

    public var description: String {
        switch self {
        case .notFound(let path): "There is no file or folder at \(path). Check the path."
        case .notReadable(let path, let reason): "\(path) cannot be read: \(reason)."
        case .notSQLite(let path):
            "\(path) is not a SQLite database, or is encrypted. Give the collector's x_monitor.db, or a folder of JSON Lines files."
        case .damaged(let path, let reason):
            "The SQLite database \(path) is damaged: \(reason). Take a new snapshot of the collector's database."
        case .busy(let path): "\(path) is locked by another program that writes to it. Try again when that has finished."
        case .cannotOpen(let path, let reason):
            "\(path) cannot be opened: \(reason). Check that it can be read, that its folder can be written to if the database is in WAL mode, and that no unfinished write (\(path)-journal) waits for its owner to open it."
        case .noRoomToSort(let path):
            "\(path) cannot be sorted: the disk for temporary files is full or refuses a write. Make room, or name another folder with SQLITE_TMPDIR."
        case .isFolder(let path): "\(path) is a folder. Give the SQLite file of the collector."
        case .notRegular(let path):
            "\(path) is neither a file nor a folder, but a pipe, a socket or a device. Save what comes out of it in a file, and give that."
        case .alreadyThere(let path): "\(path) is there already and is not overwritten. Delete it or choose another name."
        case .noFolder(let folder, let path): "\(path) cannot be written: there is no folder \(folder). Create it or choose another place."
        case .cannotWrite(let path, let reason, let remedy):
            "\(path) cannot be written: \(reason). Nothing of it was kept.\(remedy.isEmpty ? "" : " " + remedy)"
        case .cannotCopy(let path, let reason): "\(path) cannot be copied: SQLite says \"\(reason)\". Nothing was kept."
        case .copyDamaged(let path, let reason):
            "The copy of \(path) does not pass SQLite's integrity check: \(reason). Nothing was kept; have the database repaired by its owner (`sqlite3 … .recover`) first."
        case .notAnExport(let path, let reason):
            "\(path) is not replaced: \(reason). Give an empty folder, a new name, or an earlier export."
        case .emptyFolder(let path):
            "The folder \(path) holds none of \(SourceTable.all.map { $0.name + ".jsonl" }.joined(separator: ", ")). Give the folder of a snapshot export."
        case .nothingToImport(let path):
            "\(path) holds none of the tables \(SourceTable.all.map(\.name).joined(separator: ", ")). Is it the collector's database?"
        case .cannotWriteRejects(let path, let reason):
            "The reject file \(path) cannot be written: \(reason). Name another place with --rejects."
        case .notPrepared(let lines):
            "The database role lacks what this needs; nothing was touched:\n" + lines.map { "  - \($0)" }.joined(separator: "\n")
        case .outdatedSchema(let applied, let needed): "The database has schema version \(applied), this program needs \(needed)."
        case .oldServer(let version): "The server is Postgres \(version / 10_000); version 15 or newer is needed."
        case .diskTooSmall(let folder, let free, let needed):
            "The disk of \(folder) has \(free >> 20) MiB free, and rejected rows may need \(needed >> 20) MiB. Make room, or name another place with --rejects."
        case .labelTaken(let label): "The label \(label) belongs to the import of another snapshot. Choose another one with --label."
        case .unknownLabel(let label): "There is no import with the label \(label)."
        case .inUse(let path):
            "Another program has \(path) open, so that this would not be the last copy. The owner stops the collector first, by hand and on the laptop."
        case .tooManyRejects(let count, let limit, let file):
            "\(count) rows break a rule, more than --max-rejects \(limit) allows; nothing was imported. They are, whole and with the reason, in \(file)."
        case .confirmed(let label, let others):
            "Rows of \(label) are also in the snapshot of \(others.joined(separator: ", ")), imported under that label, which found them as they had to be: they would go from both. Nothing was removed. Take the other import back first, or remove them all the same with --force and import the other snapshot again."
        case .importUnderWay: "Another import into this database is under way. Wait for it to end, then run the command again."
        case .overtaken: "Another import came in between; nothing was imported. Run the command again."
        }
    }
}
