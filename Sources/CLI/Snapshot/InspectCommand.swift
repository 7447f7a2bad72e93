import ArgumentParser
import Domain
import Snapshot

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what a snapshot holds, what is mapped to what, and what an import would reject. Needs no database.",
        discussion: """
            Example:  xmonitor snapshot inspect x_monitor.db
            Exit code 0: an import into an empty archive would reject nothing; 1: it would reject some rows, or not read
            something that may belong into the archive (the first line names it); 2: the snapshot could not be read.
            """)

    @OptionGroup var source: SnapshotArguments

    func run() async throws {
        let progress = ProgressLine()
        defer { progress.finish() }
        let inspector = Inspector(Snapshot(path: source.path), now: .now) { progress.show($0) }
        let inspection = try await cancelledByInterrupt { try inspector.run() }
        progress.finish()
        try printResult(source.json ? inspection.json : inspection.text)
        if inspection.rejected > 0 || !inspection.notRead.isHarmless { throw Exit.found }
    }
}
