/// Reads the columns of a row one after the other, so that a decoder follows the statement's own list and needs no numbers.
///
/// The plain accessors throw for NULL, the `…OrNil` ones return nil; errors name the column, as those of `Row` do.
public struct RowReader {
    private let row: Row
    private var column = 0

    /// Begins at the first column.
    public init(_ row: Row) { self.row = row }

    /// The name of the column that was read last; empty before the first.
    public var lastColumnName: String { (try? row.columnName(column - 1)) ?? "" }

    // Inlined, and no reference to a method: that would allocate a closure for each cell of a page.
    @inline(__always)
    private mutating func next<Value>(_ read: (Row, Int) throws -> Value) throws -> Value {
        column += 1
        return try read(row, column - 1)
    }

    /// `text`, `varchar`, `name` or `char(n)`
    public mutating func text() throws -> String { try next { try $0.text($1) } }
    /// The same, or nil for NULL.
    public mutating func textOrNil() throws -> String? { try next { try $0.textOrNil($1) } }
    /// `bigint`, `integer` or `smallint`
    public mutating func int64() throws -> Int64 { try next { try $0.int64($1) } }
    /// The same, or nil for NULL.
    public mutating func int64OrNil() throws -> Int64? { try next { try $0.int64OrNil($1) } }
    /// `boolean`
    public mutating func bool() throws -> Bool { try next { try $0.bool($1) } }
    /// The same, or nil for NULL.
    public mutating func boolOrNil() throws -> Bool? { try next { try $0.boolOrNil($1) } }
    /// `timestamptz` in microseconds since 1970-01-01 00:00:00 UTC; throws for ±infinity
    public mutating func timestamp() throws -> Int64 { try next { try $0.timestamp($1) } }
    /// The same, or nil for NULL.
    public mutating func timestampOrNil() throws -> Int64? { try next { try $0.timestampOrNil($1) } }
    /// `jsonb` or `json` as JSON text
    public mutating func jsonb() throws -> String { try next { try $0.jsonb($1) } }
    /// `bigint[]`, `integer[]` or `smallint[]` without NULLs, or nil for NULL.
    public mutating func int64ArrayOrNil() throws -> [Int64]? { try next { try $0.int64ArrayOrNil($1) } }
    /// `text[]`; its elements may be NULL
    public mutating func textArrayOfOptionals() throws -> [String?] { try next { try $0.textArrayOfOptionals($1) } }
}

extension Statement {
    /// - Parameter read: reads one row from its first column on. What it throws, the query throws.
    public init(_ name: String, _ sql: SQL, read: @escaping @Sendable (inout RowReader) throws -> Output) {
        self.init(
            name, sql,
            decode: { row in
                var reader = RowReader(row)
                return try read(&reader)
            })
    }
}
