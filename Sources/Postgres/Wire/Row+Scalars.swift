#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The column types each accessor takes.
private enum Accepted {
    static let text: [OID] = [.text, .varchar, .name, .bpchar]
    static let integers: [OID] = [.int8, .int4, .int2]
    static let int32: [OID] = [.int4, .int2]
    static let bool: [OID] = [.bool]
    static let doubles: [OID] = [.float8, .float4]
    static let timestamp: [OID] = [.timestamptz]
    static let json: [OID] = [.jsonb, .json]
    static let uuid: [OID] = [.uuid]
    static let bytea: [OID] = [.bytea]
}

extension Row {
    /// `text`, `varchar`, `name` or `char(n)`; throws for NULL.
    public func text(_ column: Int) throws -> String { try required(column, textOrNil(column)) }
    /// `text`, `varchar`, `name` or `char(n)`, or nil for NULL.
    public func textOrNil(_ column: Int) throws -> String? {
        try read(column, "text", Accepted.text) { bytes, _ in bytes.text }
    }

    /// `bigint`, `integer` or `smallint`; throws for NULL.
    public func int64(_ column: Int) throws -> Int64 { try required(column, int64OrNil(column)) }
    /// `bigint`, `integer` or `smallint`, or nil for NULL.
    public func int64OrNil(_ column: Int) throws -> Int64? {
        try read(column, "int8", Accepted.integers) { bytes, _ in bytes.int64 }
    }

    /// `integer` or `smallint`; throws for NULL.
    public func int32(_ column: Int) throws -> Int32 { try required(column, int32OrNil(column)) }
    /// `integer` or `smallint`, or nil for NULL.
    public func int32OrNil(_ column: Int) throws -> Int32? {
        try read(column, "int4", Accepted.int32) { bytes, _ in bytes.int64.flatMap { Int32(exactly: $0) } }
    }

    /// `boolean`; throws for NULL.
    public func bool(_ column: Int) throws -> Bool { try required(column, boolOrNil(column)) }
    /// `boolean`, or nil for NULL.
    public func boolOrNil(_ column: Int) throws -> Bool? {
        try read(column, "bool", Accepted.bool) { bytes, _ in bytes.bool }
    }

    /// `double precision` or `real`; throws for NULL.
    public func double(_ column: Int) throws -> Double { try required(column, doubleOrNil(column)) }
    /// `double precision` or `real`, or nil for NULL.
    public func doubleOrNil(_ column: Int) throws -> Double? {
        try read(column, "float8", Accepted.doubles) { bytes, _ in bytes.double }
    }

    /// `timestamptz` in microseconds since 1970-01-01 00:00:00 UTC; throws for NULL and for ±infinity.
    public func timestamp(_ column: Int) throws -> Int64 { try required(column, timestampOrNil(column)) }
    /// `timestamptz` in microseconds since 1970-01-01 00:00:00 UTC, or nil for NULL; throws for ±infinity.
    public func timestampOrNil(_ column: Int) throws -> Int64? {
        try read(column, "a finite timestamptz", Accepted.timestamp) { bytes, _ in bytes.timestamp }
    }

    /// `jsonb` or `json` as JSON text; throws for NULL.
    public func jsonb(_ column: Int) throws -> String { try required(column, jsonbOrNil(column)) }
    /// `jsonb` or `json` as JSON text, or nil for NULL.
    public func jsonbOrNil(_ column: Int) throws -> String? {
        try read(column, "jsonb", Accepted.json) { bytes, type in bytes.json(type)?.text }
    }

    /// `jsonb` or `json` as UTF-8 bytes of JSON text; throws for NULL.
    public func jsonbBytes(_ column: Int) throws -> [UInt8] { try required(column, jsonbBytesOrNil(column)) }
    /// `jsonb` or `json` as UTF-8 bytes of JSON text, or nil for NULL.
    public func jsonbBytesOrNil(_ column: Int) throws -> [UInt8]? {
        try read(column, "jsonb", Accepted.json) { bytes, type in bytes.json(type).map { [UInt8]($0) } }
    }

    /// `uuid`; throws for NULL.
    public func uuid(_ column: Int) throws -> UUID { try required(column, uuidOrNil(column)) }
    /// `uuid`, or nil for NULL.
    public func uuidOrNil(_ column: Int) throws -> UUID? {
        try read(column, "uuid", Accepted.uuid) { bytes, _ in bytes.uuid }
    }

    /// `bytea`; throws for NULL.
    public func bytea(_ column: Int) throws -> [UInt8] { try required(column, byteaOrNil(column)) }
    /// `bytea`, or nil for NULL.
    public func byteaOrNil(_ column: Int) throws -> [UInt8]? {
        try read(column, "bytea", Accepted.bytea) { bytes, _ in [UInt8](bytes) }
    }
}
