public import Domain
public import Postgres

/// Posts that were erased for good, and how they are. Collectors go on writing meanwhile, so the rows are held before they are counted and
/// removed: docs/adr/0012-held-before-removed.md has the reasons.
public enum ErasedPosts {
    static let removal = PostRemoval(name: "erase")

    /// Every erased post.
    public static let all = Statement("erased.all", "SELECT status_id FROM erased_posts", read: { try $0.text() })

    public struct Entry: Sendable {
        public var statusID: String
        public var erasedAt: Timestamp
        public var erasedBy: String
    }

    /// Every erased post, the last one first.
    public static let entries = Statement(
        "erased.entries", "SELECT status_id, erased_at, erased_by FROM erased_posts ORDER BY erased_at DESC, status_id",
        read: { row in Entry(statusID: try row.text(), erasedAt: try row.moment(), erasedBy: try row.text()) })

    static func find(_ ids: [String]) -> Statement<String> {
        Statement(
            "erased.find", "SELECT status_id FROM erased_posts WHERE status_id = ANY(\(textArray: ids))", read: { try $0.text() })
    }

    static func insert(_ ids: [String], by principal: String) -> Statement<Void> {
        Statement(
            "erased.insert",
            """
            INSERT INTO erased_posts (status_id, erased_by)
            SELECT id, \(text: principal) FROM unnest(\(textArray: ids)) AS ids (id) ON CONFLICT DO NOTHING
            """)
    }

    static func delete(_ ids: [String]) -> Statement<String> {
        Statement(
            "erased.delete", "DELETE FROM erased_posts WHERE status_id = ANY(\(textArray: ids)) RETURNING status_id",
            read: { try $0.text() })
    }

    /// Lets posts in again, and says which of them were kept out.
    public static func readmit(_ ids: [String], by principal: String, _ connection: isolated Connection) async throws -> [String] {
        try await connection.transaction { connection in
            let readmitted = try await connection.query(delete(ids)).sorted()
            guard !readmitted.isEmpty else { return [] }
            let subject = "\(Erasure.Choice.posts(readmitted))"
            try await connection.execute(AuditQueries.insert([AuditEvent(.postsReadmitted, by: principal, of: subject)]))
            return readmitted
        }
    }

    /// The staging tables of imports that broke off, which hold what posts say; without their ledger they are of no use to anybody.
    static let stagingTables = Statement(
        "erase.staging-tables",
        """
        SELECT relname::TEXT FROM pg_class
        WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r' AND relpersistence = 'u' AND relname LIKE 'incoming\\_%'
        ORDER BY relname
        """, read: { try $0.text() })

    static func drop(_ table: String) -> Statement<Void> {
        Statement("erase.drop-staging-table", "DROP TABLE IF EXISTS \(table: Identifier(quoting: table))")
    }

    /// Counts the rows of `choice`, without a lock.
    public static func rows(of choice: Erasure.Choice) -> Statement<PostRows> { removal.rows(of: choice.removed) }

    /// In one transaction. Batches of posts wait until it has ended: none brings a post back that it has read before.
    public static func run(_ order: Erasure, _ connection: isolated Connection) async throws -> Erasure.Result {
        let patience = Duration.seconds(3_600)
        return try await connection.transaction(besideWriters: .seconds(60), tries: 10) { connection in
            // An import that has staged a post would bring it.
            try await connection.execute(ImportLock.wait, timeout: patience)
            try await connection.execute(Blocks.enter(alone: true), timeout: patience)
            let (posts, found) = try await removal.hold(order.choice.removed, patience: patience, connection)
            guard found.total == order.confirmed else { return .miscounted(found) }
            try await removal.remove(posts, patience: patience, connection)
            for table in try await connection.query(stagingTables) { try await connection.execute(drop(table)) }
            let ids = if case .posts(let ids) = order.choice { ids } else { posts }
            let keptOut = try await connection.execute(insert(ids, by: order.principal))
            try await connection.execute(
                AuditQueries.insert([AuditEvent(.postsErased, by: order.principal, of: "\(order.choice)", found.details)]))
            return .erased(found, keptOut: keptOut)
        }
    }
}

extension Erasure.Choice {
    fileprivate var removed: PostRemoval.Choice {
        switch self {
        case .posts(let ids): .posts(ids)
        case .author(let handle): .author(handle)
        }
    }
}
