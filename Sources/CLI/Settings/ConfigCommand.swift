import ArgumentParser
import JSON

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the settings and show them with where each comes from; secrets are never shown.",
        discussion: """
            Example:  XMONITOR_PORT=9000 xmonitor config
            Settings come from flags, then the environment, then a file named .env in the current folder, then the defaults.
            Exit code 0: a server can run with them; 2: it cannot, and everything that is wrong is named.
            """)

    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var settings: ListeningOptions

    func run() async throws {
        let (settings, unread) = await Settings.read(self.settings.flags)
        var faults = unread
        for fault in settings.faults(for: .process) where !faults.contains(fault) { faults.append(fault) }
        guard faults.isEmpty else { throw Failure(faults: faults) }
        for warning in try settings.warnings() { note("Warning: \(warning)") }
        let rows = Setting.all.map { setting in
            let value = settings.optional(setting)
            return Row(
                name: setting.name, value: setting.isSecret ? value.map { _ in "(set, not shown)" } : value, isSecret: setting.isSecret,
                source: settings.source(setting)?.description)
        }
        try printResult(json ? Self.json(rows) : Self.text(rows))
    }

    private struct Row {
        let name: String
        let value: String?
        let isSecret: Bool
        let source: String?
    }

    private static func json(_ rows: [Row]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            for row in rows {
                writer.key(row.name)
                writer.object { writer in
                    writer.member("value", row.value)
                    writer.member("secret", row.isSecret)
                    writer.member("from", row.source)
                }
            }
        }
        return writer.text
    }

    private static func text(_ rows: [Row]) -> String {
        columns([["setting", "value", "from"]] + rows.map { [$0.name, $0.value ?? "(not set)", $0.source ?? ""] }).joined(separator: "\n")
    }
}
