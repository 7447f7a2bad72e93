import ArgumentParser
import Schema
import Snapshot

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Remove exactly what an import inserted, and nothing that arrived later.",
        discussion: """
            Example:  xmonitor snapshot undo --label first-migration --dry-run
                      xmonitor snapshot undo --label first-migration
            Rows that were changed since, and posts that later rows refer to, stay and are counted. Earlier values of rows that the import
            changed are not restored; a backup has them. Rows that another import found as they had to be are removed with --force alone.
            The import stays in the ledger as undone, and its label is free again. Collectors may go on writing; those who write rows
            of the import wait until it has ended.
            Exit code 0: done; 2: nothing was removed.
            """)

    @Option(help: "The label of the import.") var label: String
    @Flag(help: "Say what would be removed, and remove nothing. Writers of the import's rows wait for it all the same.") var dryRun = false
    @Flag(help: "Remove rows also that another import found as they had to be.") var force = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let undo = Undo(label: label, options: .init(isDryRun: dryRun, isForced: force, schemaVersion: Migration.latest))
        let result = try await onConnection(settings.load().database()) { try await undo.run($0) }
        try printResult(json ? result.json : result.text)
    }
}
