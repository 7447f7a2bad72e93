internal import Domain
public import Postgres

/// Fills the gaps of histories anew, where something older has arrived.
public enum GapQueries {
    /// Those of `ids`, which the transaction holds. Returns the snapshots that it changed.
    static func fill(of ids: [String]) -> Statement<MetricsSnapshot.Key> {
        Statement("metrics.fill", fill("gappy.status_id = ANY(\(textArray: ids))"), decode: { try $0.snapshotKey(from: 0) })
    }

    /// All that are outdated, and records them. None is but those of posts whose history the transaction has changed, and holds.
    static let fillAll = fillAndRecord("true")

    /// The same for the posts of `relation`, which has a column `status_id`.
    public static func fill(in relation: String) -> Statement<Void> {
        fillAndRecord("gappy.status_id IN (SELECT status_id FROM \(unescaped: relation))")
    }

    private static func fillAndRecord(_ condition: SQL) -> Statement<Void> {
        Statement(
            "metrics.fill-all", "WITH filled AS (\(fill(condition))) \(unescaped: ChangeRecord.insert(.metrics, from: "filled"))")
    }

    private static func fill(_ condition: SQL) -> SQL {
        """
        UPDATE post_metrics_snapshots AS gappy SET \(unescaped: MetricsGaps.filled)
        WHERE \(condition) AND gappy.observed IS NOT NULL AND \(unescaped: MetricsGaps.isOutdated)
        RETURNING gappy.status_id, gappy.snapshot_type, gappy.snapshot_at
        """
    }
}
