import ArgumentParser
import Postgres
import Snapshot

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import a snapshot. All of it is there afterwards, or nothing has changed; safe to run again.",
        discussion: """
            Example:  xmonitor snapshot import x_monitor.db
            Exit code 0: every row is in the archive; 1: some rows were rejected and are in the reject file; 2: nothing was imported.
            """)

    @OptionGroup var source: SnapshotArguments
    @Option(help: "Where rejected rows go (default: the snapshot's path with .rejects.jsonl behind it).") var rejects: String?

    func run() async throws {
        let summary = try await importSnapshot(
            source.path, into: Settings.load().database(), rejects: rejects ?? Self.rejectPath(source.path))
        print(source.json ? summary.json : summary.text)
        if summary.rejected > 0 { throw Exit.found }
    }

    static func rejectPath(_ path: String) -> String {
        (path.hasSuffix("/") ? String(path.dropLast()) : path) + ".rejects.jsonl"
    }
}

/// Imports the snapshot at `path` and shows how far it is.
func importSnapshot(_ path: String, into database: ConnectionOptions, rejects: String) async throws -> ImportSummary {
    let progress = ProgressLine()
    defer { progress.finish() }
    let importer = Importer(Snapshot(path: path), rejectPath: rejects) { progress.show($0) }
    return try await onConnection(database) { try await importer.run($0) }
}
