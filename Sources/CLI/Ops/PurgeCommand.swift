import ArgumentParser
import Domain
import JSON
import Postgres
import Schema
import Store

struct PurgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge-handle",
        abstract: "Remove everything that the archive holds of an author, and with --block keep later posts out.",
        discussion: """
            Example:  xmonitor ops purge-handle @ada
                      xmonitor ops purge-handle @ada --confirm 128 --block
            Without --confirm it says how many rows there are, and removes nothing. With their number it removes them, all or none.
            It cannot be undone. Collectors may go on writing meanwhile; those who write posts of the author wait until it has ended.
            Exit code 0: said, or removed; 2: nothing was removed.
            """)

    @Argument(help: "The author, with or without @.") var handle: String
    @Option(help: "How many rows there are, as the command said without it.") var confirm: Int?
    @Flag(help: "Keep later posts of the author out, with --confirm.") var block = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let handle = try HandleArgument.read(handle)
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        guard let confirm else {
            let rows = try await onConnection(database) { try await $0.queryOne(PurgeQueries.rows(of: handle), timeout: .seconds(600)) }
            return try printResult(json ? Self.json(handle, rows, isPurged: false, isBlocked: false) : text(handle, rows))
        }
        let order = Purge(of: handle, confirmed: confirm, blocks: block, by: CommandLineUser.name)
        switch try await onConnection(database, { try await PurgeQueries.run(order, $0) }) {
        case .removed(let rows):
            try printResult(
                json
                    ? Self.json(handle, rows, isPurged: true, isBlocked: block)
                    : (["Removed of \(handle):"] + Self.lines(rows) + (block ? ["Later posts of \(handle) are kept out."] : []))
                        .joined(separator: "\n"))
        case .miscounted(let rows):
            throw Failure(
                "The archive has \(rows.total) rows of \(handle) now, not \(confirm). Nothing was removed. Look, and confirm \(rows.total)."
            )
        }
    }

    private func text(_ handle: String, _ rows: PostRows) -> String {
        guard rows.total > 0 else { return "The archive has nothing of \(handle)." }
        return
            (["The archive has of \(handle):"] + Self.lines(rows)
            + [
                "Nothing was removed. `xmonitor ops purge-handle \(handle) --confirm \(rows.total)\(block ? " --block" : "")` removes them\(block ? ", and keeps later posts out" : "")."
            ])
            .joined(separator: "\n")
    }

    private static func lines(_ rows: PostRows) -> [String] {
        columns([["table", "rows"]] + rows.tables.map { [$0.name, "\($0.rows)"] } + [["together", "\(rows.total)"]])
    }

    private static func json(_ handle: String, _ rows: PostRows, isPurged: Bool, isBlocked: Bool) -> String {
        var writer = JSONWriter()
        rows.write(to: &writer, of: handle, isPurged: isPurged, isBlocked: isBlocked)
        return writer.text
    }
}

enum HandleArgument {
    /// The stored form of a handle.
    ///
    /// - Throws: `Failure` when it is none.
    static func read(_ text: String) throws -> String {
        guard let handle = HandleRule.stored(text) else {
            throw Failure("\"\(text.prefix(200))\" is no handle. Name an author, with or without @.")
        }
        return handle
    }
}
