import Foundation
import Postgres

/// A PgBouncer in transaction mode before the private server, with two server connections for everybody.
struct PgBouncer: Sendable {
    let options: ConnectionOptions

    static let shared = Result { try PgBouncer() }

    private init() throws {
        let server = try PrivateServer.shared.get()
        let port = try PrivateServer.freePort()
        let directory = "\(server.directory)/bouncer"
        try Command.runAsPostgres(
            """
            set -e; mkdir \(directory); cd \(directory); echo '"postgres" ""' > users
            cat > ini <<'END'
            [databases]
            * = host=\(server.directory) port=\(server.port)
            [pgbouncer]
            listen_addr =
            listen_port = \(port)
            unix_socket_dir = \(directory)
            auth_type = trust
            auth_file = \(directory)/users
            pool_mode = transaction
            default_pool_size = 2
            END
            """)
        try Command.watchOverAsPostgres(
            "/usr/sbin/pgbouncer \(directory)/ini", log: "\(directory)/log", signal: "INT", cleanup: "true")
        try Command.run(
            "for i in $(seq 100); do test -S \(directory)/.s.PGSQL.\(port) && exit 0; sleep 0.1; done; cat \(directory)/log; exit 1")
        options = ConnectionOptions(conninfo: "host=\(directory) port=\(port) user=postgres dbname=postgres")
    }
}
