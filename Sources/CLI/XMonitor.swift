import ArgumentParser

/// The one way in: every task of the project is a subcommand of `xmonitor`.
@main
struct XMonitor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "xmonitor",
        abstract: "Watches selected posts on X for a team: an archive in Postgres, an API, and a feed to read.",
        discussion: """
            To try it:  xmonitor up
            Settings come from the environment or a file named .env; `xmonitor config` shows what is in effect.
            """,
        subcommands: [
            UpCommand.self, ServeCommand.self, SchemaCommand.self, SnapshotCommand.self, SampleCommand.self,
            ConfigCommand.self, VersionCommand.self,
        ])

    static func main() async {
        await Exit.run { try await main(nil, asyncCommand: parseAsRoot(nil)) }
    }

    /// Runs a parsed command, asynchronous or not.
    private static func main(_ arguments: [String]?, asyncCommand: any ParsableCommand) async throws {
        var command = asyncCommand
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }
}
