/// What a spreadsheet, or a table of a data program, leaves of an id that it took for a number: the post behind it is lost, and several
/// of them may have become one.
enum SpreadsheetDamage {
    /// `NaN`, and the errors of a cell, which begin with `#`.
    private static let notANumber = Array("nan".utf8)

    /// Whether `id` is written like a number but not in digits alone (`2.025E+18`, `2025000000000000000.0`, `1,234`, `'123`, `="123"`), or
    /// is no number at all to such a program (`NaN`, `#REF!`).
    static func isSeen(in id: ArraySlice<UInt8>) -> Bool {
        if id.allSatisfy(isDigit) { return false }
        let text = trimmed(id)
        switch text.first {
        case UInt8(ascii: "#"), UInt8(ascii: "="): return true
        case UInt8(ascii: "'"): return text.dropFirst().allSatisfy(isDigit)
        case UInt8(ascii: "N"), UInt8(ascii: "n"): return text.elementsEqual(notANumber) { $0 | 0x20 == $1 }
        default: return !text.allSatisfy(isDigit) && isNumber(withPlainSpaces(text))
        }
    }

    /// `[+-]digits`, with separators among the digits, and an exponent behind them; but a plain negative integer is none of it.
    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        let hasSign = isNegative || rest.first == UInt8(ascii: "+")
        if hasSign { rest.removeFirst() }
        guard let start = rest.first, isDigit(start) || start == UInt8(ascii: "."), rest.contains(where: isDigit) else { return false }
        let mantissa = rest.prefix { isDigit($0) || isSeparator($0) }
        guard mantissa.contains(where: isDigit) else { return false }
        var exponent = rest.dropFirst(mantissa.count)
        guard !exponent.isEmpty else { return !isNegative || mantissa.contains(where: isSeparator) }
        guard exponent.removeFirst() | 0x20 == UInt8(ascii: "e") else { return false }
        if exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-") { exponent.removeFirst() }
        return !exponent.isEmpty && exponent.allSatisfy(isDigit)
    }

    /// `text` with spaces in the place of the two that must not break, which some countries write between thousands.
    private static func withPlainSpaces(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.contains(where: { $0 >= 0x80 }) else { return text }
        return String(decoding: text, as: UTF8.self).replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ").utf8.map(\.self)[...]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// What programs write between groups of digits and before a fraction.
    private static func isSeparator(_ byte: UInt8) -> Bool {
        [".", ",", "'", " "].contains(Unicode.Scalar(byte))
    }

    private static func trimmed(_ id: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = id.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
        return text
    }
}
