import ArgumentParser
import Foundation
import Postgres
import Schema
import Snapshot

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Compare every cell of a snapshot with the archive, in both directions. Writes nothing to the database.",
        discussion: """
            Example:  xmonitor snapshot validate x_monitor.db --samples 3 --report validation
            Exit code 0: every cell agrees; 1: something is missing, extra or different, or was not read though
            it may belong into the archive (the first line names it); 2: it could not be compared.
            """)

    @OptionGroup var source: SnapshotArguments
    @Option(help: "Rows of each table to show whole, side by side.") var samples = 0
    @Option(help: "Chooses the samples.") var seed: Int64 = 1
    @Option(help: "A folder for validation.md and validation.json, which are the same for the same snapshot and contents.")
    var report: String?

    @Flag(help: "The import kept moments of the future: it ran with --allow-future.") var allowFuture = false

    func validate() throws {
        guard (0...1_000).contains(samples) else { throw ValidationError("--samples is a number from 0 to 1,000.") }
    }
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let options = Validator.Options(samples: samples, seed: seed, schemaVersion: Migration.latest, allowsFuture: allowFuture)
        let result = try await validateSnapshot(source.path, options, against: settings.load().database())
        if let report { try result.write(to: report) }
        try printResult(source.json ? result.json : result.markdown)
        if !result.agrees { throw Exit.found }
    }
}

/// Compares the snapshot at `path` with the archive and shows how far it is.
func validateSnapshot(_ path: String, _ options: Validator.Options, against database: ConnectionOptions) async throws -> ValidationReport {
    let progress = ProgressLine()
    defer { progress.finish() }
    let validator = Validator(Snapshot(path: path), options: options) { progress.show($0) }
    return try await onConnection(database) { try await validator.run($0) }
}

extension ValidationReport {
    /// Writes the report in both forms into `folder`.
    func write(to folder: String) throws {
        do {
            try PrivateFile.createFolder(folder)
            try PrivateFile.write(Array(markdown.utf8), to: folder + "/validation.md")
            try PrivateFile.write(Array((json + "\n").utf8), to: folder + "/validation.json")
        } catch let error as SnapshotError {
            throw error
        } catch {
            throw Failure("The report cannot be written to \(folder): \(systemReason(error)). Name another folder with --report.")
        }
    }
}
