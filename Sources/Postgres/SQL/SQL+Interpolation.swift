#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension SQL: ExpressibleByStringInterpolation {
    /// Text without parameters.
    public init(stringLiteral value: String) { self.init(unescaped: value) }

    /// Text with parameters.
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    /// Collects text and parameters; nil values become NULL of the label's type.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL(unescaped: "")

        /// Starts empty.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Text of the literal.
        public mutating func appendLiteral(_ literal: String) { sql.append(text: literal) }

        /// Another piece of SQL, its parameters renumbered.
        public mutating func appendInterpolation(_ other: SQL) { sql.append(other) }

        /// Any parameter.
        public mutating func appendInterpolation(_ parameter: Parameter) { sql.append(parameter) }

        /// Raw text, not escaped in any way: for identifiers and keywords the program itself made up.
        public mutating func appendInterpolation(unescaped text: String) { sql.append(text: text) }

        /// `text`
        public mutating func appendInterpolation(text value: String?) { sql.append(.text(value)) }
        /// `text` from UTF-8 bytes
        public mutating func appendInterpolation(bytes value: [UInt8]?) { sql.append(.bytes(value)) }
        /// `bytea`
        public mutating func appendInterpolation(bytea value: [UInt8]?) { sql.append(.bytea(value)) }
        /// `bigint`
        public mutating func appendInterpolation(int64 value: Int64?) { sql.append(.int64(value)) }
        /// `integer`
        public mutating func appendInterpolation(int32 value: Int32?) { sql.append(.int32(value)) }
        /// `boolean`
        public mutating func appendInterpolation(bool value: Bool?) { sql.append(.bool(value)) }
        /// `double precision`
        public mutating func appendInterpolation(double value: Double?) { sql.append(.double(value)) }
        /// `timestamptz`, microseconds since 1970-01-01 UTC
        public mutating func appendInterpolation(timestamp value: Int64?) { sql.append(.timestamp(value)) }
        /// `jsonb` from JSON text
        public mutating func appendInterpolation(jsonb value: String?) { sql.append(.jsonb(value)) }
        /// `jsonb` from UTF-8 bytes of JSON text
        public mutating func appendInterpolation(jsonbBytes value: [UInt8]?) { sql.append(.jsonbBytes(value)) }
        /// `uuid`
        public mutating func appendInterpolation(uuid value: UUID?) { sql.append(.uuid(value)) }
        /// `text[]`
        public mutating func appendInterpolation(textArray value: [String?]) { sql.append(.textArray(value)) }
        /// `bigint[]`
        public mutating func appendInterpolation(int64Array value: [Int64?]) { sql.append(.int64Array(value)) }
        /// `boolean[]`
        public mutating func appendInterpolation(boolArray value: [Bool?]) { sql.append(.boolArray(value)) }
        /// `double precision[]`
        public mutating func appendInterpolation(doubleArray value: [Double?]) { sql.append(.doubleArray(value)) }
        /// `timestamptz[]`, microseconds since 1970-01-01 UTC
        public mutating func appendInterpolation(timestampArray value: [Int64?]) { sql.append(.timestampArray(value)) }
        /// `jsonb[]` from JSON texts
        public mutating func appendInterpolation(jsonbArray value: [String?]) { sql.append(.jsonbArray(value)) }
        /// `uuid[]`
        public mutating func appendInterpolation(uuidArray value: [UUID?]) { sql.append(.uuidArray(value)) }
    }
}
