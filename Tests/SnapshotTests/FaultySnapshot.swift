/// Snapshots with faults in them, by the name of what is wrong.
enum FaultySnapshot: String, CaseIterable {
    case everyRuleBroken, duplicatesAndOrphans, oneIdInManyForms, postsThatAreAllRejected, noPosts, emptyTables, strangeValues,
        olderNames, storedInAnotherOrderThanIndexed

    /// The statements that make it.
    var sql: String {
        switch self {
        case .everyRuleBroken: Self.everyRuleBrokenSQL
        case .duplicatesAndOrphans: Self.duplicatesAndOrphansSQL
        case .oneIdInManyForms: Self.oneIdInManyFormsSQL
        case .postsThatAreAllRejected:
            SnapshotFixture.tweets + SnapshotFixture.tweet("1", ["likes": "-1"]) + Self.reports("('1', '\(Self.time)')")
        case .noPosts: Self.reports("('1', '\(Self.time)'), ('1', '\(Self.time)')")
        case .emptyTables: SnapshotFixture.tweets + "CREATE TABLE reports (status_id, reported_at); CREATE TABLE runs (run_at, mode);"
        case .strangeValues: Self.strangeValuesSQL
        case .olderNames:
            """
            CREATE TABLE tweets (id, tweet_url, username, text, retweets, captured_at, seen_at, lang, rowid, oid);
            INSERT INTO tweets VALUES ('2', 'https://x.example/2', 'ada', 'b', 8, '\(Self.time)', '\(Self.time)', 'en', 9, 1),
                ('1', 'https://x.example/1', '@Ada', 'a', 'many', '\(Self.time)', '\(Self.time)', NULL, 8, 2),
                ('1', 'https://x.example/1', '@Ada', 'a', 7, '\(Self.time)', '\(Self.time)', NULL, 7, 3);
            CREATE TABLE settings (name, value);
            """
        case .storedInAnotherOrderThanIndexed: Self.storedInAnotherOrderSQL
        }
    }

    private static let time = "2026-02-22T12:00:00Z"

    private static func reports(_ rows: String) -> String {
        "CREATE TABLE reports (status_id, reported_at); INSERT INTO reports VALUES \(rows);"
    }

    private static let everyRuleBrokenSQL =
        SnapshotFixture.tweets
        + [
            ("likes", "'1.2K'"), ("views", "3.7"), ("replies", "-1"), ("watch_tier", "'investor'"), ("url", "'javascript:alert(1)'"),
            ("url", "NULL"), ("author_handle", "'@'"), ("is_significant", "'perhaps'"), ("discovered_at", "'yesterday'"),
            ("last_seen_at", "'2026-02-22T10:30:00.1234567Z'"), ("body_text", "CAST(x'61ff62' AS TEXT)"), ("status_id", "''"),
            ("body_text", "CAST(x'610062' AS TEXT)"), ("refresh_24h_delta_likes", "'many'"), ("body_text", "1.5"), ("status_id", "1.5"),
        ].enumerated().map { SnapshotFixture.tweet("\($0.offset)", [$0.element.0: $0.element.1]) }.joined()
        + SnapshotFixture.tweet("99", ["author_handle": "' @Ada '", "likes": "'7'", "is_significant": "'Yes'", "watch_tier": "''"])
            + """
            CREATE TABLE runs (run_at, mode, fetched_count);
            INSERT INTO runs VALUES ('\(time)', 'hourly', 1), (NULL, 'both', 1), ('\(time)', 'both', -1), ('\(time)', 'refresh-24h', 1);
            CREATE TABLE watch_accounts (handle, tier, added_at);
            INSERT INTO watch_accounts VALUES ('ada', '', '\(time)'), ('@', 'teammate', '\(time)'), ('bob', 'Teammate', '\(time)');
            CREATE TABLE tweet_embeddings (status_id, backend, model, dims, vector_json, text_hash, updated_at);
            INSERT INTO tweet_embeddings VALUES ('99', 'b', 'm', 3, '[1, 2]', 'h', '\(time)'), ('99', 'b', 'm', 0, '[1, 1e999]', 'h', '\(time)'),
                ('99', 'b', 'm', 0, '[1, 2]', 'h', '\(time)'), ('98', 'b', 'm', 2, '[1, 2]', 'h', '\(time)');
            """

    private static let duplicatesAndOrphansSQL =
        SnapshotFixture.tweets + SnapshotFixture.tweet("1", ["likes": "7", "last_seen_at": "'2026-02-24T00:00:00Z'"])
        + SnapshotFixture.tweet("2") + SnapshotFixture.tweet("1", ["likes": "8"]) + SnapshotFixture.tweet("2", ["likes": "9"])
        + SnapshotFixture.tweet("3", ["url": "'ftp://x'"])
            + """
            CREATE TABLE reports (status_id, reported_at, channel);
            INSERT INTO reports VALUES ('404', '\(time)', 'a'), ('1', '\(time)', 'first'), ('404', '\(time)', 'b'), ('3', '\(time)', NULL),
                ('1', '\(time)', 'last'), ('1', 'never', 'broken');
            CREATE TABLE watch_accounts (handle, tier, added_at);
            INSERT INTO watch_accounts VALUES ('bob', 'teammate', '\(time)'), ('ADA', 'teammate', '\(time)'), (' @Ada', 'influencer', '\(time)'),
                ('ada', 'ecosystem', '\(time)'), ('Bob', 'influencer', '\(time)');
            CREATE TABLE runs (run_at, mode, source, note);
            INSERT INTO runs VALUES ('2026-02-22T14:00:00+02:00', 'refresh-24h', NULL, 'first'), ('\(time)', 'both', 'x', NULL),
                ('\(time)', 'refresh24h', 'local-dispatcher', 'last'), ('1999-01-01T00:00:00Z', 'both', 'x', NULL);
            CREATE TABLE tweet_embeddings (status_id, backend, model, dims, vector_json, text_hash, updated_at);
            INSERT INTO tweet_embeddings VALUES ('404', 'b', 'm', 1, '[1]', 'h', '\(time)'), ('2', 'b', 'm', 1, '[1]', 'h', '\(time)'),
                ('2', 'b', 'm', 1, '[2]', 'h', '\(time)');
            """

    private static let oneIdInManyFormsSQL =
        SnapshotFixture.tweets
        + [
            "7", "'7'", "x'37'", "'07'", "'7 '", "'18446744073709551615'", "'18446744073709551616'", "9223372036854775807", "'x7'", "'0'",
            "'00'", "-7",
        ]
        .map { SnapshotFixture.tweet("1", ["status_id": $0, "body_text": "quote(\($0))"]) }.joined()
        + reports(
            "(7, '\(time)'), ('07', '\(time)'), ('007', '\(time)'), (x'37', '\(time)'), ('18446744073709551616', '\(time)'), ('1', '\(time)')"
        )

    private static let strangeValuesSQL =
        SnapshotFixture.tweets
        + [
            ("body_text", "x'00ff'"), ("body_text", "x'6162'"), ("body_text", "CAST(x'c328' AS TEXT)"),
            ("body_text", "'{\"$blob\":\"00\"}'"),
            ("body_text", "'\"\\ ' || char(9, 10, 13, 31, 127, 8232, 128512)"), ("likes", "9e999"), ("likes", "-9e999"), ("likes", "1e15"),
            ("likes", "5e-324"), ("likes", "-0.0"), ("likes", "9223372036854775807"), ("likes", "0.1"), ("is_significant", "x'796573'"),
            ("discovered_at", "x'32303236'"), ("author_handle", "char(9) || '@ÄDA '"), ("status_id", "CAST(x'ff' AS TEXT)"),
            ("status_id", "CAST(x'fe' AS TEXT)"), ("status_id", "1e999"), ("status_id", "NULL"), ("body_text", "''"), ("body_text", "x''"),
        ].enumerated().map { SnapshotFixture.tweet("\($0.offset)", [$0.element.0: $0.element.1]) }.joined()

    /// `SELECT *` would walk through the index of the first table, which holds all that it asks for and claims to be small.
    private static let storedInAnotherOrderSQL =
        """
        CREATE TABLE watch_accounts (handle, tier, added_at, note);
        CREATE INDEX covering ON watch_accounts (tier DESC, handle, added_at, note);
        INSERT INTO watch_accounts VALUES ('ada', 'ecosystem', '\(time)', 'first'), ('Ada', 'teammate', '\(time)', 'second'),
            ('ADA', 'influencer', '\(time)', 'last');
        ANALYZE;
        UPDATE sqlite_stat1 SET stat = stat || ' sz=1' WHERE idx = 'covering';
        CREATE TABLE runs (run_at TEXT, mode TEXT, note TEXT, PRIMARY KEY (note DESC, run_at)) WITHOUT ROWID;
        INSERT INTO runs VALUES ('\(time)', 'both', 'a'), ('2026-02-22T13:00:00+01:00', 'both', 'b'), ('\(time)', 'both', 'c');
        """
}
