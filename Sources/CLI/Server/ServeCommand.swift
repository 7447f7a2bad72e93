import ArgumentParser
import Foundation

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the API and the web feed.",
        discussion: """
            Example:  DATABASE_URL=postgresql://user@host/xmonitor XMONITOR_API_KEY_FILE=/run/secrets/key xmonitor serve
            It refuses a database whose schema is not up to date. SIGTERM and Ctrl-C let requests in flight finish, and break downloads off.
            """)

    @OptionGroup(title: "Settings") var options: ListeningOptions

    func run() async throws {
        // Who sends it when a terminal closes or a log is rotated does not mean that the server shall end.
        signal(SIGHUP, SIG_IGN)
        let settings = try await options.load()
        try ServerRunner.check(settings)
        try await ServerRunner(settings: settings, database: settings.database()).run { address in
            say("XMonitor is up: \(address)/")
        }
    }
}
