import ArgumentParser
import JSON
import Postgres
import Schema

struct BootstrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bootstrap",
        abstract: "Make the database, the role that owns it and the role that serves. Safe to run again.",
        discussion: """
            Example:  DATABASE_URL=postgresql://postgres@host/postgres xmonitor database bootstrap
            DATABASE_URL names the administrator, who has CREATEDB and CREATEROLE and need be no superuser, and another database than the one
            that is made. xmonitor_owner applies the schema and imports; xmonitor_api serves, with what `xmonitor schema grant` gives it.
            Nobody else may connect. The roles have no passwords: on RDS they log in with tokens, elsewhere give them some.
            """)

    @Option(help: "The database to make.") var database = "xmonitor"
    @Flag(
        inversion: .prefixedNo,
        help: "Let the roles log in to RDS with tokens, and never with passwords (default: where the server has the role rds_iam).")
    var iam: Bool?

    @Flag(help: "Print the statements, and run none.") var plan = false
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard (1...63).contains(database.utf8.count) else { throw ValidationError("--database is a name of 1 to 63 bytes.") }
    }
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let bootstrap = Bootstrap(administrator: try await settings.load().database(), database: database, logsInByIAM: iam)
        let (plan, json) = (plan, json)
        let steps = try await cancelledByInterrupt {
            if plan { return try await bootstrap.plan() }
            return try await bootstrap.run { step in
                if !json { for statement in step.statements { note(statement) } }
            }
        }
        try printResult(json ? steps.json(applied: !plan) : plan ? steps.text(of: database) : steps.summary(of: database))
    }
}

extension [BootstrapStep] {
    func json(applied: Bool) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("applied", applied)
            writer.key("statements")
            writer.array { writer in for statement in flatMap(\.statements) { writer.string(statement) } }
        }
        return writer.text
    }

    func text(of database: String) -> String {
        guard !isEmpty else { return "-- All of it is there; there is nothing to do." }
        return map { step in
            (step.place == .database ? "-- in the database \(database), as one transaction\n" : "")
                + step.statements.map { $0 + ";" }.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    func summary(of database: String) -> String {
        guard !isEmpty else { return "All of it is there; there was nothing to do." }
        return """
            The database \(database) and its roles are there. Next, as \(Bootstrap.owner.name): `xmonitor schema apply`, then \
            `xmonitor schema grant --api \(Bootstrap.api.name)`.
            """
    }
}
