import Postgres
import Testing

@Suite(.gated) struct ErrorTests {
    @Test func serverErrorsCarryTheirFacts() async throws {
        try await TestPostgres.withConnection { connection in
            try await connection.executeScript(
                "CREATE TEMP TABLE people (id bigint PRIMARY KEY, name text NOT NULL, CHECK (id > 0))")
            let insert: @Sendable (Int64, String?) -> Statement<Void> = { id, name in
                Statement("people.insert", "INSERT INTO people VALUES (\(int64: id), \(text: name))")
            }
            #expect(try await connection.execute(insert(1, "secret-name")) == 1)
            let unique = try #require(await postgresError { try await connection.execute(insert(1, "secret-name")) })
            #expect(unique.kind == .server)
            #expect(unique.sqlState == .uniqueViolation)
            #expect(unique.sqlState?.class.rawValue == "23")
            #expect(unique.constraint == "people_pkey")
            #expect(unique.table == "people")
            #expect(unique.detail?.contains("(id)=(1)") == true)
            #expect(unique.statementName == "people.insert")
            #expect(!unique.isTransient)
            let null = try #require(await postgresError { try await connection.execute(insert(2, nil)) })
            #expect(null.sqlState == .notNullViolation)
            #expect(null.column == "name")
            #expect(await postgresError { try await connection.execute(insert(-1, "x")) }?.sqlState == .checkViolation)
        }
    }

    @Test(arguments: [
        ("SELECT * FROM does_not_exist", SQLState.undefinedTable), ("SELEC", .syntaxError), ("SELECT nope", .undefinedColumn),
        ("SELECT 1/0", SQLState(rawValue: "22012")), ("SELECT no_such_function()", .undefinedFunction),
    ])
    func sqlStateIsReported(_ sql: String, _ state: SQLState) async throws {
        try await TestPostgres.withConnection { connection in
            let error = await postgresError { try await connection.execute(Statement("s", SQL(unescaped: sql))) }
            #expect(error?.sqlState == state)
        }
    }

    @Test func positionPointsIntoTheStatement() async throws {
        try await TestPostgres.withConnection { connection in
            let error = await postgresError { try await connection.execute(Statement("s", "SELECT nope")) }
            #expect(error?.position == 8)
        }
    }

    /// Each of these makes the server quote the value in its message or detail.
    @Test(
        arguments: [
            "SELECT \(text: "hunter2-secret")::bigint", "SELECT \(text: "hunter2-secret")::jsonb",
            "SELECT \(text: "hunter2-secret")::regclass", "SELECT \(text: "hunter2-secret")::timestamptz",
            "SELECT set_config('statement_timeout', \(text: "hunter2-secret"), true)",
            "INSERT INTO pg_temp.secrets VALUES (\(text: "hunter2-secret")), (\(text: "hunter2-secret"))",
        ] as [SQL])
    func parameterValuesAreNeverInDescriptions(_ sql: SQL) async throws {
        try await TestPostgres.withConnection { connection in
            try await connection.executeScript("CREATE TEMP TABLE secrets (x text UNIQUE)")
            let error = try #require(await postgresError { try await connection.execute(Statement("s", sql)) })
            #expect(error.kind == .server)
            #expect(!"\(error)".contains("hunter2"))
            #expect(!String(reflecting: error).contains("hunter2"))
            #expect(!error.localizedText.contains("hunter2"))
        }
    }

    @Test func nulCharacterInTextIsRefusedByTheServer() async throws {
        try await TestPostgres.withConnection { connection in
            let error = await postgresError { try await connection.execute(Statement("s", "SELECT \(text: "a\0b")")) }
            #expect(error?.sqlState == .characterNotInRepertoire)
        }
    }

    @Test func timestampBeforeTheWiresRangeIsAnEncodingError() async throws {
        try await TestPostgres.withConnection { connection in
            let error = await postgresError { try await connection.execute(Statement("s", "SELECT \(timestamp: Int64.min)")) }
            #expect(error?.kind == .encoding)
            #expect(error.map { !"\($0)".contains("\(Int64.min)") } == true)
        }
    }

    @Test func transienceFollowsTheCause() {
        func error(_ state: SQLState) -> PostgresError { PostgresError(.server, "x", sqlState: state) }
        let passing = [
            "08006", "25006", "25P03", "25P04", "40001", "40P01", "53100", "53200", "53300", "53400", "55006", "55P03", "57014", "57P01",
            "57P02", "57P03", "57P04", "57P05", "58030",
        ]
        for state in passing { #expect(error(SQLState(rawValue: state)).isTransient, "\(state)") }
        let lasting = [
            "0A000", "22P02", "23503", "23505", "25001", "25P02", "26000", "28P01", "3D000", "42501", "42601", "42P01", "54000", "55000",
            "XX000",
        ]
        for state in lasting { #expect(!error(SQLState(rawValue: state)).isTransient, "\(state)") }
        // Without a connection it is never this program's fault, whatever the reason.
        for state in lasting { #expect(PostgresError(.connection, "x", sqlState: SQLState(rawValue: state)).isTransient) }
        #expect(!PostgresError(.cancelled, "x", sqlState: .queryCanceled).isTransient)
        #expect(PostgresError(.connection, "x").isTransient)
        #expect(PostgresError(.poolTimeout, "x").isTransient)
        #expect(PostgresError(.timeout, "x", sqlState: .queryCanceled).isTransient)
        #expect(!PostgresError(.decoding, "x").isTransient)
    }
}

extension PostgresError {
    fileprivate var localizedText: String { "\(self as any Error)" }
}
