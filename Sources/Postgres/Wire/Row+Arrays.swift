#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

private enum Accepted {
    static let text: [OID] = [.textArray, .varcharArray, .nameArray, .bpcharArray]
    static let integers: [OID] = [.int8Array, .int4Array, .int2Array]
    static let bool: [OID] = [.boolArray]
    static let doubles: [OID] = [.float8Array, .float4Array]
    static let timestamp: [OID] = [.timestamptzArray]
    static let json: [OID] = [.jsonbArray, .jsonArray]
    static let uuid: [OID] = [.uuidArray]
}

/// Accessors of one-dimensional arrays: `…Array` throws for a NULL array and for NULL elements, `…ArrayOfOptionals`
/// gives nil for NULL elements, `…ArrayOrNil` gives nil for a NULL array.
extension Row {
    /// `text[]` without NULLs.
    public func textArray(_ column: Int) throws -> [String] { try complete(column, textArrayOfOptionals(column)) }
    /// `text[]` without NULLs, or nil for a NULL array.
    public func textArrayOrNil(_ column: Int) throws -> [String]? { try isNull(column) ? nil : textArray(column) }
    /// `text[]`
    public func textArrayOfOptionals(_ column: Int) throws -> [String?] {
        try array(column, "text[]", Accepted.text) { bytes, _ in bytes.text }
    }

    /// `bigint[]`, `integer[]` or `smallint[]` without NULLs.
    public func int64Array(_ column: Int) throws -> [Int64] { try complete(column, int64ArrayOfOptionals(column)) }
    /// `bigint[]`, `integer[]` or `smallint[]` without NULLs, or nil for a NULL array.
    public func int64ArrayOrNil(_ column: Int) throws -> [Int64]? { try isNull(column) ? nil : int64Array(column) }
    /// `bigint[]`, `integer[]` or `smallint[]`
    public func int64ArrayOfOptionals(_ column: Int) throws -> [Int64?] {
        try array(column, "int8[]", Accepted.integers) { bytes, _ in bytes.int64 }
    }

    /// `boolean[]` without NULLs.
    public func boolArray(_ column: Int) throws -> [Bool] { try complete(column, boolArrayOfOptionals(column)) }
    /// `boolean[]`
    public func boolArrayOfOptionals(_ column: Int) throws -> [Bool?] {
        try array(column, "bool[]", Accepted.bool) { bytes, _ in bytes.bool }
    }

    /// `double precision[]` or `real[]` without NULLs.
    public func doubleArray(_ column: Int) throws -> [Double] { try complete(column, doubleArrayOfOptionals(column)) }
    /// `double precision[]` or `real[]`
    public func doubleArrayOfOptionals(_ column: Int) throws -> [Double?] {
        try array(column, "float8[]", Accepted.doubles) { bytes, _ in bytes.double }
    }

    /// `timestamptz[]` without NULLs, in microseconds since 1970-01-01 00:00:00 UTC; throws for ±infinity.
    public func timestampArray(_ column: Int) throws -> [Int64] {
        try complete(column, timestampArrayOfOptionals(column))
    }
    /// `timestamptz[]` in microseconds since 1970-01-01 00:00:00 UTC; throws for ±infinity.
    public func timestampArrayOfOptionals(_ column: Int) throws -> [Int64?] {
        try array(column, "a timestamptz[] of finite times", Accepted.timestamp) { bytes, _ in bytes.timestamp }
    }

    /// `jsonb[]` or `json[]` without NULLs, as JSON texts.
    public func jsonbArray(_ column: Int) throws -> [String] { try complete(column, jsonbArrayOfOptionals(column)) }
    /// `jsonb[]` or `json[]` as JSON texts.
    public func jsonbArrayOfOptionals(_ column: Int) throws -> [String?] {
        try array(column, "jsonb[]", Accepted.json) { bytes, type in bytes.json(type)?.text }
    }

    /// `uuid[]` without NULLs.
    public func uuidArray(_ column: Int) throws -> [UUID] { try complete(column, uuidArrayOfOptionals(column)) }
    /// `uuid[]`
    public func uuidArrayOfOptionals(_ column: Int) throws -> [UUID?] {
        try array(column, "uuid[]", Accepted.uuid) { bytes, _ in bytes.uuid }
    }
}
