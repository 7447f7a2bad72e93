import Postgres
import Testing

@Suite(.gated) struct TLSTests {
    /// `hostaddr` says where to connect, `host` which name the certificate must have.
    private func connect(host: String, authority: KeyPath<PrivateServer, String>, mode: String = "verify-full") async throws -> Bool {
        let server = try PrivateServer.shared.get()
        let connection = try await Connection.connect(
            ConnectionOptions(
                conninfo: """
                    host=\(host) hostaddr=127.0.0.1 port=\(server.port) user=postgres dbname=postgres sslmode=\(mode) \
                    sslrootcert=\(server[keyPath: authority])
                    """))
        let isTLS = try await connection.queryOne(
            Statement("tls", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") { try $0.bool(0) })
        #expect(isTLS == connection.isTLS)
        await connection.close()
        return isTLS
    }

    @Test func rightAuthorityAndHostAreAccepted() async throws {
        #expect(try await connect(host: "database.test", authority: \.certificateAuthority))
    }

    @Test func wrongHostIsRefused() async throws {
        let error = await postgresError { try await connect(host: "other.test", authority: \.certificateAuthority) }
        #expect(error?.kind == .connection)
        #expect(error?.description.contains("does not match host name") == true)
    }

    @Test func wrongAuthorityIsRefused() async throws {
        let error = await postgresError { try await connect(host: "database.test", authority: \.otherCertificateAuthority) }
        #expect(error?.kind == .connection)
        #expect(error?.description.contains("certificate verify failed") == true)
        #expect(error?.description.contains("sslrootcert") == true && error?.description.contains("clock") == true)
    }

    @Test func verifyCAIgnoresTheHost() async throws {
        #expect(try await connect(host: "other.test", authority: \.certificateAuthority, mode: "verify-ca"))
    }

    @Test func disabledMeansPlain() async throws {
        #expect(try await !connect(host: "database.test", authority: \.certificateAuthority, mode: "disable"))
    }

    @Test func bigResultsAndCopiesWorkOverTLS() async throws {
        let server = try PrivateServer.shared.get()
        let connection = try await Connection.connect(
            ConnectionOptions(
                conninfo: "host=127.0.0.1 port=\(server.port) user=postgres dbname=postgres sslmode=require", statementTimeout: .seconds(60)
            ))
        try await connection.executeScript("CREATE TEMP TABLE t (x text)")
        let line = Array((String(repeating: "y", count: 9999) + "\n").utf8)
        let copied = try await connection.copyIn("copy", "COPY t FROM STDIN") { writer in
            for _ in 0..<5000 { try writer.write(line) }
        }
        #expect(copied == 5000)
        #expect(try await connection.query(Statement("all", "SELECT x FROM t") { try $0.text(0).utf8.count }).reduce(0, +) == 5000 * 9999)
        #expect(
            await postgresError { try await connection.execute(Statement("slow", "SELECT pg_sleep(30)"), timeout: .milliseconds(100)) }?
                .kind == .timeout)
        await connection.close()
    }
}
