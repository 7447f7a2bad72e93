import Postgres
import Testing

@Suite(.gated) struct SessionSettingsTests {
    private func setting(_ name: String) -> Statement<String> {
        Statement("setting", "SELECT current_setting(\(text: name))") { try $0.text(0) }
    }

    @Test func settingsHoldFromTheStartAndTheConnectionStringsGoBeforeThem() async throws {
        var options = try TestPostgres.options()
        options.settings = ["TimeZone": "Pacific/Apia", "default_transaction_isolation": "repeatable read", "DateStyle": "SQL, DMY"]
        options.conninfo += options.conninfo.contains("://") ? "&options=-cTimeZone%3DAsia/Tokyo" : " options='-cTimeZone=Asia/Tokyo'"
        let connection = try await Connection.connect(options)
        #expect(connection.hasSettings)
        #expect(try await connection.queryOne(setting("TimeZone")) == "Asia/Tokyo")
        #expect(try await connection.queryOne(setting("default_transaction_isolation")) == "repeatable read")
        #expect(try await connection.queryOne(setting("DateStyle")) == "SQL, DMY")
        await connection.close()
    }

    /// PgBouncer refuses `options`; transactions bring their bounds all the same, and leave none behind.
    @Test(arguments: [false, true]) func boundsGoWithEachTransaction(throughPooler: Bool) async throws {
        var options = throughPooler ? try PgBouncer.shared.get().options : try TestPostgres.options()
        options.settings = ["TimeZone": "Pacific/Apia"]
        options.transactionBounds = TransactionBounds(lock: .milliseconds(1_500), statement: .seconds(7), idle: .seconds(9))
        let connection = try await Connection.connect(options)
        #expect(connection.hasSettings == !throughPooler)
        let names = ["lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"]
        let before = try await values(names, connection)
        let inside = try await connection.transaction { connection in try await values(names, connection) }
        #expect(inside == ["1500ms", "7s", "9s"])
        #expect(try await values(names, connection) == before)
        await connection.close()
    }

    private func values(_ names: [String], _ connection: isolated Connection) async throws -> [String] {
        var values: [String] = []
        for name in names { values.append(try await connection.queryOne(setting(name))) }
        return values
    }
}
