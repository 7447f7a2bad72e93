import ArgumentParser
import Postgres
import Snapshot

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Compare every cell of a snapshot with the archive, in both directions. Writes nothing.",
        discussion: """
            Example:  xmonitor snapshot validate x_monitor.db
            Exit code 0: every cell agrees; 1: something is missing, extra or different; 2: it could not be compared.
            """)

    @OptionGroup var source: SnapshotArguments

    func run() async throws {
        let report = try await validateSnapshot(source.path, against: Settings.load().database())
        print(source.json ? report.json : report.text)
        if !report.agrees { throw Exit.found }
    }
}

/// Compares the snapshot at `path` with the archive and shows how far it is.
func validateSnapshot(_ path: String, against database: ConnectionOptions) async throws -> ValidationReport {
    let progress = ProgressLine()
    defer { progress.finish() }
    let validator = Validator(Snapshot(path: path)) { progress.show($0) }
    return try await onConnection(database) { try await validator.run($0) }
}
