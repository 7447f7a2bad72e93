internal import Postgres

/// The tables that a snapshot is copied into before it is merged or compared.
struct StagingSQL {
    let table: SourceTable

    var name: String { "incoming_\(table.target)" }
    private var key: String { table.key.joined(separator: ", ") }

    /// How long a staging table lives.
    enum Lifetime: Sendable {
        /// As long as the transaction, seen by nobody else.
        case transaction
        /// Until it is dropped, so that an import that broke off goes on; a crash of Postgres empties it.
        case untilDropped
    }

    func create(_ lifetime: Lifetime) -> Statement<Void> {
        let columns =
            ["row_number BIGINT NOT NULL"] + table.columns.map { "\($0.name) \($0.type.rawValue)" }
            + (table.keepsTimes ? ["observed_at JSONB"] : [])
        return Statement(
            "snapshot.stage.\(table.target)",
            """
            CREATE \(unescaped: lifetime == .transaction ? "TEMPORARY" : "UNLOGGED") TABLE \(unescaped: name)
            (\(unescaped: columns.joined(separator: ", "))) \(unescaped: lifetime == .transaction ? "ON COMMIT DROP" : "")
            """)
    }

    var drop: Statement<Void> { Statement("snapshot.unstage.\(table.target)", "DROP TABLE IF EXISTS \(unescaped: name)") }

    /// The number of staged rows.
    var count: Statement<Int64> {
        Statement("snapshot.count.\(table.target)", "SELECT count(*) FROM \(unescaped: name)", decode: { try $0.int64(0) })
    }

    var exists: Statement<Bool> {
        Statement("snapshot.staged.\(table.target)", "SELECT to_regclass(\(text: name)) IS NOT NULL", decode: { try $0.bool(0) })
    }

    var copy: String {
        "COPY \(name) (\(Normaliser.stagingColumns(of: table).joined(separator: ", "))) FROM STDIN (FORMAT binary)"
    }

    /// Of the rows that normalise to one key the one seen last stays: the newest observation of a post, then the last row.
    /// Affects as many rows as there were duplicates.
    var removeDuplicates: Statement<Void> {
        let order = (table.target == "posts" ? "last_seen_at DESC, " : "") + "row_number DESC"
        return Statement(
            "snapshot.duplicates.\(table.target)",
            """
            DELETE FROM \(unescaped: name) WHERE row_number IN (
                SELECT row_number FROM (
                    SELECT row_number, row_number() OVER (PARTITION BY \(unescaped: key) ORDER BY \(unescaped: order)) AS place
                    FROM \(unescaped: name) WHERE (\(unescaped: key)) IN (
                        SELECT \(unescaped: key) FROM \(unescaped: name) GROUP BY \(unescaped: key) HAVING count(*) > 1)) AS ranked
                WHERE place > 1)
            """)
    }

    /// Takes out the rows whose post is neither in the archive nor in the snapshot, and says which they were.
    func removeOrphans(postsIn relations: [String]) -> Statement<Int64> {
        let unknown = relations.map { "NOT EXISTS (SELECT FROM \($0) AS known WHERE known.status_id = staged.status_id)" }
        return Statement(
            "snapshot.orphans.\(table.target)",
            """
            DELETE FROM \(unescaped: name) AS staged WHERE \(unescaped: unknown.joined(separator: " AND "))
            RETURNING row_number
            """, decode: { try $0.int64(0) })
    }

    var analyze: Statement<Void> { Statement("snapshot.analyze.\(table.target)", "ANALYZE \(unescaped: name)") }
}
