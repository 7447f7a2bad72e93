/// Snapshots that did not observe all counters: the others are those of the newest earlier snapshot that did.
enum MetricsGaps {
    /// The counters and their bits in `observed`; as `CounterSet`.
    static let counters: [(name: String, bit: Int)] = [("likes", 1), ("reposts", 2), ("replies", 4), ("views", 8)]

    /// Assignments that fill the gaps of the row `gappy`.
    static let filled: String = counters.map { counter in
        "\(counter.name) = CASE WHEN gappy.observed & \(counter.bit) <> 0 THEN gappy.\(counter.name) ELSE \(earlier(counter)) END"
    }.joined(separator: ",\n    ")

    private static func earlier(_ counter: (name: String, bit: Int)) -> String {
        """
        coalesce((
            SELECT earlier.\(counter.name) FROM post_metrics_snapshots AS earlier
            WHERE earlier.status_id = gappy.status_id AND coalesce(earlier.observed, 15) & \(counter.bit) <> 0
              AND (earlier.snapshot_at, \(order("earlier"))) < (gappy.snapshot_at, \(order("gappy")))
            ORDER BY earlier.snapshot_at DESC, \(order("earlier")) DESC LIMIT 1), 0)
        """
    }

    /// Only where a counter is not filled rightly yet: a replay writes nothing.
    static let isOutdated =
        "(" + counters.map { "gappy.observed & \($0.bit) = 0 AND gappy.\($0.name) <> \(earlier($0))" }.joined(separator: " OR ") + ")"

    /// The order of the types at one moment; as `MetricsSnapshot.Kind`.
    static func order(_ row: String) -> String {
        "array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], \(row).snapshot_type)"
    }
}
