import ArgumentParser
import Domain
import Foundation

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the settings in effect; secrets are never shown.",
        discussion: "Example:  XMONITOR_PORT=9000 xmonitor config")

    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let shown = try await Settings.load().shown
        if json {
            var writer = JSONWriter()
            writer.object { writer in for (setting, value) in shown { writer.member(setting.name, value) } }
            print(String(decoding: writer.bytes, as: UTF8.self))
            return
        }
        let width = shown.map(\.setting.name.count).max() ?? 0
        for (setting, value) in shown {
            print(setting.name.padding(toLength: width, withPad: " ", startingAt: 0), value ?? "(not set)", separator: "  ")
        }
    }
}
