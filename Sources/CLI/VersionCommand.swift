import ArgumentParser
import Schema

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version.", discussion: "Example:  xmonitor version")

    /// The version of this program, as `CHANGELOG.md` has it.
    static let version = "0.1.0"

    func run() {
        print("xmonitor \(Self.version), schema \(Migration.all.last?.version ?? 0)")
    }
}
