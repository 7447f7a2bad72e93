import Postgres

/// Everything that an import leaves in the archive, as text, without what every import makes anew.
enum ArchiveContents {
    private static let tables: [(name: String, ownTime: Bool)] = [
        ("watch_accounts", false), ("posts", false), ("reports", false), ("pipeline_runs", false), ("embeddings", true),
        ("post_metrics_snapshots", false),
    ]

    static func read(_ connection: isolated Connection) async throws -> [String] {
        var rows: [String] = []
        for table in tables {
            let made = table.ownTime ? "" : " - 'id' - 'created_at' - 'updated_at'"
            rows += try await connection.query(
                Statement(
                    "test.contents.\(table.name)",
                    "SELECT '\(unescaped: table.name) ' || (to_jsonb(t)\(unescaped: made))::TEXT FROM \(unescaped: table.name) AS t ORDER BY 1",
                    decode: { try $0.text(0) }))
        }
        return rows
    }
}
