import ArgumentParser
import JSON
import Postgres
import Schema

extension SchemaCommand {
    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Grant the role of a server exactly what it needs, and nothing that owns or creates.",
            discussion: """
                Example:  xmonitor schema grant --api xmonitor_api --read xmonitor_read
                Run it as the owner of the tables, on roles that are there: CREATE ROLE xmonitor_api LOGIN PASSWORD '…'.
                Whatever else a role had on the tables of the archive is taken back. Running it again changes nothing.
                Run it again after `xmonitor schema apply` has applied something: new tables are nobody's but the owner's.
                """)

        @Option(help: "The role that `serve` connects as.") var api: String
        @Option(help: "The role of XMONITOR_READ_DATABASE_URL, or of analysts: it reads posts and what hangs on them.") var read: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup(title: "Settings") var settings: DatabaseOptions

        func run() async throws {
            let (api, read) = (api, read)
            guard api != read else { throw Failure("--api and --read are two roles: what one may, the other may not.") }
            let database = try await settings.load().database()
            try await database.requireCurrentSchema()
            let granted = try await onConnection(database) { connection in
                var granted = try await Grants.grant(.api, to: api, connection)
                if let read { granted += try await Grants.grant(.read, to: read, connection) }
                return granted
            }
            guard json else {
                return try printResult(
                    (granted.map { $0 + ";" } + ["-- Run this again after `xmonitor schema apply` has applied something."])
                        .joined(separator: "\n"))
            }
            var writer = JSONWriter()
            writer.object { writer in
                writer.key("granted")
                writer.array { writer in for statement in granted { writer.string(statement) } }
            }
            try printResult(writer.text)
        }
    }
}
