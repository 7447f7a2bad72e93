public import Domain
public import Postgres

/// What one batch of ingest wrote: each key once, and only what is really different now.
struct BatchChanges: Sendable {
    var posts: [String] = []
    var snapshots: [MetricsSnapshot.Key] = []
    var reports: [String] = []
}

/// Records what was written, in the transaction that writes it: one row for a thousand keys. Whatever inserts or changes posts, snapshots
/// or reports goes through here, so that readers of the changes learn of it. Removed rows are recorded by a trigger of their table.
public enum ChangeRecord {
    /// Most keys in a row, so that reading one stays cheap.
    private static let chunk = 1_000

    /// Records the keys of the relation `rows`: `status_id`, and for snapshots `snapshot_type` and `snapshot_at`. A report changes
    /// its post too, because the feed shows when it was reported.
    public static func insert(_ kind: ChangeKind, from rows: Identifier) -> SQL {
        let key: [Identifier] = kind == .metrics ? MetricsSQL.key : ["status_id"]
        let kinds = kind == .report ? [ChangeKind.report, .post] : [kind]
        return """
            INSERT INTO changes (kind, \(columns: Array(columns.prefix(key.count))))
            SELECT kind, \(key.map { "array_agg(\(column: $0))" }.joined(separator: ", "))
            FROM (SELECT \(columns: key), (row_number() OVER () - 1) / \(number: chunk) AS chunk FROM \(table: rows)) AS numbered,
                 (VALUES \(kinds.map { "(\(literal: Identifier($0)))" }.joined(separator: ", "))) AS kinds (kind)
            GROUP BY chunk, kind ORDER BY chunk
            """
    }

    private static let columns: [Identifier] = ["status_ids", "snapshot_types", "snapshot_times"]

    /// Nil when nothing was changed.
    static func insert(_ changes: BatchChanges) -> SQL? {
        let rows =
            chunks(changes.posts + changes.reports).map { row(.post, "\(textArray: $0)") }
            + chunks(changes.snapshots).map { keys in
                row(
                    .metrics, "\(textArray: keys.map(\.statusID))", "\(textArray: keys.map(\.type.rawValue))",
                    "\(timestampArray: keys.map(\.at.microseconds))")
            } + chunks(changes.reports).map { row(.report, "\(textArray: $0)") }
        guard !rows.isEmpty else { return nil }
        return """
            INSERT INTO changes (kind, \(columns: columns)) VALUES \(rows.joined(separator: ", "))
            """
    }

    private static func row(_ kind: ChangeKind, _ ids: SQL, _ types: SQL = "NULL", _ times: SQL = "NULL") -> SQL {
        "(\(literal: Identifier(kind)), \(ids), \(types), \(times))"
    }

    private static func chunks<Key>(_ keys: [Key]) -> [[Key]] {
        stride(from: 0, to: keys.count, by: chunk).map { Array(keys[$0..<min($0 + chunk, keys.count)]) }
    }
}
