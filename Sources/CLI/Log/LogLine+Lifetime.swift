import CCommit
import Foundation
import JSON
import Schema

extension LogLine {
    /// - Parameter settingsFile: the path of the file of settings that was read; nil when there was none.
    static func started(at address: String, settingsFile: String?) {
        write { writer in
            writer.member("level", "info")
            writer.member("message", "The server has started.")
            writer.member("address", address)
            writer.member("version", VersionCommand.version)
            writer.member("commit", String(cString: xmonitor_commit()))
            writer.member("schema", Int64(Migration.latest))
            writer.member("settings_file", settingsFile.map { URL(fileURLWithPath: $0).path })
        }
    }

    static func stopping(within limit: Duration) {
        inform("The server was told to stop. Requests under way have \(limit.components.seconds) s to end.")
    }

    static func stopped() { inform("The server has stopped.") }
}
