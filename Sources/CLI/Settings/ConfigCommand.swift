import ArgumentParser
import Domain
import Foundation
import JSON

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the settings in effect; secrets are never shown.",
        discussion: "Example:  XMONITOR_PORT=9000 xmonitor config")

    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let settings = try await Settings.load()
        try ServerRunner.check(settings)
        for warning in try settings.warnings() { note("Warning: \(warning)") }
        try printResult(json ? Self.json(settings.shown) : Self.text(settings.shown))
    }

    private static func json(_ shown: [(setting: Setting, value: String?)]) -> String {
        var writer = JSONWriter()
        writer.object { writer in for (setting, value) in shown { writer.member(setting.name, value) } }
        return writer.text
    }

    private static func text(_ shown: [(setting: Setting, value: String?)]) -> String {
        let width = shown.map(\.setting.name.count).max() ?? 0
        return shown.map { setting, value in
            setting.name.padding(toLength: width, withPad: " ", startingAt: 0) + "  " + (value ?? "(not set)")
        }.joined(separator: "\n")
    }
}
