import Foundation
import Postgres
import Testing

@Suite(.gated) struct ConnectTests {
    private func failure(_ conninfo: String) async throws -> PostgresError {
        try #require(await postgresError { try await Connection.connect(ConnectionOptions(conninfo: conninfo)) })
    }

    @Test func refusedConnectionNamesHostAndPortButNoPassword() async throws {
        let port = try PrivateServer.freePort()
        for conninfo in [
            "host=127.0.0.1 port=\(port) user=x password=hunter2", "postgresql://x:hunter2@127.0.0.1:\(port)/db",
        ] {
            let error = try await failure(conninfo)
            #expect(error.kind == .connection)
            #expect(error.isTransient)
            #expect(error.description == "could not connect to Postgres at 127.0.0.1:\(port): connection refused")
        }
    }

    @Test func unknownDatabaseIsNamed() async throws {
        let server = try PrivateServer.shared.get()
        let error = try await failure("host=\(server.directory) port=\(server.port) user=postgres dbname=nope password=hunter2")
        #expect(error.sqlState == .undefinedDatabase)
        #expect(error.isTransient)
        #expect(error.description.contains(#"database "nope" does not exist"#))
        #expect(!error.description.contains("hunter2"))
    }

    @Test(arguments: ["host=x passwrd=hunter2", "host=x hunter2", "postgresql://u:hunter2%zz@h/d", "host='hunter2"])
    func malformedConnectionStringIsNotQuoted(_ conninfo: String) async throws {
        let error = try await failure(conninfo)
        #expect(error.kind == .configuration)
        #expect(!error.isTransient)
        #expect(!error.description.contains("hunter2"))
    }

    @Test(arguments: ["host=h port=1 user=u dbname=d password=hunter2", "postgresql://u:hunter2@h:1/d"])
    func optionsDescribeThemselvesWithoutThePassword(_ conninfo: String) {
        let options = ConnectionOptions(conninfo: conninfo)
        #expect("\(options)" == "h:1/d as u")
        #expect(String(reflecting: options) == "h:1/d as u")
        var dumped = ""
        dump(options, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test func connectionKnowsItsServer() async throws {
        try await TestPostgres.withConnection { connection async throws in
            #expect(connection.serverVersion >= 150_000)
            let row = try await connection.queryOne(
                Statement("self", "SELECT pg_backend_pid(), current_setting('application_name'), current_setting('client_encoding')") {
                    (try $0.int32(0), try $0.text(1), try $0.text(2))
                })
            #expect(row.0 == connection.processID)
            #expect(row.1 == "postgres-tests")
            #expect(row.2 == "UTF8")
        }
    }

    @Test func closedConnectionSaysSo() async throws {
        let connection = try await Connection.connect(TestPostgres.options())
        await connection.close()
        await connection.close()
        #expect(await postgresError { try await connection.execute(Statement("s", "SELECT 1")) }?.kind == .closed)
    }

    @Test func droppedConnectionLeavesNoThreadAndNoFileBehind() async throws {
        func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }
        func files() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        guard FileManager.default.fileExists(atPath: "/proc/self/task") else { return }
        let options = try TestPostgres.options()
        // Other tests run at the same time: their connections are fewer than the ones made here.
        let before = (try threads(), try files())
        for _ in 0..<150 { _ = try await Connection.connect(options).serverVersion }
        #expect(try await eventually { try threads() < before.0 + 120 && files() < before.1 + 240 })
    }

    @Test func noticesAreNotPrinted() async throws {
        try await TestPostgres.withConnection { try await $0.executeScript("DO $$ BEGIN RAISE WARNING 'not to be seen'; END $$") }
    }

    @Test func scriptRunsAllItsStatementsOrNone() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let error = await postgresError {
                try await connection.executeScript("CREATE TEMP TABLE s (x int); INSERT INTO s VALUES (1); SELECT 1/0;", name: "0001.sql")
            }
            #expect(error?.statementName == "0001.sql")
            #expect(await postgresError { try await connection.execute(Statement("s", "SELECT * FROM s")) }?.sqlState == .undefinedTable)
        }
    }
}
