import ArgumentParser
import Domain
import JSON
import Postgres
import Schema
import Store

struct BlockedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blocked", abstract: "List the authors whose posts are kept out.",
        discussion: "Example:  xmonitor ops blocked --json")

    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let found = try await onConnection(database) { try await $0.query(Blocks.all) }
        try printResult(json ? Self.json(found) : Self.text(found))
    }

    private static func text(_ found: [Blocks.Entry]) -> String {
        guard !found.isEmpty else { return "Nobody is blocked." }
        return columns([["handle", "since", "by"]] + found.map { [$0.handle, $0.blockedAt.iso8601, $0.blockedBy] }).joined(separator: "\n")
    }

    private static func json(_ found: [Blocks.Entry]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("blocked")
            writer.array { writer in
                for entry in found {
                    writer.object { writer in
                        writer.member("handle", entry.handle)
                        writer.member("blocked_at", entry.blockedAt)
                        writer.member("blocked_by", entry.blockedBy)
                    }
                }
            }
        }
        return writer.text
    }
}

struct UnblockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unblock", abstract: "Let posts of an author in again. What was removed comes back only when it is sent again.",
        discussion: """
            Example:  xmonitor ops unblock @ada
            Exit code 0: done; 1: the author was not blocked.
            """)

    @Argument(help: "The author, with or without @.") var handle: String
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let handle = try HandleArgument.read(handle)
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let wasBlocked = try await onConnection(database) { try await Blocks.lift(handle, by: CommandLineUser.name, $0) }
        try printResult(wasBlocked ? "Posts of \(handle) come in again." : "\(handle) was not blocked.")
        if !wasBlocked { throw Exit.found }
    }
}
