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

    /// The name of a column; throws `.decoding` when there is no such column.
    public func columnName(_ column: Int) throws -> String {
        try checked(column)
        return PQfname(result.pointer, Int32(column)).map { String(cString: $0) } ?? ""
    }

    /// Whether a column is NULL; throws `.decoding` when there is no such column.
    public func isNull(_ column: Int) throws -> Bool {
        try checked(column)
        return bytes(Int32(column)) == nil
    }

    /// The bytes of a column known to exist. libpq keeps them alive as long as `result`, which this row holds.
    private func bytes(_ column: Int32) -> UnsafeRawBufferPointer? {
        // NULL has no length, so most cells need not be asked whether they are NULL.
        let length = PQgetlength(result.pointer, index, column)
        guard length > 0 || PQgetisnull(result.pointer, index, column) == 0 else { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(result.pointer, index, column), count: Int(length))
    }

    /// The value of a column, nil for NULL.
    func read<Value>(_ column: Int, _ wanted: WireType<Value>) throws -> Value? {
        try checked(column)
        let type = OID(rawValue: PQftype(result.pointer, Int32(column)))
        guard wanted.reads.contains(type) else { throw failure(column, "expected \(wanted.name), the column is \(type)") }
        guard let bytes = bytes(Int32(column)) else { return nil }
        guard let value = wanted.read(bytes, type) else {
            throw failure(column, "expected \(wanted.name), the \(type) value cannot be expressed as one")
        }
        return value
    }

    /// The value of a column; throws for NULL.
    func required<Value>(_ column: Int, _ wanted: WireType<Value>) throws -> Value {
        try required(column, read(column, wanted))
    }

    /// The elements of a column's array; throws when one is NULL.
    func complete<Element>(_ column: Int, _ elements: [Element?]) throws -> [Element] {
        try elements.map { try required(column, $0) }
    }

    private func required<Value>(_ column: Int, _ value: Value?) throws -> Value {
        guard let value else { throw failure(column, "the value is NULL") }
        return value
    }

    private func checked(_ column: Int) throws {
        guard column >= 0, column < Int(PQnfields(result.pointer)) else { throw failure(column, "there is no such column") }
    }

    private func failure(_ column: some BinaryInteger, _ problem: String) -> PostgresError {
        let name = Int32(exactly: column).flatMap { PQfname(result.pointer, $0) }.map { " (\(String(cString: $0)))" } ?? ""
        return PostgresError(.decoding, "row \(index), column \(column)\(name): \(problem)", statementName: statement)
    }
}
