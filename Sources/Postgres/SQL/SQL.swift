#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The text of a statement together with its parameters.
///
/// Written as a string literal; interpolated values become `$1`, `$2`, … and travel as typed binary parameters:
/// `let sql: SQL = "SELECT name FROM users WHERE id = \(int64: id)"`.
/// `\(sql)` splices another `SQL` and renumbers its parameters; `\(column:)`, `\(table:)` and `\(literal:)` splice an `Identifier`.
/// `\(unescaped:)` is the only way to splice raw text.
public struct SQL: Sendable, Hashable {
    /// The text around the parameters: always one more than there are parameters.
    private(set) var literals: [String]
    /// The values, in the order of their `$n`.
    public private(set) var parameters: [Parameter]

    /// Trusted text without parameters, e.g. from a file of the program; never text that came from outside.
    public init(unescaped text: String) {
        literals = [text]
        parameters = []
    }

    /// The text with `$1`, `$2`, … for the parameters.
    public var text: String {
        var text = literals[0]
        for index in parameters.indices { text += "$\(index + 1)\(literals[index + 1])" }
        return text
    }

    mutating func append(text: String) {
        literals[literals.endIndex - 1] += text
    }

    mutating func append(_ parameter: Parameter) {
        parameters.append(parameter)
        literals.append("")
    }

    /// Appends another piece, its parameters renumbered, with `indentation` in front of every line of it but the first.
    mutating func append(_ other: SQL, indentedBy indentation: Int = 0) {
        for (index, literal) in other.literals.enumerated() {
            let text = indentation > 0 ? Self.indented(literal, by: indentation) : literal
            if index == 0 { append(text: text) } else { literals.append(text) }
        }
        parameters += other.parameters
    }

    /// Most of what a statement is made of passes here, some of it several times: `memchr` looks for the ends of its lines.
    private static func indented(_ text: String, by indentation: Int) -> String {
        var text = text
        let lineStart = [UInt8](repeating: UInt8(ascii: " "), count: indentation)
        let indented = text.withUTF8 { bytes in
            var (indented, rest) = ([UInt8](), UnsafeRawBufferPointer(bytes))
            while let start = rest.baseAddress, let lineEnd = memchr(start, 0x0A, rest.count) {
                if indented.isEmpty { indented.reserveCapacity(2 * bytes.count) }
                let length = UnsafeRawPointer(lineEnd) - start + 1
                indented.append(contentsOf: rest[..<length])
                indented.append(contentsOf: lineStart)
                rest = UnsafeRawBufferPointer(rebasing: rest[length...])
            }
            if !indented.isEmpty { indented.append(contentsOf: rest) }
            return indented
        }
        return indented.isEmpty ? text : String(decoding: indented, as: UTF8.self)
    }
}

extension [SQL] {
    /// The pieces one after the other with `separator` between them, parameters renumbered.
    public func joined(separator: SQL) -> SQL {
        var result = SQL(unescaped: "")
        for (index, piece) in enumerated() {
            if index > 0 { result.append(separator) }
            result.append(piece)
        }
        return result
    }
}
