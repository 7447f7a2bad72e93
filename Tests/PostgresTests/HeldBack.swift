import Postgres

/// The server waits for whoever reads its rows.
struct HeldBack: Error {}

extension Connection {
    /// The process of the server behind this connection.
    func backend() async throws -> Int64 {
        try await queryOne(Statement("backend", "SELECT pg_backend_pid()::BIGINT") { try $0.int64(0) })
    }
}

/// Waits until the server has waited with its next rows on ten looks in a row.
///
/// - Throws: `NotHeldBack` when it goes on sending.
func waitUntilHeldBack(_ backend: Int64) async throws {
    struct NotHeldBack: Error {}
    let waits = Statement(
        "waits", "SELECT coalesce(wait_event = 'ClientWrite', false) FROM pg_stat_activity WHERE pid = \(int64: backend)"
    ) { try $0.bool(0) }
    try await TestPostgres.withConnection { connection async throws in
        var inARow = 0
        for _ in 0..<1_000 {
            inARow = try await connection.queryOne(waits) ? inARow + 1 : 0
            if inARow == 10 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NotHeldBack()
    }
}
