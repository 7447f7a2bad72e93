import ArgumentParser

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the API and the web feed.",
        discussion: """
            Example:  DATABASE_URL=postgresql://user@host/xmonitor XMONITOR_API_KEY_FILE=/run/secrets/key xmonitor serve
            It refuses a database whose schema is not up to date. SIGTERM and Ctrl-C let requests in flight finish, and break downloads off.
            """)

    func run() async throws {
        let settings = try await Settings.load()
        try ServerRunner.check(settings)
        try await ServerRunner(settings: settings, database: settings.database()).run { address in
            say("XMonitor is up: \(address)/")
        }
    }
}
