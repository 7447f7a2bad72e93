import ArgumentParser
import Domain
import Foundation
import JSON
import Snapshot

struct TakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take",
        abstract: "Copy the collector's database, whole and as of one moment, while it is in use. The database is only read.",
        discussion: """
            Example:  xmonitor snapshot take x_monitor.db frozen.db
            The copy passes SQLite's integrity check, is read-only, and has a manifest beside it: frozen.db.manifest.json.
            --last is for the copy that the archive goes on from: it is refused while another program has the database open.
            A collector that runs now and then has nothing open in between: no program can see whether it will write again.
            Exit code 0: the copy is there; 2: it could not be taken, and nothing is left of it.
            """)

    @Argument(help: "The SQLite file, which may be in use.") var source: String
    @Argument(help: "Where the copy goes; it must not be there yet.") var destination: String
    @Flag(help: "Refuse while another program has the database open.") var last = false
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let progress = ProgressLine()
        defer { progress.finish() }
        let taker = Taker(Snapshot(path: source), to: destination, isLast: last, now: { .now }, progress: { progress.show($0) })
        let taken: TakenSnapshot
        do { taken = try await cancelledByInterrupt { try taker.run() } } catch let error as SnapshotError {
            guard case .inUse = error else { throw error }
            throw Failure(([error.description, "The commands:"] + Self.freeze).joined(separator: "\n  "))
        }
        progress.finish()
        if taken.isSourceHeld {
            let warning = ["Warning: " + Self.warning(source) + " The commands:"] + Self.freeze.map { "  " + $0 }
            LineWriter.standardError.write(Array((warning.joined(separator: "\n") + "\n").utf8))
        }
        LineWriter.standardError.write(Array("Note: \(taken.note)\n".utf8))
        try printResult(json ? taken.json(source) : taken.text)
    }

    static func warning(_ source: String) -> String {
        "another program has \(source) open. The copy is whole, but what is written from now on is not in it. "
            + "Before the last copy the owner stops the collector, by hand and on the laptop; xmonitor never does that."
    }

    /// What the owner runs to stop the collector's two schedules, also after the next login, and to see that they have stopped.
    static let freeze =
        ["disable", "bootout"].flatMap { verb in
            ["priority", "discovery"].map { "launchctl \(verb) gui/$(id -u)/com.openclaw.xmonitor.\($0)" }
        } + ["launchctl print-disabled gui/$(id -u) | grep com.openclaw.xmonitor", "launchctl list | grep com.openclaw.xmonitor"]
}

extension TakenSnapshot {
    fileprivate var text: String {
        let rows = columns([["table", "rows"]] + rows.map { [$0.name, "\($0.count)"] })
        return (["Took \(path): \(bytes) bytes, as of \(takenAt.iso8601)"] + rows + ["sha256 \(sha256)", "Manifest: \(manifestPath)"])
            .joined(separator: "\n")
    }

    /// What a copy cannot tell of the collector.
    fileprivate var note: String {
        let age = newestRowAt.map { "The newest row is \(Self.words((takenAt.microseconds - $0.microseconds) / 1_000_000)) old" }
        return (age ?? "No row says when it was written")
            + "; a collector may still write between runs. Whether one is scheduled cannot be seen from here, and what is written after the copy is not in it."
    }

    private static func words(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) seconds"
        case ..<7_200: "\(seconds / 60) minutes"
        case ..<172_800: "\(seconds / 3_600) hours"
        default: "\(seconds / 86_400) days"
        }
    }

    fileprivate func json(_ source: String) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("path", path)
            writer.member("manifest", manifestPath)
            write(to: &writer)
            writer.member("source_in_use", isSourceHeld)
            writer.member("note", note)
            writer.member("warning", isSourceHeld ? TakeCommand.warning(source) : nil)
            writer.key("owner_commands")
            writer.array { writer in for command in isSourceHeld ? TakeCommand.freeze : [] { writer.string(command) } }
        }
        return writer.text
    }
}
