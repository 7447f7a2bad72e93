internal import Postgres

/// The tables that a snapshot is copied into before it is merged or compared.
struct StagingSQL {
    let table: SourceTable

    private var staging: Identifier { table.target.staging }

    /// The relations that hold the posts to which rows of a snapshot may refer: those of the archive, and those that the snapshot brings.
    static func posts(in tables: [SourceTable]) -> [Identifier] {
        [Identifier(ArchiveTable.posts)] + tables.filter { $0.target == .posts }.map(\.target.staging)
    }

    /// How long a staging table lives.
    enum Lifetime: Sendable {
        /// As long as the transaction, seen by nobody else.
        case transaction
        /// Until it is dropped, so that an import that broke off goes on; a crash of Postgres empties it.
        case untilDropped
    }

    func create(_ lifetime: Lifetime) -> Statement<Void> {
        let columns: [SQL] =
            ["row_number BIGINT NOT NULL"] + table.columns.map { "\(column: $0.identifier) \($0.type.declaration)" }
            + (table.keepsTimes ? ["observed_at JSONB"] : [])
        let kind: SQL = lifetime == .transaction ? "TEMPORARY" : "UNLOGGED"
        return Statement(
            "snapshot.stage.\(table.target.name)",
            """
            CREATE \(kind) TABLE \(table: staging) (
                \(columns.joined(separator: ",\n"))
            )\(lifetime == .transaction ? " ON COMMIT DROP" : "")
            """)
    }

    var drop: Statement<Void> { Statement("snapshot.unstage.\(table.target.name)", "DROP TABLE IF EXISTS \(table: staging)") }

    /// The number of staged rows.
    var count: Statement<Int64> {
        Statement("snapshot.count.\(table.target.name)", "SELECT count(*) FROM \(table: staging)", read: { try $0.int64() })
    }

    var exists: Statement<Bool> {
        Statement("snapshot.staged.\(table.target.name)", "SELECT to_regclass(\(text: staging.name)) IS NOT NULL", read: { try $0.bool() })
    }

    var copy: SQL {
        "COPY \(table: staging) (\(columns: Normaliser.stagingColumns(of: table))) FROM STDIN (FORMAT binary)"
    }

    /// Of the rows that normalise to one key the first in `ArchiveTable.duplicateOrder` stays. Affects as many rows as there were
    /// duplicates.
    var removeDuplicates: Statement<Void> {
        let key: SQL = "\(columns: table.target.key)"
        return Statement(
            "snapshot.duplicates.\(table.target.name)",
            """
            DELETE FROM \(table: staging) WHERE row_number IN (
                SELECT row_number FROM (
                    SELECT row_number, row_number() OVER (PARTITION BY \(key) ORDER BY \(table.target.duplicateOrder)) AS place
                    FROM \(table: staging) WHERE (\(key)) IN (
                        SELECT \(key) FROM \(table: staging) GROUP BY \(key) HAVING count(*) > 1)) AS ranked
                WHERE place > 1)
            """)
    }

    /// Removes rows that refer to a post in neither the archive nor the snapshot, and returns their numbers.
    func removeOrphans(postsIn relations: [Identifier]) -> Statement<Int64> {
        let unknown: [SQL] = relations.map { "NOT EXISTS (SELECT FROM \(table: $0) AS known WHERE known.status_id = staged.status_id)" }
        return Statement(
            "snapshot.orphans.\(table.target.name)",
            """
            DELETE FROM \(table: staging) AS staged
            WHERE \(unknown.joined(separator: "\nAND "))
            RETURNING row_number
            """, read: { try $0.int64() })
    }

    var analyze: Statement<Void> { Statement("snapshot.analyze.\(table.target.name)", "ANALYZE \(table: staging)") }
}
