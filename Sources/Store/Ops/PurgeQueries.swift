public import Domain
public import Postgres

/// Removes everything that the archive holds of an author. Collectors go on writing meanwhile, so the rows are held before they are counted
/// and removed: docs/adr/0012-held-before-removed.md has the reasons.
public enum PurgeQueries {
    /// Counts the rows of an author, without a lock.
    public static func rows(of handle: String) -> Statement<AuthorRows> {
        count("purge.rows", "(SELECT status_id FROM posts WHERE author_handle = \(text: handle))")
    }

    /// In one transaction.
    ///
    /// - Parameter patience: how long a statement may take; nil for the usual time.
    static func run(_ order: Purge, patience: Duration?, _ connection: isolated Connection) async throws -> Purge.Result {
        // An import brings posts before what refers to them, and would miss those that go in between.
        try await connection.execute(ImportLock.wait, timeout: patience)
        if order.blocks { try await connection.execute(Blocks.enter(alone: true), timeout: patience) }
        try await connection.execute(holdReports(of: order.handle), timeout: patience)
        try await connection.execute(holdEmbeddings(of: order.handle), timeout: patience)
        let posts = try await connection.query(holdPosts(of: order.handle), timeout: patience)
        let found = try await connection.queryOne(rows(ofHeld: posts), timeout: patience)
        guard found.total == order.confirmed else { return .miscounted(found) }
        if !posts.isEmpty {
            for table in removals { try await connection.execute(remove(posts, from: table), timeout: patience) }
        }
        // What an unfinished import has staged may be of the author, or refer to posts that are gone now; it is staged anew.
        try await connection.execute(forgetStages)
        var events = [AuditEvent(.postsPurged, by: order.principal, of: order.handle, found.details)]
        if order.blocks, try await connection.execute(Blocks.insert(order.handle, by: order.principal)) > 0 {
            events.append(AuditEvent(.handleBlocked, by: order.principal, of: order.handle))
        }
        try await connection.execute(AuditQueries.insert(events))
        return .removed(found)
    }

    /// The same as a command, which may wait long for others. Writers of the author's posts wait until it has ended; all others go on.
    public static func run(_ order: Purge, _ connection: isolated Connection) async throws -> Purge.Result {
        try await connection.transaction(besideWriters: .seconds(60), tries: 10) { connection in
            try await run(order, patience: .seconds(3_600), connection)
        }
    }

    static func rows(ofHeld posts: [String]) -> Statement<AuthorRows> {
        count("purge.rows-of-held", "(SELECT * FROM unnest(\(textArray: posts)) AS held (status_id))")
    }

    /// The tables with rows of an author, all of which name a post.
    private static let tables: [Identifier] = ["posts", "post_metrics_snapshots", "earlier_texts", "reports", "embeddings"]

    private static func count(_ name: String, _ posts: SQL) -> Statement<AuthorRows> {
        let counts: [SQL] = tables.map { "(SELECT count(*) FROM \(table: $0) JOIN held USING (status_id))" }
        return Statement(
            name,
            """
            WITH held AS MATERIALIZED \(posts)
            SELECT \(counts.joined(separator: ",\n"))
            """,
            read: { row in AuthorRows(tables: try tables.map { .init(name: $0.name, rows: Int(try row.int64())) }) })
    }

    static func holdReports(of handle: String) -> Statement<Void> { hold("reports", of: handle) }
    static func holdEmbeddings(of handle: String) -> Statement<Void> { hold("embeddings", of: handle) }

    private static func hold(_ table: Identifier, of handle: String) -> Statement<Void> {
        Statement(
            "purge.hold-\(table.name)",
            """
            WITH held AS (
                SELECT FROM \(table: table) WHERE status_id IN (SELECT status_id FROM posts WHERE author_handle = \(text: handle))
                ORDER BY status_id FOR UPDATE
            )
            SELECT count(*) FROM held
            """)
    }

    /// The lock of a post covers its history, and keeps new rows from referring to it.
    static func holdPosts(of handle: String) -> Statement<String> {
        Statement(
            "purge.hold-posts",
            "SELECT status_id FROM posts WHERE author_handle = \(text: handle) ORDER BY status_id FOR UPDATE", read: { try $0.text() })
    }

    /// A table to remove from, and as what its rows are recorded when somebody follows them. Earlier texts go with their posts.
    private static let removals: [(table: Identifier, kind: ChangeKind?)] = [
        ("post_metrics_snapshots", .metrics), ("reports", .report), ("embeddings", nil), ("posts", .post),
    ]

    static func remove(_ posts: [String], from removal: (table: Identifier, kind: ChangeKind?)) -> Statement<Void> {
        let recorded: SQL = removal.kind.map { ", recorded AS (\n    \(ChangeRecord.insert($0, from: "removed"))\n)" } ?? ""
        return Statement(
            "purge.\(removal.table.name)",
            """
            WITH removed AS (
                DELETE FROM \(table: removal.table) AS t WHERE status_id = ANY(\(textArray: posts)) RETURNING t.*
            )\(recorded)
            SELECT count(*) FROM removed
            """)
    }

    /// For the test that shows all statements.
    static func removals(of posts: [String]) -> [Statement<Void>] { removals.map { remove(posts, from: $0) } }

    static let forgetStages = Statement<Void>("purge.forget-stages", "DELETE FROM import_stages")
}
