internal import Domain
public import Postgres

/// Words of `MetricsSnapshot` in SQL.
public enum MetricsSQL {
    /// A counter as a column of a snapshot, and its bit in `observed`.
    struct Counter: Sendable {
        let name: Identifier
        let bit: Int
    }

    static let views = Counter(name: "views", bit: Int(CounterSet.views.rawValue))

    static let counters = Counters.all.map { Counter(name: Identifier($0.column), bit: Int($0.bit.rawValue)) }

    /// Whether `row` observed the counter; NULL in `observed` is all of them.
    static func observed(_ counter: Counter, _ row: Identifier) -> SQL {
        "coalesce(\(table: row).observed, 15) & \(number: counter.bit) <> 0"
    }

    /// The types, in their order at one moment.
    public static let types: SQL = "ARRAY[\(literals: MetricsSnapshot.Kind.allCases.map(Identifier.init))]"

    /// The place of the type of `row` in that order.
    public static func order(_ row: Identifier) -> SQL { "array_position(\(types), \(table: row).snapshot_type)" }

    public static let key: [Identifier] = ["status_id", "snapshot_type", "snapshot_at"]

    /// Every column that a writer sets.
    public static let columns: [Identifier] = ["id"] + key + counters.map(\.name) + ["source", "observed"]
}

/// Ids of snapshots that grow with the batches and the rows in them, so that their index is written at its end and not all over:
/// UUIDs of version 8 (RFC 9562), of the number of the batch and a number in it.
public enum MetricsSnapshotID {
    /// - Parameters:
    ///   - batch: the number of the batch, the same for all rows.
    ///   - number: what tells the row from the others of its batch, a `BIGINT` below 2⁶⁰.
    public static func sql(batch: SQL, number: SQL) -> SQL {
        "((SELECT lpad(to_hex(\(batch)), 12, '0')) || '80008' || lpad(to_hex(\(number)), 15, '0'))::UUID"
    }
}
