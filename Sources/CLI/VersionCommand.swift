import ArgumentParser
import Schema

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version.", discussion: "Example:  xmonitor version")

    /// The version of this program, as `CHANGELOG.md` has it.
    static let version = "0.1.0"

    /// What `xmonitor version` and `xmonitor --version` print.
    static var text: String { "xmonitor \(version), schema \(Migration.all.last?.version ?? 0)" }

    func run() throws {
        try printResult(Self.text)
    }
}
