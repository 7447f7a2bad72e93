import Foundation

/// A throw-away Postgres cluster of this test process, with TLS and a TCP port, made when first asked for.
///
/// It ends with the process, however that ends: the shell that watches over it waits for the end of its input.
struct PrivateServer: Sendable {
    let directory: String
    let port: Int

    /// The one role, to be made by a test, that needs a password over TCP.
    static let roleWithPassword = "needs_password"

    static let shared = Result { try PrivateServer() }

    /// The Unix socket, as superuser.
    var conninfo: String { "host=\(directory) port=\(port) user=postgres dbname=postgres" }
    var certificateAuthority: String { "\(directory)/ca.crt" }
    var otherCertificateAuthority: String { "\(directory)/other.crt" }

    private init() throws {
        directory = "/tmp/pg-tests-\(getpid())"
        port = try Self.freePort()
        try Command.run("mkdir -m 755 \(directory)")
        if getuid() == 0 { try Command.run("chown postgres \(directory)") }
        try Command.runAsPostgres(
            """
            set -e; cd \(directory)
            \(Self.binaries)/initdb -D data -A trust -N -U postgres --no-locale -E UTF8
            (echo host all \(Self.roleWithPassword) 127.0.0.1/32 scram-sha-256; cat data/pg_hba.conf) > hba; mv hba data/pg_hba.conf
            for ca in ca other; do
              openssl req -new -x509 -days 2 -nodes -newkey rsa:2048 -keyout $ca.key -out $ca.crt -subj /CN=$ca
            done
            openssl req -new -nodes -newkey rsa:2048 -keyout data/server.key -out server.csr -subj /CN=database.test
            printf 'subjectAltName=DNS:database.test' > server.ext
            openssl x509 -req -days 2 -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial \
              -extfile server.ext -out data/server.crt
            chmod 600 data/server.key; chmod 644 ca.crt other.crt
            """)
        let settings = [
            "listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=\(directory)", "fsync=off",
            "max_connections=200", "ssl=on",
        ]
        try Command.watchOverAsPostgres(
            "\(Self.binaries)/postgres -D \(directory)/data \(settings.map { "-c \($0)" }.joined(separator: " "))",
            log: "\(directory)/log", signal: "INT", cleanup: "rm -rf \(directory)")
        try Command.run(
            "for i in $(seq 300); do \(Self.binaries)/pg_isready -q -h \(directory) -p \(port) && exit 0; sleep 0.1; done; exit 1")
    }

    private static var binaries: String {
        let candidates = ["/usr/lib/postgresql/15/bin", "/opt/homebrew/bin", "/usr/local/bin"]
        return candidates.first { FileManager.default.isExecutableFile(atPath: "\($0)/initdb") } ?? "/usr/bin"
    }

    /// A port nobody listens on now.
    static func freePort() throws -> Int {
        let text = try Command.run(
            "for p in $(shuf -i 20000-60000 -n 50); do (exec 3<>/dev/tcp/127.0.0.1/$p) 2>/dev/null || { echo $p; exit 0; }; done; exit 1")
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 54_329
    }
}
