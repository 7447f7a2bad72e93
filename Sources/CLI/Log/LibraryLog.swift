import Domain
import JSON
import Logging

/// Turns log events of libraries into lines of our log. Their own handlers write synchronously, which may block a serving thread.
struct LibraryLog: LogHandler {
    let label: String
    var logLevel = Logger.Level.error
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        LogLine.write { writer in
            writer.member("level", event.level.rawValue)
            writer.member("logger", label)
            writer.member("message", event.message.description)
            writer.member("error", event.error.map { "\($0)" } ?? event.metadata?["error"].map { "\($0)" })
        }
    }
}
