internal import Domain
internal import Postgres

/// The watch list.
enum WatchAccountQueries {
    static func list(tier: WatchTier?) -> Statement<WatchAccount> {
        let condition: SQL = tier.map { "tier = \(text: $0.rawValue)" } ?? "true"
        return Statement(
            "watch-accounts.list",
            "SELECT handle, tier, note, added_at FROM watch_accounts WHERE \(condition) ORDER BY handle",
            decode: { row in
                WatchAccount(
                    handle: try row.text(0), tier: try row.value(1, WatchTier.init(rawValue:)), note: try row.textOrNil(2),
                    addedAt: Timestamp(microseconds: try row.timestamp(3)))
            })
    }

    /// Upserts `accounts`, which holds each handle once. What is absent stays; a new account without a time is added now.
    static func upsert(_ accounts: [WatchAccountUpsert], batch: Int64) -> Statement<(Int, IngestOutcome)> {
        Statement(
            "watch-accounts.ingest",
            """
            WITH news AS MATERIALIZED (
                SELECT news.item, news.handle, news.tier,
                       CASE WHEN has_note THEN news.note ELSE stored.note END AS note,
                       coalesce(news.added_at, stored.added_at, now()) AS added_at
                FROM unnest(
                    \(textArray: accounts.map(\.handle)), \(textArray: accounts.map(\.tier.rawValue)),
                    \(textArray: accounts.map(\.note.value)), \(boolArray: accounts.map(\.note.isPresent)),
                    \(timestampArray: accounts.map { $0.addedAt?.microseconds })) WITH ORDINALITY
                AS news (handle, tier, note, has_note, added_at, item)
                LEFT JOIN watch_accounts AS stored ON stored.handle = news.handle
            ), written AS (
                INSERT INTO watch_accounts AS stored (handle, tier, note, added_at, inserted_by)
                SELECT handle, tier, note, added_at, \(int64: batch) FROM news ORDER BY handle
                ON CONFLICT (handle) DO UPDATE SET
                    tier = excluded.tier, note = excluded.note, added_at = excluded.added_at, updated_at = now(),
                    updated_by = excluded.inserted_by
                WHERE (stored.tier, stored.note, stored.added_at)
                    IS DISTINCT FROM (excluded.tier, excluded.note, excluded.added_at)
                RETURNING handle, xmax = 0 AS is_new
            )
            SELECT news.item, written.is_new FROM news LEFT JOIN written ON written.handle = news.handle
            """,
            decode: { row in (Int(try row.int64(0)) - 1, IngestOutcome(isNew: try row.boolOrNil(1), isStale: false)) })
    }
}
