#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A value sent along with a statement, typed and in Postgres' binary format, never spliced into its text.
public enum Parameter: Sendable, Hashable {
    /// SQL `NULL` of a known type.
    case null(ParameterType)
    /// `text`. A NUL character is refused by the server (SQLSTATE 22021).
    case text(String)
    /// `text` that is at hand as UTF-8 bytes; the server checks that it is UTF-8.
    case bytes([UInt8])
    /// `bytea`
    case bytea([UInt8])
    /// `bigint`
    case int64(Int64)
    /// `integer`
    case int32(Int32)
    /// `boolean`
    case bool(Bool)
    /// `double precision`
    case double(Double)
    /// `timestamp with time zone`, in microseconds since 1970-01-01 00:00:00 UTC.
    case timestamp(Int64)
    /// `jsonb`, as JSON text; the server parses and checks it.
    case jsonb(String)
    /// `jsonb`, as JSON text in UTF-8 bytes.
    case jsonbBytes([UInt8])
    /// `uuid`
    case uuid(UUID)
    /// `text[]`
    case textArray([String?])
    /// `bigint[]`
    case int64Array([Int64?])
    /// `boolean[]`
    case boolArray([Bool?])
    /// `double precision[]`
    case doubleArray([Double?])
    /// `timestamp with time zone[]`, in microseconds since 1970-01-01 00:00:00 UTC.
    case timestampArray([Int64?])
    /// `jsonb[]`, as JSON texts.
    case jsonbArray([String?])
    /// `uuid[]`
    case uuidArray([UUID?])
}

extension Parameter {
    /// The Postgres type the value is sent as.
    public var type: ParameterType {
        switch self {
        case .null(let type): type
        case .text, .bytes: .text
        case .bytea: .bytea
        case .int64: .int64
        case .int32: .int32
        case .bool: .bool
        case .double: .double
        case .timestamp: .timestamp
        case .jsonb, .jsonbBytes: .jsonb
        case .uuid: .uuid
        case .textArray: .textArray
        case .int64Array: .int64Array
        case .boolArray: .boolArray
        case .doubleArray: .doubleArray
        case .timestampArray: .timestampArray
        case .jsonbArray: .jsonbArray
        case .uuidArray: .uuidArray
        }
    }
}
