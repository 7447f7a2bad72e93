import ArgumentParser
import Domain
import JSON
import Postgres
import Schema
import Store

struct ErasedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erased", abstract: "List the posts that were erased, and are kept out.",
        discussion: "Example:  xmonitor ops erased --json")

    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let found = try await onConnection(database) { try await $0.query(ErasedPosts.entries, timeout: .seconds(600)) }
        try printResult(json ? Self.json(found) : Self.text(found))
    }

    private static func text(_ found: [ErasedPosts.Entry]) -> String {
        guard !found.isEmpty else { return "No post was erased." }
        return columns([["post", "since", "by"]] + found.map { [$0.statusID, $0.erasedAt.iso8601, $0.erasedBy] }).joined(separator: "\n")
    }

    private static func json(_ found: [ErasedPosts.Entry]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("erased")
            writer.array { writer in
                for entry in found {
                    writer.object { writer in
                        writer.member("status_id", entry.statusID)
                        writer.member("erased_at", entry.erasedAt)
                        writer.member("erased_by", entry.erasedBy)
                    }
                }
            }
        }
        return writer.text
    }
}

struct ReadmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readmit", abstract: "Let erased posts in again. What was erased comes back only when it is sent again.",
        discussion: """
            Example:  xmonitor ops readmit 2025000000000000001
            Exit code 0: done; 1: one of them was not erased; the others come in again.
            """)

    @Argument(help: "The ids of the posts.") var statusIDs: [String]
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let ids = Set(statusIDs).sorted()
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let readmitted = try await onConnection(database) { try await ErasedPosts.readmit(ids, by: CommandLineUser.name, $0) }
        let lines = ids.map { readmitted.contains($0) ? "\($0) comes in again." : "\($0) was not erased." }
        try printResult(lines.joined(separator: "\n"))
        if readmitted.count < ids.count { throw Exit.found }
    }
}
