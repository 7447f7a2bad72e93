import ArgumentParser
import Foundation
import Postgres
import Snapshot

struct SnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Move the collector's SQLite database into the archive, and show that it arrived.",
        discussion: "Example:  xmonitor snapshot import x_monitor.db",
        subcommands: [Import.self, Validate.self])

    struct Source: ParsableArguments {
        @Argument(help: "The SQLite file, or a folder with one <table>.jsonl per table.") var path: String
        @Flag(help: "Print JSON.") var json = false
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a snapshot. All of it is there afterwards, or nothing has changed; safe to run again.",
            discussion: """
                Example:  xmonitor snapshot import x_monitor.db
                Exit code 0: every row is in the archive; 1: some rows were rejected and are in the reject file; 2: nothing was imported.
                """)

        @OptionGroup var source: Source
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

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare every cell of a snapshot with the archive, in both directions. Writes nothing.",
            discussion: """
                Example:  xmonitor snapshot validate x_monitor.db
                Exit code 0: every cell agrees; 1: something is missing, extra or different; 2: it could not be compared.
                """)

        @OptionGroup var source: Source

        func run() async throws {
            let report = try await validateSnapshot(source.path, against: Settings.load().database())
            print(source.json ? report.json : report.text)
            if !report.agrees { throw Exit.found }
        }
    }
}

/// Imports the snapshot at `path` and shows how far it is.
func importSnapshot(_ path: String, into database: ConnectionOptions, rejects: String) async throws -> ImportSummary {
    let progress = ProgressLine()
    defer { progress.finish() }
    let importer = Importer(Snapshot(path: path), rejectPath: rejects) { progress.show($0) }
    return try await onConnection(database) { try await importer.run($0) }
}

/// Compares the snapshot at `path` with the archive and shows how far it is.
func validateSnapshot(_ path: String, against database: ConnectionOptions) async throws -> ValidationReport {
    let progress = ProgressLine()
    defer { progress.finish() }
    let validator = Validator(Snapshot(path: path)) { progress.show($0) }
    return try await onConnection(database) { try await validator.run($0) }
}

/// Runs `body` on a connection of its own; Ctrl-C ends it, and what it had begun is undone.
private func onConnection<Value: Sendable>(
    _ options: ConnectionOptions, _ body: @escaping @Sendable (Connection) async throws -> Value
) async throws -> Value {
    let connection = try await Connection.connect(options)
    do {
        let value = try await cancelledByInterrupt { try await body(connection) }
        await connection.close()
        return value
    } catch {
        await connection.close()
        throw error
    }
}

extension ProgressLine {
    func show(_ progress: SnapshotProgress) {
        switch progress {
        case .reading(let table, let done, let total): show("reading \(table)", done: done, total: total)
        case .writing(let table): show("writing \(table)")
        case .comparing(let table): show("comparing \(table)")
        }
    }
}
