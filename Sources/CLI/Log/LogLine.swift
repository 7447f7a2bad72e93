import API
import Domain
import JSON

/// Writes the log: one JSON object per line on standard error. Writing never blocks.
enum LogLine {
    static func write(_ members: (inout JSONWriter) -> Void) {
        LineWriter.standardError.write(line(members))
    }

    static func warn(_ message: String) { say(message, level: "warning") }

    static func inform(_ message: String) { say(message, level: "info") }

    private static func say(_ message: String, level: String) {
        write { writer in
            writer.member("level", level)
            writer.member("message", message)
        }
    }

    /// The line that stands where `count` lines are missing.
    static func lost(_ count: Int) -> [UInt8] {
        line { writer in
            writer.member("level", "warning")
            writer.member("message", "Lines are missing here: the log could not be written, or not fast enough.")
            writer.member("lost_lines", Int64(count))
        }
    }

    private static func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { writer in
            writer.member("time", Timestamp.now)
            members(&writer)
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

extension LogLine {
    /// A request or a fault of the server.
    static func write(_ event: ServerEvent) {
        switch event {
        case .request(let request):
            write { writer in
                writer.member("level", request.status >= 500 ? "error" : "info")
                writer.member("request_id", request.id)
                writer.member("method", request.method)
                writer.member("route", request.route)
                if let principal = request.principal { writer.member("principal", principal) }
                if let client = request.client { writer.member("client", client) }
                if let batch = request.batchID { writer.member("batch_id", batch) }
                writer.member("status", Int64(request.status))
                writer.member("duration_us", request.duration.wholeMicroseconds)
            }
        case .refusal(let id, let refusal):
            write { writer in
                writer.member("level", "info")
                writer.member("request_id", id)
                writer.member("message", "A credential was refused.")
                writer.member("refusal", refusal.code)
                if let subject = refusal.subject { writer.member("subject", subject) }
            }
        case .signIn(let id, let principal, let mayRead):
            write { writer in
                writer.member("level", "info")
                writer.member("request_id", id)
                writer.member("message", "A reader signed in.")
                writer.member("principal", principal)
                writer.member("may_read", mayRead)
            }
        case .fault(let id, let fault):
            write { writer in
                writer.member("level", "error")
                writer.member("request_id", id)
                writer.member("message", fault.text)
                if let statement = fault.statement { writer.member("statement", statement) }
                if let sqlState = fault.sqlState { writer.member("sqlstate", sqlState) }
                if let role = fault.role { writer.member("role", role) }
            }
        }
    }
}
