internal import Domain
internal import Encoding
internal import JSON

extension SourceRow {
    /// The whole row as it came, for the reject file. Bytes that are no UTF-8 are written in hexadecimal.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            for (name, cell) in zip(names, cells) {
                writer.key(name)
                write(cell, to: &writer)
            }
        }
    }

    func write(_ cell: SourceCell, to writer: inout JSONWriter) {
        switch cell {
        case .null: writer.null()
        case .integer(let value): writer.integer(value)
        case .real(let value): if value.isFinite { writer.raw("\(value)".utf8) } else { writer.string("\(value)") }
        case .boolean(let value): writer.boolean(value)
        case .text(let range), .blob(let range): writer.string(printable(range))
        case .tooLong(let range, let count): writer.string(beginning(range, of: count))
        }
    }

    /// A cell as text, for people, and without U+0000, which Postgres cannot store.
    func text(_ cell: SourceCell) -> String {
        switch cell {
        case .null: "NULL"
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .boolean(let value): "\(value)"
        case .text(let range), .blob(let range): printable(range).replacing("\0", with: "␀")
        case .tooLong(let range, let count): beginning(range, of: count).replacing("\0", with: "␀")
        }
    }

    /// All that a report shows of a value that is too long.
    private func beginning(_ range: Range<Int>, of count: Int) -> String {
        "\(String(decoding: bytes[range], as: UTF8.self))… (\(count) bytes)"
    }

    private func printable(_ range: Range<Int>) -> String {
        String(validating: bytes[range], as: UTF8.self)
            ?? "hex:" + bytes[range].hexadecimal
    }
}
