internal import Domain
public import Postgres

/// Snapshots that did not observe all counters: the others are those of the newest earlier snapshot that did. They are filled anew where
/// something older has arrived.
public enum GapQueries {
    /// Those of `ids`, which the transaction holds. Returns the snapshots that it changed.
    static func fill(of ids: [String]) -> Statement<MetricsSnapshot.Key> {
        Statement("metrics.fill", fill("gappy.status_id = ANY(\(textArray: ids))"), read: { try $0.snapshotKey() })
    }

    /// All that are outdated, and records them. None is but those of posts whose history the transaction has changed, and holds.
    static let fillAll = fillAndRecord("true")

    /// The same for the posts of `relation`, which has a column `status_id`.
    public static func fill(in relation: Identifier) -> Statement<Void> {
        fillAndRecord("gappy.status_id IN (SELECT status_id FROM \(table: relation))")
    }

    private static func fillAndRecord(_ condition: SQL) -> Statement<Void> {
        Statement(
            "metrics.fill-all",
            """
            WITH written AS (
                \(fill(condition))
            )
            \(ChangeRecord.insert(.metrics, from: "written"))
            """)
    }

    /// A replay writes nothing: only rows are written whose gaps are filled otherwise.
    private static func fill(_ condition: SQL) -> SQL {
        let counters = MetricsSQL.counters.map(\.name)
        return """
            WITH filled AS (
                SELECT gappy.status_id, gappy.snapshot_type, gappy.snapshot_at,
                    \(MetricsSQL.counters.map(filled).joined(separator: ",\n"))
                FROM post_metrics_snapshots AS gappy
                WHERE gappy.observed IS NOT NULL AND \(condition)
            )
            UPDATE post_metrics_snapshots AS stored SET
                \(counters.map { "\(column: $0) = filled.\(column: $0)" as SQL }.joined(separator: ", "))
            FROM filled
            WHERE (\(columns: MetricsSQL.key, of: "stored")) = (\(columns: MetricsSQL.key, of: "filled"))
              AND (\(columns: counters, of: "stored")) IS DISTINCT FROM (\(columns: counters, of: "filled"))
            RETURNING \(columns: MetricsSQL.key, of: "stored")
            """
    }

    private static func filled(_ counter: MetricsSQL.Counter) -> SQL {
        """
        CASE WHEN \(MetricsSQL.observed(counter, "gappy")) THEN gappy.\(column: counter.name) ELSE coalesce((
            SELECT earlier.\(column: counter.name) FROM post_metrics_snapshots AS earlier
            WHERE earlier.status_id = gappy.status_id AND \(MetricsSQL.observed(counter, "earlier"))
              AND (earlier.snapshot_at, \(MetricsSQL.order("earlier"))) < (gappy.snapshot_at, \(MetricsSQL.order("gappy")))
            ORDER BY earlier.snapshot_at DESC, \(MetricsSQL.order("earlier")) DESC LIMIT 1), 0) END AS \(column: counter.name)
        """
    }
}
