extension SQL: ExpressibleByStringInterpolation {
    /// Text without parameters.
    public init(stringLiteral value: String) { self.init(unescaped: value) }

    /// Text with parameters.
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    /// Collects text and parameters; nil values become NULL of the label's type.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL(unescaped: "")
        private var line = LineStart()

        /// Starts empty.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Text of the literal.
        public mutating func appendLiteral(_ literal: String) { append(literal) }

        /// Another piece of SQL, its parameters renumbered and its lines indented like the place where it is put; a step further when
        /// that is inside a line.
        public mutating func appendInterpolation(_ other: SQL) {
            sql.append(other, indentedBy: line.isBlank ? line.indentation : line.indentation + 4)
            line.isBlank = false
        }

        /// Any parameter.
        public mutating func appendInterpolation(_ parameter: Parameter) {
            sql.append(parameter)
            line.isBlank = false
        }

        /// Raw text, not escaped in any way: for what is neither a value nor an identifier, and was made by the program itself.
        public mutating func appendInterpolation(unescaped text: String) { append(text) }

        /// A number as a constant, which the planner knows whether the statement is prepared or not.
        public mutating func appendInterpolation(number: Int) { append(String(number)) }

        /// The name of a column.
        public mutating func appendInterpolation(column: Identifier) { append(column.sql) }
        /// The names of columns, separated by commas; a long list has several lines.
        public mutating func appendInterpolation(columns: [Identifier]) { appendInterpolation(Self.list(columns.map(\.sql))) }
        /// The columns of one row, separated by commas; a long list has several lines.
        public mutating func appendInterpolation(columns: [Identifier], of row: Identifier) {
            appendInterpolation(Self.list(columns.map { "\(row.sql).\($0.sql)" }))
        }
        /// The name of a table, of a common table expression, or the alias of either.
        public mutating func appendInterpolation(table: Identifier) { append(table.sql) }
        /// The name of something as a constant of type `text`.
        public mutating func appendInterpolation(literal: Identifier) { append(literal.literal) }
        /// Names as constants of type `text`, separated by commas.
        public mutating func appendInterpolation(literals: [Identifier]) { append(literals.map(\.literal).joined(separator: ", ")) }

        private static func list(_ names: [String]) -> SQL {
            var (text, length) = ("", 0)
            for (index, name) in names.enumerated() {
                let isLong = length + name.utf8.count > 100
                if index > 0 { text += isLong ? ",\n" : ", " }
                length = (isLong ? 0 : length) + name.utf8.count + 2
                text += name
            }
            return SQL(unescaped: text)
        }

        private mutating func append(_ text: String) {
            sql.append(text: text)
            line.pass(text)
        }

        /// `text`; a NUL character is refused by the server (SQLSTATE 22021)
        public mutating func appendInterpolation(text value: String?) { sql.append(Parameter(value, Wire.text)) }
        /// `bigint`
        public mutating func appendInterpolation(int64 value: Int64?) { sql.append(Parameter(value, Wire.int64)) }
        /// `integer`
        public mutating func appendInterpolation(int32 value: Int32?) { sql.append(Parameter(value, Wire.int32)) }
        /// `boolean`
        public mutating func appendInterpolation(bool value: Bool?) { sql.append(Parameter(value, Wire.bool)) }
        /// `timestamptz`, microseconds since 1970-01-01 00:00:00 UTC
        public mutating func appendInterpolation(timestamp value: Int64?) { sql.append(Parameter(value, Wire.timestamp)) }
        /// `jsonb` from UTF-8 bytes of JSON text; the server parses and checks it
        public mutating func appendInterpolation(jsonbBytes value: [UInt8]?) { sql.append(Parameter(value, Wire.jsonbBytes)) }
        /// `text[]`
        public mutating func appendInterpolation(textArray value: [String?]) { sql.append(Parameter(value, Wire.textArray)) }
        /// `bigint[]`
        public mutating func appendInterpolation(int64Array value: [Int64?]) { sql.append(Parameter(value, Wire.int64Array)) }
        /// `boolean[]`
        public mutating func appendInterpolation(boolArray value: [Bool?]) { sql.append(Parameter(value, Wire.boolArray)) }
        /// `timestamptz[]`, microseconds since 1970-01-01 00:00:00 UTC
        public mutating func appendInterpolation(timestampArray value: [Int64?]) { sql.append(Parameter(value, Wire.timestampArray)) }
        /// `jsonb[]` from JSON texts
        public mutating func appendInterpolation(jsonbArray value: [String?]) { sql.append(Parameter(value, Wire.jsonbArray)) }
    }
}

/// How the last line of a text begins.
private struct LineStart {
    /// The spaces at its beginning.
    var indentation = 0
    /// Whether it has nothing else.
    var isBlank = true

    mutating func pass(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            let start = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
            if start != nil { self = LineStart() }
            guard isBlank else { return }
            let line = bytes[(start ?? 0)...]
            let spaces = line.prefix { $0 == UInt8(ascii: " ") }.count
            indentation += spaces
            isBlank = spaces == line.count
        }
    }
}
