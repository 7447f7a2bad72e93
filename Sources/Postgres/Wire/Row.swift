import CLibPQ

/// One row of a result, handed to a statement's decoder.
///
/// Columns are addressed by index from 0. Accessors check the column's type and throw `PostgresError` of kind
/// `.decoding`, naming statement, row, column, and expected and actual type. The plain accessors throw for NULL, the
/// `…OrNil` ones return nil. A row cannot be sent to another task: copy out what is needed.
public struct Row {
    let result: ResultSet
    let index: Int32
    let statement: String

    /// How many columns the row has.
    public var columnCount: Int { Int(PQnfields(result.pointer)) }

    /// The name of a column; throws `.decoding` when there is no such column.
    public func columnName(_ column: Int) throws -> String {
        guard let index = Int32(exactly: column), let name = PQfname(result.pointer, index) else {
            throw failure(column, "there is no such column")
        }
        return String(cString: name)
    }

    /// Whether a column is NULL; throws `.decoding` when there is no such column.
    public func isNull(_ column: Int) throws -> Bool {
        try withBytes(column) { $0 == nil }
    }

    /// The raw bytes of a column in Postgres' binary format for its type, or nil for NULL; valid only inside `body`.
    public func withBytes<Result>(
        _ column: Int, _ body: (UnsafeRawBufferPointer?) throws -> Result
    ) throws -> Result {
        guard column >= 0, column < columnCount else { throw failure(column, "there is no such column") }
        return try body(bytes(Int32(column)))
    }

    /// The bytes of a column known to exist. libpq keeps them alive as long as `result`, which this row holds.
    private func bytes(_ column: Int32) -> UnsafeRawBufferPointer? {
        guard PQgetisnull(result.pointer, index, column) == 0 else { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result.pointer, index, column), count: Int(PQgetlength(result.pointer, index, column)))
    }

    /// Calls `body` with the bytes and the type of a column, nil for NULL; throws unless `types` has the column's type.
    func read<Value>(
        _ column: Int, _ expected: String, _ types: [OID], _ body: (UnsafeRawBufferPointer, OID) throws -> Value?
    ) throws -> Value? {
        guard column >= 0, column < columnCount else { throw failure(column, "there is no such column") }
        let type = OID(rawValue: PQftype(result.pointer, Int32(column)))
        guard types.contains(type) else { throw failure(column, "expected \(expected), the column is \(type)") }
        guard let bytes = bytes(Int32(column)) else { return nil }
        guard let value = try body(bytes, type) else {
            throw failure(column, "expected \(expected), the \(type) value cannot be expressed as one")
        }
        return value
    }

    func required<Value>(_ column: Int, _ value: Value?) throws -> Value {
        guard let value else { throw failure(column, "the value is NULL") }
        return value
    }

    private func failure(_ column: some BinaryInteger, _ problem: String) -> PostgresError {
        let name = Int32(exactly: column).flatMap { PQfname(result.pointer, $0) }.map { " (\(String(cString: $0)))" } ?? ""
        return PostgresError(.decoding, "row \(index), column \(column)\(name): \(problem)", statementName: statement)
    }
}
