/// A name in a statement: of a table, a column or a common table expression, or an alias of one.
///
/// It is either written in the source of the program or comes from a closed set of it, so that no text from outside is ever a name.
public struct Identifier: Sendable, Hashable, ExpressibleByStringLiteral {
    /// As the database knows it.
    public let name: String

    /// A name that is written in the program.
    public init(stringLiteral name: StaticString) {
        self.name = name.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    }

    /// The name of a case of a closed set.
    public init<Name: RawRepresentable<String> & CaseIterable>(_ name: Name) {
        self.name = name.rawValue
    }

    /// A name that only the running program knows. It is quoted, whatever it holds.
    public init(quoting name: String) {
        self.name = name
    }

    /// As a statement has it: quoted unless it is in lower case and plain. A reserved word does not name anything here.
    var sql: String {
        let isPlain = name.utf8.enumerated().allSatisfy { place, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): place > 0
            default: false
            }
        }
        return isPlain && !name.isEmpty ? name : "\"\(name.replacing("\"", with: "\"\""))\""
    }

    /// As a constant of type `text`.
    var literal: String { "'\(name.replacing("'", with: "''"))'" }
}
