/// The types of the archive's columns that a snapshot fills.
enum PostgresType: String, Sendable {
    case text = "TEXT COLLATE \"C\""
    case integer = "BIGINT"
    case smallInteger = "INTEGER"
    case boolean = "BOOLEAN"
    case timestamp = "TIMESTAMPTZ"
    case json = "JSONB"

    /// SQL for the 64-bit hash of `value`, seeded with `seed`; NULL of a NULL. The functions are those behind Postgres's own
    /// hash joins and partitions.
    func hash(_ value: String, seed: String) -> String {
        switch self {
        case .text: "hashtextextended(\(value), \(seed))"
        case .integer: "hashint8extended(\(value), \(seed))"
        case .smallInteger: "hashint4extended(\(value), \(seed))"
        case .boolean: "hashint4extended(\(value)::INTEGER, \(seed))"
        case .timestamp: "timestamp_hash_extended(\(value) AT TIME ZONE 'UTC', \(seed))"
        case .json: "jsonb_hash_extended(\(value), \(seed))"
        }
    }
}
