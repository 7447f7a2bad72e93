import ArgumentParser
import CCommit
import Schema

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version, the commit that it was built from, and the version of the schema.",
        discussion: "Example:  xmonitor version")

    /// The version of this program: the newest section of `CHANGELOG.md`, as a test has it.
    static let version = "0.2.0"

    /// What `xmonitor version` and `xmonitor --version` print.
    static var text: String { "xmonitor \(version), commit \(String(cString: xmonitor_commit())), schema \(Migration.latest)" }

    func run() throws {
        try printResult(Self.text)
    }
}
