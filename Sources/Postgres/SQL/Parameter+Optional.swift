#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Parameter {
    /// `text`, or NULL.
    public static func text(_ value: String?) -> Self { value.map { .text($0) } ?? .null(.text) }
    /// `text` from UTF-8 bytes, or NULL.
    public static func bytes(_ value: [UInt8]?) -> Self { value.map { .bytes($0) } ?? .null(.text) }
    /// `bytea`, or NULL.
    public static func bytea(_ value: [UInt8]?) -> Self { value.map { .bytea($0) } ?? .null(.bytea) }
    /// `bigint`, or NULL.
    public static func int64(_ value: Int64?) -> Self { value.map { .int64($0) } ?? .null(.int64) }
    /// `integer`, or NULL.
    public static func int32(_ value: Int32?) -> Self { value.map { .int32($0) } ?? .null(.int32) }
    /// `boolean`, or NULL.
    public static func bool(_ value: Bool?) -> Self { value.map { .bool($0) } ?? .null(.bool) }
    /// `double precision`, or NULL.
    public static func double(_ value: Double?) -> Self { value.map { .double($0) } ?? .null(.double) }
    /// `timestamp with time zone` in microseconds since 1970-01-01 UTC, or NULL.
    public static func timestamp(_ value: Int64?) -> Self { value.map { .timestamp($0) } ?? .null(.timestamp) }
    /// `jsonb` from JSON text, or NULL.
    public static func jsonb(_ value: String?) -> Self { value.map { .jsonb($0) } ?? .null(.jsonb) }
    /// `jsonb` from UTF-8 bytes of JSON text, or NULL.
    public static func jsonbBytes(_ value: [UInt8]?) -> Self { value.map { .jsonbBytes($0) } ?? .null(.jsonb) }
    /// `uuid`, or NULL.
    public static func uuid(_ value: UUID?) -> Self { value.map { .uuid($0) } ?? .null(.uuid) }
}
