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
            UpCommand.self, ServeCommand.self, SchemaCommand.self, SnapshotCommand.self, SmokeCommand.self, SampleCommand.self,
            ConfigCommand.self, VersionCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Exit.end(with: error)
        }
    }
}
