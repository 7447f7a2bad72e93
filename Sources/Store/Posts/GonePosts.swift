internal import Domain
internal import Postgres

/// Which posts are gone from X, by what collectors tell.
enum GonePosts {
    /// Merges what `posts` tell, each post once, and returns those of which something else holds now. The posts are locked already.
    static func upsert(_ posts: [(statusID: String, gone: Gone)], batch: Int64) -> Statement<String> {
        Statement(
            "posts.gone",
            """
            INSERT INTO gone_posts AS stored (status_id, gone_at, told_at, told_by)
            SELECT news.status_id, news.gone_at, news.told_at, \(int64: batch)
            FROM unnest(
                \(textArray: posts.map(\.statusID)), \(momentArray: posts.map(\.gone.at)), \(momentArray: posts.map(\.gone.toldAt)))
                AS news (status_id, gone_at, told_at)
            ORDER BY news.status_id COLLATE "C"
            ON CONFLICT (status_id) DO UPDATE SET gone_at = excluded.gone_at, told_at = excluded.told_at, told_by = excluded.told_by
            WHERE (excluded.told_at, excluded.gone_at IS NOT NULL, excluded.gone_at) > (stored.told_at, stored.gone_at IS NOT NULL, stored.gone_at)
            RETURNING status_id
            """, read: { try $0.text() })
    }

    /// When the post `p` was found to be gone. Not a join, which may read all of them for the sake of one page of posts.
    static let goneAt: SQL = "(SELECT g.gone_at FROM gone_posts AS g WHERE g.status_id = p.status_id)"

    /// Whether the post `p` is gone.
    static let isGone: SQL = "EXISTS (SELECT FROM gone_posts AS g WHERE g.status_id = p.status_id AND g.gone_at IS NOT NULL)"
}
