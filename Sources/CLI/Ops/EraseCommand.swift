import ArgumentParser
import Domain
import JSON
import Postgres
import Schema
import Store

struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase posts for good: everything that the archive holds of them, and they never come in again.",
        discussion: """
            Example:  xmonitor ops erase 2025000000000000001 2025000000000000002
                      xmonitor ops erase 2025000000000000001 2025000000000000002 --confirm 9
                      xmonitor ops erase --handle @ada
            Without --confirm it says how many rows there are, and erases nothing. With their number it erases them, all or none; a post
            that the archive does not have is kept out too. What is erased does not come back; `xmonitor ops readmit` lets later items of the
            post in. What an import that broke off has staged goes as well.
            Collectors may go on writing meanwhile; batches of posts wait until it has ended.
            Exit code 0: said, or erased; 2: nothing was erased.
            """)

    @Argument(help: "The ids of the posts.") var statusIDs: [String] = []
    @Option(help: "Erase the posts that the archive has of this author instead; later ones come in.") var handle: String?
    @Option(help: "How many rows there are, as the command said without it.") var confirm: Int?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let choice = try choice()
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        guard let confirm else {
            let rows = try await onConnection(database) { try await $0.queryOne(ErasedPosts.rows(of: choice), timeout: .seconds(600)) }
            return try printResult(json ? Self.json(rows, keptOut: nil) : text(choice, rows))
        }
        let order = Erasure(of: choice, confirmed: confirm, by: CommandLineUser.name)
        switch try await onConnection(database, { try await ErasedPosts.run(order, $0) }) {
        case .erased(let rows, let keptOut):
            let end = "Kept out from now on: \(keptOut) \(keptOut == 1 ? "post" : "posts")."
            let lines = ["Erased of \(choice):"] + Self.lines(rows) + [end]
            try printResult(json ? Self.json(rows, keptOut: keptOut) : lines.joined(separator: "\n"))
        case .miscounted(let rows):
            throw Failure(
                "The archive has \(rows.total) rows of \(choice) now, not \(confirm). Nothing was erased. Look, and confirm \(rows.total).")
        }
    }

    private func choice() throws -> Erasure.Choice {
        switch (handle, statusIDs.isEmpty) {
        case (let handle?, true): return .author(try HandleArgument.read(handle))
        case (nil, false):
            if let id = statusIDs.first(where: { $0.hasPrefix("@") }) {
                throw Failure("\"\(id.prefix(200))\" is an author and no id of a post. Did you mean --handle \(id.prefix(200))?")
            }
            // An empty one is no id, and one that is too long none that a row could have.
            if let id = statusIDs.first(where: { !(1...TextRule.maxKeyBytes).contains($0.utf8.count) }) {
                throw Failure("\"\(id.prefix(200))\" is no id of a post: it has 1 to \(TextRule.maxKeyBytes) bytes.")
            }
            return .posts(Set(statusIDs).sorted())
        default: throw Failure("Name the ids of posts, or an author with --handle; not both.")
        }
    }

    /// What there is, and the command that erases it.
    private func text(_ choice: Erasure.Choice, _ rows: PostRows) -> String {
        let named = if case .author(let handle) = choice { "--handle \(handle)" } else { statusIDs.joined(separator: " ") }
        let command = "`xmonitor ops erase \(named) --confirm \(rows.total)`"
        guard rows.total > 0 else {
            let nothing = "The archive has nothing of \(choice)."
            if case .author = choice { return nothing }
            return "\(nothing) \(command) keeps \(statusIDs.count == 1 ? "it" : "them") out all the same."
        }
        return (["The archive has of \(choice):"] + Self.lines(rows) + ["Nothing was erased. \(command) erases them for good."])
            .joined(separator: "\n")
    }

    private static func lines(_ rows: PostRows) -> [String] {
        columns([["table", "rows"]] + rows.tables.map { [$0.name, "\($0.rows)"] } + [["together", "\(rows.total)"]])
    }

    /// - Parameter keptOut: nil when nothing was erased.
    private static func json(_ rows: PostRows, keptOut: Int?) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("erased", keptOut != nil)
            rows.writeTables(to: &writer)
            writer.member("kept_out", Int64(keptOut ?? 0))
        }
        return writer.text
    }
}
