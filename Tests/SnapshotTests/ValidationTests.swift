import Foundation
import Postgres
import Snapshot
import TestDatabase
import Testing

/// A validation that cannot fail proves nothing: every kind of damage is found and named.
@Suite struct ValidationTests {
    /// Imports a small snapshot, runs `damage` on the archive, and validates.
    private func report(after damage: String) async throws -> ValidationReport {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite(
            SnapshotFixture.tweets + (1...5).map { SnapshotFixture.tweet("\($0)", ["refresh_24h_at": "'2026-02-23T09:30:00Z'"]) }.joined()
                + """
                CREATE TABLE reports (status_id, reported_at, channel, summary, destination);
                INSERT INTO reports VALUES ('1', '2026-02-22T12:00:00Z', 'team', 's', 'd');
                CREATE TABLE watch_accounts (handle, tier, note, added_at);
                INSERT INTO watch_accounts VALUES ('ada', 'teammate', NULL, '2026-01-01T00:00:00Z');
                CREATE TABLE runs (run_at, mode, fetched_count, significant_count, reported_count, note, source);
                INSERT INTO runs VALUES ('2026-02-22T12:00:00Z', 'both', 1, 2, 3, 'n', 's');
                CREATE TABLE tweet_embeddings (status_id, backend, model, dims, vector_json, text_hash, created_at, updated_at);
                INSERT INTO tweet_embeddings VALUES ('1', 'b', 'm', 2, '[0.5, 1]', 'h', '2026-02-22T12:00:00Z', '2026-02-22T12:00:00Z');
                """)
        return try await TestDatabase.with { database async throws in
            try await database.connect { connection async throws in
                _ = try await fixture.importer().run(connection)
                try await connection.executeScript(damage, timeout: .seconds(5))
                return try await fixture.validator().run(connection)
            }
        }
    }

    @Test func anUndamagedArchiveAgrees() async throws {
        let report = try await report(after: "SELECT 1")
        #expect(report.agrees)
        #expect(report.comparisons.map(\.expected) == [1, 5, 1, 1, 1, 15])
    }

    @Test(arguments: [
        ("posts", "likes", "UPDATE posts SET likes = likes + 1 WHERE status_id = '3'"),
        ("posts", "body_text", "UPDATE posts SET body_text = body_text || ' ' WHERE status_id = '3'"),
        ("posts", "author_display", "UPDATE posts SET author_display = '' WHERE status_id = '3'"),
        ("posts", "discovered_at", "UPDATE posts SET discovered_at = discovered_at + interval '1 microsecond' WHERE status_id = '3'"),
        ("reports", "channel", "UPDATE reports SET channel = NULL"),
        ("watch_accounts", "tier", "UPDATE watch_accounts SET tier = 'ecosystem'"),
        ("pipeline_runs", "note", "UPDATE pipeline_runs SET note = 'm'"),
        ("embeddings", "vector_json", "UPDATE embeddings SET vector_json = '[0.5, 2]'"),
        (
            "post_metrics_snapshots", "views",
            "UPDATE post_metrics_snapshots SET views = 5 WHERE status_id = '2' AND snapshot_type = 'refresh_24h'"
        ),
    ])
    func aChangedCellIsNamed(table: String, column: String, damage: String) async throws {
        let report = try await report(after: damage)
        #expect(!report.agrees)
        for comparison in report.comparisons {
            #expect(comparison.agrees == (comparison.table != table))
            if comparison.table == table {
                #expect(comparison.columns.filter { $0.different > 0 }.map(\.name) == [column] && comparison.different == 1)
                #expect(comparison.differences.map(\.column) == [column])
            }
        }
    }

    @Test func aMissingAndAnExtraRowAreNamed() async throws {
        let missing = try await report(after: "DELETE FROM posts WHERE status_id = '2'")
        let posts = try #require(missing.comparisons.first { $0.table == "posts" })
        #expect((posts.missing, posts.extra) == (1, 0))
        #expect(posts.differences.map(\.key) == ["2"])
        let extra = try await report(
            after: "INSERT INTO watch_accounts (handle, tier, added_at) VALUES ('eve', 'ecosystem', now())")
        let accounts = try #require(extra.comparisons.first { $0.table == "watch_accounts" })
        #expect((accounts.missing, accounts.extra) == (0, 1))
        #expect(accounts.differences.map(\.key) == ["eve"])
    }
}
