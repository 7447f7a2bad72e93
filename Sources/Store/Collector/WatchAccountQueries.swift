internal import Domain
internal import Postgres

/// The watch list.
enum WatchAccountQueries {
    /// With the number of its posts and the newest of them that is not of the future, which the index of each author's posts tells.
    static func list(tier: WatchTier?) -> Statement<WatchAccount> {
        let condition: SQL = tier.map { "tier = \(text: $0.rawValue)" } ?? "true"
        return Statement(
            "watch-accounts.list",
            """
            SELECT handle, tier, note, added_at, p.posts, p.last_post_at FROM watch_accounts CROSS JOIN LATERAL (
                SELECT count(*) AS posts, max(discovered_at) FILTER (WHERE discovered_at <= \(ClockRule.latest)) AS last_post_at
                FROM posts WHERE author_handle = handle) AS p
            WHERE \(condition) ORDER BY handle
            """,
            read: { row in
                WatchAccount(
                    handle: try row.text(), tier: try row.value(), note: try row.textOrNil(), addedAt: try row.moment(),
                    posts: try row.int64(), lastPostAt: try row.momentOrNil())
            })
    }

    /// Gives the posts of `handles` the tier that their account has now, and records it. Returns how many posts were changed.
    static func retier(_ handles: [String], batch: Int64) -> Statement<Int64> {
        Statement(
            "watch-accounts.retier",
            """
            WITH outdated AS MATERIALIZED (
                SELECT posts.status_id, accounts.tier FROM posts JOIN watch_accounts AS accounts ON accounts.handle = posts.author_handle
                WHERE accounts.handle = ANY(\(textArray: handles)) AND posts.watch_tier IS DISTINCT FROM accounts.tier
                ORDER BY posts.status_id FOR NO KEY UPDATE OF posts
            ), changed AS (
                UPDATE posts SET watch_tier = outdated.tier, updated_at = now(), updated_by = \(int64: batch),
                    set_by = coalesce(set_by, '{}') || jsonb_build_object('watch_tier', \(int64: batch))
                FROM outdated WHERE posts.status_id = outdated.status_id
                RETURNING posts.status_id
            ), recorded AS (
                \(ChangeRecord.insert(.post, from: "changed"))
            )
            SELECT count(*) FROM changed
            """, read: { try $0.int64() })
    }

    /// Upserts `accounts`, which holds each handle once. What is absent stays; a new account without a time is added now.
    static func upsert(_ accounts: [WatchAccountUpsert], batch: Int64) -> Statement<(Int, IngestOutcome)> {
        RelatedMerge.watchAccounts.ingest(
            "watch-accounts.ingest", ["handle", "tier", "note", "added_at"],
            news: """
                SELECT news.item, news.handle, news.tier,
                       CASE WHEN has_note THEN news.note ELSE stored.note END AS note,
                       coalesce(news.added_at, stored.added_at, now()) AS added_at
                FROM unnest(
                    \(textArray: accounts.map(\.handle)), \(textArray: accounts.map(\.tier.rawValue)),
                    \(textArray: accounts.map(\.note.value)), \(boolArray: accounts.map(\.note.isPresent)),
                    \(momentArray: accounts.map(\.addedAt))) WITH ORDINALITY
                AS news (handle, tier, note, has_note, added_at, item)
                LEFT JOIN watch_accounts AS stored ON stored.handle = news.handle
                """, batch: batch)
    }
}
