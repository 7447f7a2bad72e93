internal import Domain
internal import Postgres

/// The statements that remove posts and all that hangs on them: first the rows are held, then they are counted, then they go.
struct PostRemoval {
    /// Which posts go.
    enum Choice {
        case author(String)
        case posts([String])

        fileprivate var condition: SQL {
            switch self {
            case .author(let handle): "author_handle = \(text: handle)"
            case .posts(let ids): "status_id = ANY(\(textArray: ids))"
            }
        }
    }

    /// What the names of its statements begin with.
    let name: String

    /// The tables with rows of a post.
    private static let tables: [Identifier] = ["posts", "post_metrics_snapshots", "earlier_texts", "reports", "embeddings"]

    /// Counts the rows, without a lock.
    func rows(of choice: Choice) -> Statement<PostRows> {
        count("\(name).rows", "(SELECT status_id FROM posts WHERE \(choice.condition))")
    }

    func rows(ofHeld posts: [String]) -> Statement<PostRows> {
        count("\(name).rows-of-held", "(SELECT * FROM unnest(\(textArray: posts)) AS held (status_id))")
    }

    private func count(_ name: String, _ posts: SQL) -> Statement<PostRows> {
        let counts: [SQL] = Self.tables.map { "(SELECT count(*) FROM \(table: $0) JOIN held USING (status_id))" }
        return Statement(
            name,
            """
            WITH held AS MATERIALIZED \(posts)
            SELECT \(counts.joined(separator: ",\n"))
            """,
            read: { row in PostRows(tables: try Self.tables.map { .init(name: $0.name, rows: Int(try row.int64())) }) })
    }

    func holdReports(of choice: Choice) -> Statement<Void> { hold("reports", of: choice) }
    func holdEmbeddings(of choice: Choice) -> Statement<Void> { hold("embeddings", of: choice) }

    private func hold(_ table: Identifier, of choice: Choice) -> Statement<Void> {
        Statement(
            "\(name).hold-\(table.name)",
            """
            WITH held AS (
                SELECT FROM \(table: table) WHERE status_id IN (SELECT status_id FROM posts WHERE \(choice.condition))
                ORDER BY status_id FOR UPDATE
            )
            SELECT count(*) FROM held
            """)
    }

    /// The lock of a post covers its history, and keeps new rows from referring to it.
    func holdPosts(of choice: Choice) -> Statement<String> {
        Statement(
            "\(name).hold-posts", "SELECT status_id FROM posts WHERE \(choice.condition) ORDER BY status_id FOR UPDATE",
            read: { try $0.text() })
    }

    /// Where rows are removed; the tables record them for those who follow the archive. Earlier texts go with their posts.
    private static let removals: [Identifier] = ["post_metrics_snapshots", "reports", "embeddings", "posts"]

    /// Posts come last, because the others refer to them.
    func removals(of posts: [String]) -> [Statement<Void>] {
        Self.removals.map { table in
            Statement("\(name).\(table.name)", "DELETE FROM \(table: table) WHERE status_id = ANY(\(textArray: posts))")
        }
    }

    /// Holds the rows, in the order in which writers lock them, and counts them.
    ///
    /// - Parameter patience: how long a statement may take; nil for the usual time.
    func hold(
        _ choice: Choice, patience: Duration?, _ connection: isolated Connection
    ) async throws -> (posts: [String], rows: PostRows) {
        try await connection.execute(holdReports(of: choice), timeout: patience)
        try await connection.execute(holdEmbeddings(of: choice), timeout: patience)
        let posts = try await connection.query(holdPosts(of: choice), timeout: patience)
        return (posts, try await connection.queryOne(rows(ofHeld: posts), timeout: patience))
    }

    /// Removes what is held. What an unfinished import has staged may be of these posts, or refer to them; it is staged anew.
    func remove(_ posts: [String], patience: Duration?, _ connection: isolated Connection) async throws {
        if !posts.isEmpty {
            for statement in removals(of: posts) { try await connection.execute(statement, timeout: patience) }
        }
        try await connection.execute(forgetStages)
    }

    var forgetStages: Statement<Void> { Statement("\(name).forget-stages", "DELETE FROM import_stages") }
}
