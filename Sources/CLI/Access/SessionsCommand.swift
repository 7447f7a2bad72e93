import ArgumentParser
import Domain
import Store

struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "End the sessions of readers who signed in.",
        discussion: "Example:  xmonitor sessions revoke --email ada@example.com",
        subcommands: [RevokeSessions.self])
}

struct RevokeSessions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End the sessions of one reader, or of all. Servers refuse them within a minute.",
        discussion: """
            Example:  xmonitor sessions revoke --email ada@example.com
            Who may enter can sign in again: take somebody off the lists of who may enter first. Feed tokens of a reader end by
            `xmonitor keys revoke --owner`.
            """)

    @Option(help: "The e-mail address of the reader.") var email: String?
    @Flag(help: "The sessions of everybody.") var all = false

    func validate() throws {
        guard (email == nil) == all else { throw ValidationError("Say whose sessions: --email ADDRESS, or --all.") }
        guard email.map({ $0.contains("@") }) ?? true else { throw ValidationError("\"\(email ?? "")\" is no e-mail address.") }
    }
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let (email, user) = (email, CommandLineUser.name)
        let end = try await onConnection(database) { try await SessionRegister.end(of: email, by: user, $0) }
        try printResult(
            "Sessions of \(email ?? "everybody") from before \(end.iso8601) have ended. Every server refuses them within a minute.")
    }
}
