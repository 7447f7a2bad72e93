/// The Postgres type of a parameter; decides the OID sent along, so the server never has to guess.
public enum ParameterType: Sendable, Hashable {
    /// `text`
    case text
    /// `bytea`
    case bytea
    /// `bigint`
    case int64
    /// `integer`
    case int32
    /// `boolean`
    case bool
    /// `double precision`
    case double
    /// `timestamp with time zone`
    case timestamp
    /// `jsonb`
    case jsonb
    /// `uuid`
    case uuid
    /// `text[]`
    case textArray
    /// `bigint[]`
    case int64Array
    /// `boolean[]`
    case boolArray
    /// `double precision[]`
    case doubleArray
    /// `timestamp with time zone[]`
    case timestampArray
    /// `jsonb[]`
    case jsonbArray
    /// `uuid[]`
    case uuidArray
}

extension ParameterType {
    var oid: OID {
        switch self {
        case .text: .text
        case .bytea: .bytea
        case .int64: .int8
        case .int32: .int4
        case .bool: .bool
        case .double: .float8
        case .timestamp: .timestamptz
        case .jsonb: .jsonb
        case .uuid: .uuid
        case .textArray: .textArray
        case .int64Array: .int8Array
        case .boolArray: .boolArray
        case .doubleArray: .float8Array
        case .timestampArray: .timestamptzArray
        case .jsonbArray: .jsonbArray
        case .uuidArray: .uuidArray
        }
    }
}
