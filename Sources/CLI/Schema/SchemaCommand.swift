import ArgumentParser
import Domain
import JSON
import Schema

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "See and bring up to date the schema of the database.",
        discussion: "Example:  xmonitor schema apply",
        subcommands: [Status.self, Plan.self, Apply.self, Grant.self])

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is applied and what is pending. Exit code 1 when something is pending.",
            discussion: "Example:  xmonitor schema status --json")

        @Flag(help: "Print JSON.") var json = false
        @OptionGroup(title: "Settings") var settings: DatabaseOptions

        func run() async throws {
            let status = try await Migrator(settings.load().database()).status()
            if json {
                try printResult(status.json)
            } else {
                for migration in status.applied { try printResult("applied  \(migration.fileName)") }
                for migration in status.pending { try printResult("pending  \(migration.fileName)") }
                for file in status.newer { try printResult("newer    \(file)") }
                try printResult(status.verdict)
            }
            if !status.isCurrent { throw Exit.found }
        }
    }

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the SQL that `apply` would run, and run nothing.", discussion: "Example:  xmonitor schema plan")
        @OptionGroup(title: "Settings") var settings: DatabaseOptions

        func run() async throws {
            let status = try await Migrator(settings.load().database()).status()
            guard !status.isCurrent else { return try printResult("-- The schema is up to date; there is nothing to apply.") }
            for migration in status.pending { try printResult("-- \(migration.fileName).sql\n\(migration.sql)") }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Apply what is pending, each file in a transaction where that goes. Safe to run again, and by two at once.",
            discussion: "Example:  xmonitor schema apply")

        @Flag(help: "Print JSON.") var json = false
        @OptionGroup(title: "Settings") var settings: DatabaseOptions

        func run() async throws {
            let (json, migrator) = (json, try await Migrator(settings.load().database()))
            let applied = try await migrator.apply(
                willApply: { migration in if !json { say("applying \(migration.fileName)") } },
                willTryAgain: { migration in if !json { say("  others use its tables; trying again") } })
            if json {
                try printResult(SchemaStatus.json(applied: applied))
            } else {
                try printResult(
                    applied.isEmpty
                        ? "The schema is up to date; there was nothing to apply."
                        : "The schema is up to date. A server with a role of its own needs `xmonitor schema grant` again.")
            }
        }
    }
}

extension SchemaStatus {
    fileprivate var verdict: String {
        guard isCurrent else { return "Run `xmonitor schema apply`." }
        return newer.isEmpty ? "The schema is up to date." : "The schema is of a newer release, beside which this program works."
    }

    var json: String { Self.json(applied: applied, pending: pending, newer: newer) }

    static func json(applied: [Migration], pending: [Migration] = [], newer: [String] = []) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("applied")
            writer.array { writer in for migration in applied { writer.string(migration.fileName) } }
            writer.key("pending")
            writer.array { writer in for migration in pending { writer.string(migration.fileName) } }
            writer.key("newer")
            writer.array { writer in for file in newer { writer.string(file) } }
        }
        return writer.text
    }
}
