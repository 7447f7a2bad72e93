import ArgumentParser
import Domain
import JSON
import Snapshot

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a SQLite snapshot as JSON Lines, from which an import makes the same archive. The same bytes every time.",
        discussion: """
            Example:  xmonitor snapshot export x_monitor.db exported
            The folder holds one <table>.jsonl per table, and manifest.json with the rows, bytes and sha256 of each. Only an earlier
            export is replaced.
            Exit code 0: the folder is there; 2: it could not be written, and what was there before is as it was.
            """)

    @Argument(help: "The SQLite file.") var file: String
    @Argument(help: "The folder to write.") var folder: String
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let progress = ProgressLine()
        defer { progress.finish() }
        let exporter = Exporter(Snapshot(path: file), to: folder) { progress.show($0) }
        let manifest = try await cancelledByInterrupt { try exporter.run() }
        progress.finish()
        try printResult(json ? manifest.json(folder) : manifest.text(folder))
    }
}

extension ExportManifest {
    fileprivate func text(_ folder: String) -> String {
        let rows = [["file", "rows", "bytes", "sha256"]] + files.map { [$0.name, "\($0.rows)", "\($0.bytes)", $0.sha256] }
        return (["Exported to \(folder):"] + columns(rows)).joined(separator: "\n")
    }

    fileprivate func json(_ folder: String) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("folder", folder)
            write(to: &writer)
        }
        return writer.text
    }
}
