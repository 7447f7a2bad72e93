import Postgres
import Schema
import TestDatabase
import Testing

/// A database whose velocities were measured between the last two observations has them measured anew.
@Suite struct VelocityMigrationTests {
    @Test func whatWasMeasuredOverSecondsIsMeasuredAnewAndTold() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let before = Migration.all.filter { $0.version < 11 }
            _ = try await Migrator(database.options, known: before).apply()
            try await database.connect { connection async throws in try await connection.executeScript(Self.rows, timeout: .seconds(10)) }
            _ = try await Migrator(database.options).apply()
            try await database.connect { connection async throws in
                #expect(
                    try await connection.query(Self.velocities) == [
                        "constant 100000 0", "first 2040000 0", "old 2000000 4000", "one", "seconds 5600000 4000", "slow 100000 0",
                        "tied 4000 0",
                    ])
                #expect(try await connection.queryOne(Self.told) == "first,old,seconds,tied")
            }
        }
    }

    /// Posts with what the rule of before made of their history: views after seconds.
    private static let rows = """
        INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at, views_velocity, likes_velocity)
        SELECT name, 'https://x.example/' || name, 'ada', '2026-02-22', '2026-02-22', views, likes FROM (VALUES
            ('one', NULL, NULL), ('seconds', 252000000, 180000), ('first', 3600000, 0), ('old', 1601779, 4004), ('slow', 100000, 0),
            ('tied', 3600000, 0),
            -- The same by both rules.
            ('constant', 100000, 0)) AS posts (name, views, likes);
        INSERT INTO post_metrics_snapshots (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views)
        SELECT name, type, TIMESTAMPTZ '2026-02-22 00:00Z' + seconds * INTERVAL '1 second', likes, 0, 0, views FROM (VALUES
            ('one', 'latest_observed', 0, 0, 1),
            ('seconds', 'initial_capture', 0, 1, 7700), ('seconds', 'latest_observed', 20, 2, 9100),
            ('first', 'initial_capture', 0, 0, 1000), ('first', 'latest_observed', 600, 0, 1500),
            ('first', 'latest_observed', 610, 0, 1510),
            ('old', 'initial_capture', 0, 0, 0), ('old', 'latest_observed', 100, 0, 500), ('old', 'latest_observed', 101, 0, 600),
            ('old', 'refresh_24h', 1000, 1, 1000),
            ('slow', 'initial_capture', 0, 0, 100), ('slow', 'latest_observed', 7200, 0, 300),
            ('tied', 'initial_capture', 0, 0, 5), ('tied', 'latest_observed', 0, 0, 9), ('tied', 'latest_observed', 1, 0, 9),
            ('tied', 'refresh_24h', 1, 0, 10),
            ('constant', 'initial_capture', 0, 0, 0), ('constant', 'latest_observed', 3600, 0, 100),
            ('constant', 'latest_observed', 3636, 0, 101)
        ) AS looks (name, type, seconds, likes, views);
        """

    private static let velocities = Statement(
        "test.velocities", "SELECT concat_ws(' ', status_id, views_velocity, likes_velocity) FROM posts ORDER BY status_id",
        decode: { try $0.text(0) })

    private static let told = Statement(
        "test.told", "SELECT string_agg(post, ',' ORDER BY post) FROM changes, unnest(status_ids) AS told (post) WHERE kind = 'post'",
        decode: { try $0.text(0) })
}
