internal import Domain
internal import Encoding
internal import JSON

/// What JSON has no word for: a blob, and a text that is not valid UTF-8. Both are an object with one member, the bytes in
/// hexadecimal, so that a snapshot comes back from JSON Lines as it was in SQLite. Of a value that is too long for the archive the
/// number of its bytes is written, which is enough to reject it.
private enum EncodedBytes {
    static let blob = "$blob"
    static let text = "$text"
    static let tooLong = "$bytes"
}

extension SourceRow {
    /// Writes the row as one JSON object that reads back as the same cells.
    func writeLossless(to writer: inout JSONWriter) {
        writer.object { writer in
            for (name, cell) in zip(names, cells) {
                writer.key(name)
                switch cell {
                case .null: writer.null()
                case .integer(let value): writer.integer(value)
                case .real(let value): writer.raw(Self.shortest(value).utf8)
                case .boolean(let value): writer.boolean(value)
                case .text(let range):
                    if let text = String(validating: bytes[range], as: UTF8.self) {
                        writer.string(text)
                    } else {
                        write(EncodedBytes.text, range, to: &writer)
                    }
                case .blob(let range): write(EncodedBytes.blob, range, to: &writer)
                case .tooLong(_, let count): writer.object { $0.member(EncodedBytes.tooLong, Int64(count)) }
                }
            }
        }
    }

    /// Appends a cell for an object that `writeLossless` writes, and says whether `object` is one.
    mutating func append(encoded object: JSONObject) -> Bool {
        if object.members.count == 1, object.members[0].name == EncodedBytes.tooLong, case .number(let digits) = object.members[0].value,
            let count = IntegerRule.parse(digits.utf8), count > Self.longestValue
        {
            append(tooLong: [], bytes: Int(count))
            return true
        }
        guard object.members.count == 1, case .string(let digits) = object.members[0].value,
            let bytes = Self.bytes(hexadecimal: digits)
        else { return false }
        switch object.members[0].name {
        case EncodedBytes.blob: append(blob: bytes)
        case EncodedBytes.text: append(text: bytes)
        default: return false
        }
        return true
    }

    private func write(_ kind: String, _ range: Range<Int>, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key(kind)
            writer.string(bytes[range].hexadecimal)
        }
    }

    /// The shortest number that reads back as `value`. JSON has no infinity, but a number beyond every double becomes one.
    private static func shortest(_ value: Double) -> String {
        value.isInfinite ? (value < 0 ? "-1e999" : "1e999") : "\(value)"
    }

    private static func bytes(hexadecimal digits: String) -> [UInt8]? {
        guard digits.utf8.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        var high: Int?
        for character in digits {
            guard let digit = character.hexDigitValue else { return nil }
            if let first = high { bytes.append(UInt8(first << 4 | digit)) }
            high = high == nil ? digit : nil
        }
        return bytes
    }
}
