public import Domain
internal import Foundation

/// Takes a copy of the collector's database that is whole and of one moment, also while the collector writes to it.
///
/// Copying the file is not enough: in WAL mode the latest commits are in another file. The database itself is never written
/// to; at most SQLite leaves an empty `-wal` and a `-shm` beside it, as with any reader.
public struct Taker: Sendable {
    private let source: Snapshot
    private let destination: String
    private let isLast: Bool
    private let now: @Sendable () -> Timestamp
    private let progress: @Sendable (SnapshotProgress) -> Void

    private var partial: String { destination + ".partial" }
    private var manifest: String { destination + ".manifest.json" }

    /// - Parameters:
    ///   - destination: where the copy goes; its manifest goes beside it.
    ///   - isLast: whether nothing may be written after it: refused while another program has the database open.
    ///   - now: the clock that the manifest is dated by.
    ///   - progress: called from time to time.
    public init(
        _ source: Snapshot, to destination: String, isLast: Bool = false, now: @escaping @Sendable () -> Timestamp,
        progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }
    ) {
        self.source = source
        self.destination = destination
        self.isLast = isLast
        self.now = now
        self.progress = progress
    }

    /// Copies, checks, and gives the copy and its manifest their names.
    ///
    /// - Throws: `SnapshotError` or `CancellationError`; nothing is left behind then.
    public func run() throws -> TakenSnapshot {
        for path in [destination, manifest] where FileManager.default.fileExists(atPath: path) {
            throw SnapshotError.alreadyThere(path)
        }
        let folder = URL(fileURLWithPath: destination).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else { throw SnapshotError.noFolder(folder, toWrite: destination) }
        guard try !source.isFolder() else { throw SnapshotError.isFolder(source.path) }
        var taken = TakenSnapshot(path: destination, manifestPath: manifest)
        taken.isSourceHeld = SQLiteLocks.areHeldByAnotherProcess(source.path)
        guard !(isLast && taken.isSourceHeld) else { throw SnapshotError.inUse(source.path) }
        taken.takenAt = now()  // Whatever was committed before is in the copy.
        let copy = try copyOfSource()
        defer { removeUnfinished() }
        progress(.checking(file: destination))
        try copy.check()
        taken.rows = try copy.rowsPerTable()
        taken.newestRowAt = try copy.newestMoment(before: taken.takenAt)
        try copy.close()
        guard !(isLast && SQLiteLocks.areHeldByAnotherProcess(source.path)) else { throw SnapshotError.inUse(source.path) }
        (taken.sha256, taken.bytes) = try (FileDigest.sha256(of: partial), FileDigest.size(of: partial))
        try publish(taken)
        return taken
    }

    /// Lets go of the source as soon as it is copied, so that its write-ahead log need not grow any longer.
    private func copyOfSource() throws -> DatabaseCopy {
        let database = try source.openDatabase()
        guard try !database.relations().isEmpty else { throw SnapshotError.nothingToImport(source.path) }
        guard resolved(partial) != resolved(source.path) else { throw SnapshotError.alreadyThere(partial) }
        removeUnfinished()
        do {
            let copy = try DatabaseCopy(of: source.path, path: partial, finalPath: destination)
            try copy.fill(from: database) { progress(.copying(done: $0, total: $1)) }
            return copy
        } catch {
            removeUnfinished()
            throw error
        }
    }

    private func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

    /// The copy gets its name last: where there is one, it is whole and has a manifest.
    private func publish(_ taken: TakenSnapshot) throws {
        let file = try OutputFile(path: manifest + ".partial", finalPath: manifest)
        try file.write(taken.manifest)
        _ = try file.finish()
        guard chmod(partial, 0o400) == 0 else { throw SnapshotError.cannotWrite(destination, errno: errno) }
        try rename(manifest + ".partial", manifest)
        do { try rename(partial, destination) } catch {
            unlink(manifest)
            throw error
        }
    }

    private func rename(_ old: String, _ new: String) throws {
        guard !FileManager.default.fileExists(atPath: new) else { throw SnapshotError.alreadyThere(new) }
        guard Foundation.rename(old, new) == 0 else { throw SnapshotError.cannotWrite(new, errno: errno) }
    }

    /// Also what a run left that was killed.
    private func removeUnfinished() {
        for path in ["", "-journal", "-wal", "-shm"].map({ partial + $0 }) + [manifest + ".partial"] {
            unlink(path)
        }
    }
}
