internal import Foundation

/// The folder that an export fills: under another name until all is in it, and then in place of an earlier export.
struct ExportFolder {
    let path: String

    /// Where the files go while they are written.
    var partial: String { path + ".partial" }
    private var replaced: String { path + ".replaced" }

    init(path: String) {
        self.path = String(path.prefix(1)) + path.dropFirst().replacing(#/\/+$/#, with: "")
    }

    /// Makes the folder to write in, once it is clear that nothing but an earlier export stands in the way.
    ///
    /// - Throws: `SnapshotError`.
    func begin() throws {
        try refuseForeign(path, allowed: try allowedAtPath())
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: parent) else { throw SnapshotError.noFolder(parent, toWrite: path) }
        // What a run left that was killed.
        let ours = Set(SourceTable.all.map { $0.name + ".jsonl" } + [ExportManifest.name])
        for leftover in [partial, replaced] {
            try refuseForeign(leftover, allowed: ours)
            try? FileManager.default.removeItem(atPath: leftover)
        }
        guard mkdir(partial, 0o700) == 0 else { throw SnapshotError.cannotWrite(path, errno: errno) }
    }

    /// Replaces the folder's contents by the new files.
    func publish() throws {
        let isReplacing = FileManager.default.fileExists(atPath: path)
        if isReplacing { try rename(path, replaced) }
        do { try rename(partial, path) } catch {
            if isReplacing { try? rename(replaced, path) }
            throw error
        }
        try? FileManager.default.removeItem(atPath: replaced)
    }

    func discard() {
        try? FileManager.default.removeItem(atPath: partial)
    }

    private func rename(_ old: String, _ new: String) throws {
        guard Foundation.rename(old, new) == 0 else { throw SnapshotError.cannotWrite(path, errno: errno) }
    }

    private func allowedAtPath() throws -> Set<String> {
        let manifest = URL(fileURLWithPath: path).appendingPathComponent(ExportManifest.name).path
        return ExportManifest.fileNames(at: manifest).map { $0.union([ExportManifest.name]) } ?? []
    }

    /// Nothing is deleted that an export has not written.
    private func refuseForeign(_ folder: String, allowed: Set<String>) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else { throw SnapshotError.notAnExport(folder, reason: "it is a file") }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        if let foreign = names.filter({ !allowed.contains($0) }).sorted().first {
            throw SnapshotError.notAnExport(folder, reason: "it holds \(foreign), which no export has written there")
        }
    }
}
