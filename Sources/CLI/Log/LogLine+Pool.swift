import Domain
import JSON
import Postgres

extension LogLine {
    /// Longer than this nobody waits for a connection unnoticed.
    static let noticedWait = Duration.milliseconds(100)
    /// Longer than this no statement runs unnoticed.
    static let noticedStatement = Duration.seconds(1)

    /// What an operator should know of the pool `pool`: lost connections, waits for a connection, prepared statements that are lost, and slow
    /// statements, by their names and without their parameters.
    static func write(_ observation: PoolObservation, pool: String) {
        switch observation {
        case .closed(let processID, .broken):
            warn("A connection to Postgres was lost.", pool) { writer in writer.member("backend", Int64(processID)) }
        case .waited(let duration) where duration > noticedWait, .waitTimedOut(let duration) where duration > noticedWait:
            warn("A request waited for a connection to Postgres.", pool) { writer in
                writer.member("duration_us", duration.wholeMicroseconds)
            }
        case .stoppedPreparing:
            warn(
                "Postgres lost a prepared statement: a pooler in transaction mode stands in between. Nothing is prepared any more; set XMONITOR_PREPARED_STATEMENTS=false.",
                pool
            ) { _ in }
        case .statement(let statement) where statement.duration > noticedStatement:
            warn("A statement was slow.", pool) { writer in
                writer.member("statement", statement.name)
                writer.member("duration_us", statement.duration.wholeMicroseconds)
                writer.member("error", statement.error?.description)
            }
        default: break
        }
    }

    private static func warn(_ message: String, _ pool: String, _ members: (inout JSONWriter) -> Void) {
        write { writer in
            writer.member("level", "warning")
            writer.member("message", message)
            writer.member("pool", pool)
            members(&writer)
        }
    }
}

extension Duration {
    var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
