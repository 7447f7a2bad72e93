import ArgumentParser
import Postgres
import Schema
import Snapshot

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import a snapshot. All of it is there afterwards, or the archive is as it was; safe to run again.",
        discussion: """
            Example:  xmonitor snapshot import x_monitor.db --label first-migration
            A run that broke off goes on with the table that was not finished.
            Exit code 0: every row is in the archive; 1: some rows were rejected and are in the reject file, or something was not read that
            may belong into the archive (the first line names it); 2: nothing was imported.
            """)

    @OptionGroup var source: SnapshotArguments
    @Option(help: "Names the import, for undoing it (default: made of the snapshot's hash).") var label: String?
    @Option(help: "Where rejected rows go (default: the snapshot's path with .rejects.jsonl behind it).") var rejects: String?
    @Option(help: "Import nothing when more rows than this are rejected.") var maxRejects: Int?

    @Flag(help: "Keep moments that lie more than ten minutes ahead of the database's clock.") var allowFuture = false

    func validate() throws {
        if let maxRejects, maxRejects < 0 { throw ValidationError("--max-rejects is a number of 0 or more.") }
        if label?.isEmpty == true { throw ValidationError("--label is a name that is not empty.") }
    }
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let options = Importer.Options(
            label: label, rejectPath: rejects ?? Self.rejectPath(source.path), maximumRejects: maxRejects, schemaVersion: Migration.latest,
            allowsFuture: allowFuture)
        let summary = try await importSnapshot(source.path, options, into: settings.load().database())
        try printResult(source.json ? summary.json : summary.text)
        if summary.rejected > 0 || !summary.notRead.isHarmless { throw Exit.found }
    }

    static func rejectPath(_ path: String) -> String {
        (path.hasSuffix("/") ? String(path.dropLast()) : path) + ".rejects.jsonl"
    }
}

/// Imports the snapshot at `path` and shows how far it is.
func importSnapshot(_ path: String, _ options: Importer.Options, into database: ConnectionOptions) async throws -> ImportSummary {
    let progress = ProgressLine()
    defer { progress.finish() }
    let importer = Importer(Snapshot(path: path), options: options) { progress.show($0) }
    return try await onConnection(database) { try await importer.run($0) }
}
