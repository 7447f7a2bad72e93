internal import Domain
internal import Postgres

/// The keys that a first read of the changes tells, each once, in the order of the key. A page reads no more of an index than it shows.
enum FirstReadQueries {
    /// At most `limit` keys of `kind`, from behind `last` on.
    ///
    /// - Parameter last: nil, or a key of another kind, for the first ones.
    static func keys(_ kind: ChangeKind, after last: ChangeKey?, limit: Int) -> Statement<ChangeKey> {
        switch (kind, last) {
        case (.post, .post(let id)?): posts(after: id, limit)
        case (.post, _): posts(after: "", limit)
        case (.metrics, .metrics(let key)?): snapshots(after: key, limit)
        case (.metrics, _): snapshots(after: beforeAllSnapshots, limit)
        case (.report, .report(let id)?): reports(after: id, limit)
        case (.report, _): reports(after: "", limit)
        }
    }

    // A key is never empty.
    private static let beforeAllSnapshots = MetricsSnapshot.Key(statusID: "", type: .initialCapture, at: .earliest)

    private static func posts(after id: String, _ limit: Int) -> Statement<ChangeKey> {
        Statement(
            "changes.first-read-posts", ids("posts", after: id, limit), read: { .post(try $0.text()) })
    }

    private static func reports(after id: String, _ limit: Int) -> Statement<ChangeKey> {
        Statement(
            "changes.first-read-reports", ids("reports", after: id, limit), read: { .report(try $0.text()) })
    }

    private static func ids(_ table: Identifier, after id: String, _ limit: Int) -> SQL {
        """
        SELECT status_id FROM \(table: table) WHERE status_id > \(text: id) ORDER BY status_id LIMIT \(int64: Int64(limit))
        """
    }

    private static func snapshots(after key: MetricsSnapshot.Key, _ limit: Int) -> Statement<ChangeKey> {
        Statement(
            "changes.first-read-metrics",
            """
            SELECT \(columns: MetricsSQL.key) FROM post_metrics_snapshots
            WHERE (\(columns: MetricsSQL.key)) > (\(text: key.statusID), \(text: key.type.rawValue), \(moment: key.at))
            ORDER BY \(columns: MetricsSQL.key) LIMIT \(int64: Int64(limit))
            """,
            read: { .metrics(try $0.snapshotKey()) })
    }
}
