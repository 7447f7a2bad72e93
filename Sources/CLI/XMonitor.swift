import ArgumentParser
import Foundation
import Logging

/// The one way in: every task of the project is a subcommand of `xmonitor`.
@main
struct XMonitor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "xmonitor",
        abstract: "Watches selected posts on X for a team: an archive in Postgres, an API, and a feed to read.",
        discussion: """
            To try it:  xmonitor up
            Settings come from flags, the environment or a file named .env; `xmonitor config` checks them and shows what is in effect.
            """,
        version: VersionCommand.text,
        subcommands: [
            UpCommand.self, ServeCommand.self, DatabaseCommand.self, SchemaCommand.self, SnapshotCommand.self, KeysCommand.self,
            SessionsCommand.self,
            OpsCommand.self, AuditCommand.self, LambdaCommand.self,
            SmokeCommand.self,
            SampleCommand.self,
            ConfigCommand.self, VersionCommand.self,
        ])

    static func main() async {
        // A stream that is closed would be the next file or socket to be opened, and lines would go into that.
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) == -1 { _ = open("/dev/null", O_RDONLY) }
        // A reader that has gone and a file that may not grow are errors of the write that meets them, not ends of the program.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        Interrupts.shared.listen()
        LoggingSystem.bootstrap { LibraryLog(label: $0) }
        do {
            let ofFunction = LambdaFunction.arguments(CommandLine.arguments, environment: ProcessInfo.processInfo.environment)
            var command = try parseAsRoot(ofFunction)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            Exit.end(with: 0)
        } catch {
            Exit.end(with: error)
        }
    }
}
