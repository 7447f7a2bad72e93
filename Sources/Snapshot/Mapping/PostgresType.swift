internal import Postgres

/// The types of the archive's columns that a snapshot fills.
enum PostgresType: Sendable {
    case text, integer, smallInteger, boolean, timestamp, json

    /// As a column of a staging table is declared.
    var declaration: SQL {
        switch self {
        case .text: "TEXT COLLATE \"C\""
        case .integer: "BIGINT"
        case .smallInteger: "INTEGER"
        case .boolean: "BOOLEAN"
        case .timestamp: "TIMESTAMPTZ"
        case .json: "JSONB"
        }
    }

    /// The 64-bit hash of `column`, seeded with `seed`; NULL of a NULL. The functions are those behind Postgres's own hash joins and
    /// partitions.
    func hash(_ column: Identifier, seed: SQL) -> SQL {
        switch self {
        case .text: "hashtextextended(\(column: column), \(seed))"
        case .integer: "hashint8extended(\(column: column), \(seed))"
        case .smallInteger: "hashint4extended(\(column: column), \(seed))"
        case .boolean: "hashint4extended(\(column: column)::INTEGER, \(seed))"
        case .timestamp: "timestamp_hash_extended(\(column: column) AT TIME ZONE 'UTC', \(seed))"
        case .json: "jsonb_hash_extended(\(column: column), \(seed))"
        }
    }
}
