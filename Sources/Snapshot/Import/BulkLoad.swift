internal import Postgres

/// Loading into an empty archive: indexes and constraints are built once, after the rows, which takes a third of the time.
///
/// It happens in the transaction of the import, so no other session ever sees a table without them, and the schema ends as it was.
/// It needs ownership of the tables. An archive with rows is in use and keeps its indexes.
struct BulkLoad: Sendable {
    /// The statements that restore what was taken away.
    private let restoration: [String]

    var isUnderWay: Bool { !restoration.isEmpty }

    /// Takes the indexes and constraints away, if the archive is empty and the role owns the tables.
    static func begin(_ connection: isolated Connection) async throws -> BulkLoad {
        guard try await connection.queryOne(mayBegin) else { return BulkLoad(restoration: []) }
        // From here on nobody can write; somebody may have done so a moment ago.
        try await connection.execute(lock, timeout: .seconds(60))
        guard try await connection.queryOne(mayBegin) else { return BulkLoad(restoration: []) }
        let parts = try await connection.query(parts)
        for part in parts { try await connection.execute(suspend(part.removal)) }
        return BulkLoad(restoration: parts.reversed().map(\.restoration))
    }

    /// Builds them again.
    func end(_ connection: isolated Connection) async throws {
        for statement in restoration { try await connection.execute(Self.restore(statement), timeout: .seconds(3_600)) }
    }

    // Postgres itself has written these statements, with its own names in them.
    static func suspend(_ removal: String) -> Statement<Void> { Statement("import.suspend", SQL(unescaped: removal)) }
    static func restore(_ restoration: String) -> Statement<Void> { Statement("import.restore", SQL(unescaped: restoration)) }

    static let lock = Statement<Void>("import.lock-tables", "LOCK TABLE posts, post_metrics_snapshots IN ACCESS EXCLUSIVE MODE")

    static let mayBegin = Statement(
        "import.may-suspend",
        """
        SELECT NOT EXISTS (SELECT FROM posts) AND NOT EXISTS (SELECT FROM post_metrics_snapshots)
           AND (SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid IN ('posts'::regclass, 'post_metrics_snapshots'::regclass))
        """, read: { try $0.bool() })

    struct Part: Sendable {
        var removal, restoration: String
    }

    /// The history's constraints, foreign key first, then the indexes of both tables that no constraint needs. The key of
    /// `posts` stays: other tables refer to it.
    static let parts = Statement(
        "import.suspendable",
        """
        SELECT removal, restoration FROM (
            SELECT CASE contype WHEN 'f' THEN 1 ELSE 2 END AS place, conname::TEXT AS name,
                   format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS removal,
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS restoration
            FROM pg_constraint WHERE conrelid = 'post_metrics_snapshots'::regclass AND contype IN ('p', 'u', 'f')
            UNION ALL
            SELECT 3, indexrelid::regclass::TEXT, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
            FROM pg_index WHERE indrelid IN ('posts'::regclass, 'post_metrics_snapshots'::regclass)
              AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        ) AS parts ORDER BY place, name
        """, read: { row in Part(removal: try row.text(), restoration: try row.text()) })
}
