import ArgumentParser
import Domain
import JSON

struct SmokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "smoke", abstract: "Check a running server from outside. Only reads, or writes with dry_run.",
        discussion: """
            Example:  xmonitor smoke http://127.0.0.1:8080
                      xmonitor smoke https://feed.example.com --ca authority.pem
            Where reading is closed it takes a key with the scope read from XMONITOR_SMOKE_KEY. With XMONITOR_API_KEY set it also tries a write
            with dry_run.
            Exit code 0: every check passed; 1: one failed; 2: it could not run.
            """)

    @Argument(help: "The address of the server, without a path.") var address: String
    @Flag(help: "Leave the dry run out.") var readOnly = false
    @Flag(help: "Check as well that nobody reads without a key.") var closed = false
    @Option(help: ArgumentHelp("Trust the authorities in this file (PEM) beside those of the system.", valueName: "file")) var ca: String?
    @Flag(help: "Print JSON.") var json = false

    @OptionGroup(title: "Settings") var options: SettingsFileOption

    func validate() throws {
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
            throw ValidationError("The address starts with http:// or https://.")
        }
    }

    func run() async throws {
        let settings = try await options.load()
        let keys = SmokeTest.Keys(
            reading: settings.optional(.smokeKey),
            ingest: readOnly ? nil : settings.optional(.apiKey) ?? settings.optional(.ingestSecret))
        let checks = try await SmokeTest.with(
            address: address.hasSuffix("/") ? String(address.dropLast()) : address, keys: keys, trusting: ca
        ) {
            await $0.run(isClosed: closed)
        }
        try printResult(json ? Self.json(checks) : Self.text(checks))
        if checks.contains(where: { $0.failure != nil }) { throw Exit.found }
    }

    private static func text(_ checks: [SmokeTest.Check]) -> String {
        checks.map { check in check.failure.map { "FAILED  \(check.name): \($0)" } ?? "ok      \(check.name)" }.joined(separator: "\n")
    }

    private static func json(_ checks: [SmokeTest.Check]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("ok", checks.allSatisfy { $0.failure == nil })
            writer.key("checks")
            writer.array { writer in
                for check in checks {
                    writer.object { writer in
                        writer.member("name", check.name)
                        writer.member("failure", check.failure)
                    }
                }
            }
        }
        return writer.text
    }
}
