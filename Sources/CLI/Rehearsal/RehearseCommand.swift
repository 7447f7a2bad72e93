import ArgumentParser
import Domain
import Foundation
import Snapshot

struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract:
            "The whole migration on a throw-away database: take, inspect, schema, import, validate, serve with reading closed, smoke test, page, undo, drop.",
        discussion: """
            Example:  xmonitor snapshot rehearse x_monitor.db --evidence rehearsal
            Without a database it runs a private Postgres. On a server of another machine, or a database that holds an archive, it only
            runs the steps that read. Evidence of each step goes into a folder.
            Exit code 0: every step passed; 1: one failed; 2: it could not run.
            """)

    @Argument(help: "The SQLite file.") var file: String
    @Option(help: "A new folder for what each step did (default: rehearsal-TIME).") var evidence: String?
    @OptionGroup(title: "Settings") var options: DatabaseOptions

    func run() async throws {
        guard try !Snapshot(path: file).isFolder() else { throw SnapshotError.isFolder(file) }
        let settings = try await options.load()
        let folder = evidence ?? "rehearsal-" + Self.now
        let evidence = try Evidence(folder: URL(fileURLWithPath: folder).path)
        let (isGood, isWhole) = try await cancelledByInterrupt {
            let stage = try await Stage.prepare(settings, folder: evidence.folder)
            do {
                let rehearsal = Rehearsal(snapshot: file, evidence: evidence, stage: stage, settingsFile: options.file.envFile)
                return (try await rehearsal.run(), !stage.isReadOnly)
            } catch {
                try? await stage.remove()
                throw error
            }
        }
        let passed = isWhole ? "EVERY STEP PASSED." : "EVERY STEP THAT ONLY READS PASSED; the others were refused."
        say("\(isGood ? passed : "A STEP FAILED.") The evidence is in \(folder).")
        if !isGood { throw Exit.found }
    }

    private static var now: String {
        String(Timestamp.now.iso8601.prefix(19)).replacing(":", with: "").replacing("-", with: "")
    }
}
