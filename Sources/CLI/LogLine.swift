import API
import Domain
import Foundation

/// Writes one JSON object per line to standard error, for whoever collects logs.
enum LogLine {
    static func write(_ members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter(capacity: 256)
        writer.object { writer in
            writer.member("time", Timestamp.now)
            members(&writer)
        }
        FileHandle.standardError.write(Data(writer.bytes + [UInt8(ascii: "\n")]))
    }
}

extension LogLine {
    /// A request or a fault of the server.
    static func write(_ observation: Observation) {
        switch observation {
        case .request(let id, let method, let route, let status, let duration):
            write { writer in
                writer.member("level", status >= 500 ? "error" : "info")
                writer.member("request_id", id)
                writer.member("method", method)
                writer.member("route", route)
                writer.member("status", Int64(status))
                let (seconds, attoseconds) = duration.components
                writer.member("duration_us", seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
            }
        case .fault(let id, let text):
            write { writer in
                writer.member("level", "error")
                writer.member("request_id", id)
                writer.member("message", text)
            }
        }
    }
}
