/// The plain accessors throw for NULL, the `…OrNil` ones return nil.
extension Row {
    /// `text`, `varchar`, `name` or `char(n)`
    public func text(_ column: Int) throws -> String { try required(column, Wire.text) }
    /// The same, or nil for NULL.
    public func textOrNil(_ column: Int) throws -> String? { try read(column, Wire.text) }

    /// `bigint`, `integer` or `smallint`
    public func int64(_ column: Int) throws -> Int64 { try required(column, Wire.int64) }
    /// The same, or nil for NULL.
    public func int64OrNil(_ column: Int) throws -> Int64? { try read(column, Wire.int64) }

    /// `integer` or `smallint`
    public func int32(_ column: Int) throws -> Int32 { try required(column, Wire.int32) }

    /// `boolean`
    public func bool(_ column: Int) throws -> Bool { try required(column, Wire.bool) }
    /// The same, or nil for NULL.
    public func boolOrNil(_ column: Int) throws -> Bool? { try read(column, Wire.bool) }

    /// `timestamptz` in microseconds since 1970-01-01 00:00:00 UTC; throws for ±infinity
    public func timestamp(_ column: Int) throws -> Int64 { try required(column, Wire.timestamp) }
    /// The same, or nil for NULL.
    public func timestampOrNil(_ column: Int) throws -> Int64? { try read(column, Wire.timestamp) }

    /// `jsonb` or `json` as JSON text
    public func jsonb(_ column: Int) throws -> String { try required(column, Wire.jsonb) }
    /// The same, or nil for NULL.
    public func jsonbOrNil(_ column: Int) throws -> String? { try read(column, Wire.jsonb) }

    /// `text[]` of one dimension; its elements may be NULL
    public func textArrayOfOptionals(_ column: Int) throws -> [String?] { try required(column, Wire.textArray) }
    /// The same without NULLs: throws for one.
    public func textArray(_ column: Int) throws -> [String] { try complete(column, textArrayOfOptionals(column)) }

    /// `bigint[]`, `integer[]` or `smallint[]` of one dimension; its elements may be NULL
    public func int64ArrayOfOptionals(_ column: Int) throws -> [Int64?] { try required(column, Wire.int64Array) }
    /// The same without NULLs: throws for one.
    public func int64Array(_ column: Int) throws -> [Int64] { try complete(column, int64ArrayOfOptionals(column)) }
    /// The same, or nil for a NULL array.
    public func int64ArrayOrNil(_ column: Int) throws -> [Int64]? { try isNull(column) ? nil : int64Array(column) }
}
