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

    /// The same with `indentation` in front of every line but the first.
    func indented(by indentation: Int) -> SQL {
        guard indentation > 0, literals.contains(where: { $0.utf8.contains(UInt8(ascii: "\n")) }) else { return self }
        let spaces = [UInt8](repeating: UInt8(ascii: " "), count: indentation)
        var indented = self
        for index in literals.indices {
            var text: [UInt8] = []
            text.reserveCapacity(literals[index].utf8.count * 2)
            for byte in literals[index].utf8 {
                text.append(byte)
                if byte == UInt8(ascii: "\n") { text += spaces }
            }
            indented.literals[index] = String(decoding: text, as: UTF8.self)
        }
        return indented
    }

    mutating func append(_ other: SQL) {
        append(text: other.literals[0])
        literals += other.literals.dropFirst()
        parameters += other.parameters
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
