import Domain
import Postgres
import TestDatabase

/// An archive of 200,000 posts, large enough for Postgres to plan as it does for millions; made once, and left as it is.
enum BigArchive {
    static let database = Task { try await made() }
    /// Another one, to which nobody writes, not even to take it back.
    static let untouched = Task { try await made() }

    private static func made() async throws -> TestDatabase {
        try await TestDatabase.kept { database in
            try await database.connect { connection in
                for script in [rows, "VACUUM ANALYZE posts, reports, post_metrics_snapshots, watch_accounts, changes"] {
                    try await connection.executeScript(script, timeout: .seconds(120))
                }
            }
        }
    }

    /// Of `busy` there are 10,000 posts, of `quiet` 100, of `nobody` none.
    static let (busy, quiet, nobody) = ("author1", "author500", "nobody")
    /// In a tenth of the texts, in one, in none.
    static let (common, rare, absent) = ("common", "needle", "nothing like this")

    /// The `number`th post, counted from the oldest one, discovered a minute after it was posted.
    static func id(_ number: Int64) -> String { "\(1_800_000_000_000_000_000 + (number * 600_000 << 22))" }
    static func discovered(_ number: Int64) -> Timestamp { Timestamp(microseconds: (1_717_988_477 + number * 600) * 1_000_000) }
    static let middle: Int64 = 100_000

    /// One post every ten minutes, with counters that tell nothing about each other. The indexes are built after the rows, which takes
    /// a third of the time.
    private static let rows = """
        CREATE TEMP TABLE definitions AS
            SELECT indexrelid::regclass::TEXT AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
            WHERE indrelid = 'posts'::regclass AND NOT indisprimary;
        DO $do$ BEGIN EXECUTE (SELECT 'DROP INDEX ' || string_agg(name, ', ') FROM definitions); END $do$;
        CREATE FUNCTION pg_temp.scattered(n BIGINT, seed BIGINT, below BIGINT) RETURNS BIGINT LANGUAGE sql
            RETURN (hashint8extended(n, seed) & 1073741823) % below;
        INSERT INTO posts (status_id, url, author_handle, body_text, source_query, watch_tier, is_significant,
                           likes, reposts, replies, views, views_velocity, likes_velocity, discovered_at, last_seen_at)
        SELECT id, 'https://x.example/' || id, 'author' || CASE WHEN n % 2 = 0 THEN n / 2 % 10 ELSE n / 2 % 1000 + 10 END, words,
               'query' || n % 7, (ARRAY['teammate', 'influencer', 'ecosystem'])[n % 5 + 1], n % 50 = 0,
               pg_temp.scattered(n, 1, 1000), pg_temp.scattered(n, 2, 300), pg_temp.scattered(n, 3, 100), pg_temp.scattered(n, 4, 100000),
               nullif(pg_temp.scattered(n, 5, 5000), 0), 1, at, at
        FROM (SELECT n, (1800000000000000000 + (n * 600000 << 22))::TEXT AS id, to_timestamp(1717988477 + n * 600) AS at,
                     concat_ws(' ', left(md5(n::TEXT), 12), CASE WHEN n % 3 = 0 THEN 'https://example.com' END,
                               CASE WHEN n % 10 = 0 THEN 'common' END, CASE WHEN n = 777 THEN 'needle' END) AS words
              FROM generate_series(1::BIGINT, 200000) AS n) AS made;
        DO $do$ BEGIN EXECUTE (SELECT string_agg(definition, ';') FROM definitions); END $do$;
        INSERT INTO reports (status_id, reported_at) SELECT status_id, discovered_at FROM posts WHERE likes % 3 = 0;
        INSERT INTO watch_accounts (handle, tier, added_at) SELECT 'author' || n, 'teammate', now() FROM generate_series(480, 520) AS n;
        INSERT INTO changes (position, kind, status_ids) SELECT n, 'post', ARRAY['1'] FROM generate_series(1, 20000) AS n;
        SET session_replication_role = replica;
        INSERT INTO post_metrics_snapshots (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views)
        SELECT status_id, 'latest_observed', last_seen_at, likes, reposts, replies, views FROM posts;
        """
}
