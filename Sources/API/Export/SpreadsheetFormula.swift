/// What a spreadsheet may take for a formula when it opens a file: a text that begins with `=`, `+`, `-` or `@`, in their usual,
/// full-width or small form, or with a control character. Apostrophes, white space and invisible characters before it do not count.
///
/// Such a text is written with an apostrophe in front. One that had an apostrophe already gets one more, so nothing is lost: taking
/// one apostrophe from each text that could be a formula gives the texts back.
enum SpreadsheetFormula {
    static func isPossible(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        var (bytes, decoder) = (utf8.makeIterator(), UTF8())
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            if begins(scalar) { return true }
            guard precedes(scalar) else { return false }
        }
        return false
    }

    private static func begins(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@": true
        case "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE66}", "\u{FE62}", "\u{FE63}", "\u{FE6B}": true
        default: scalar.value < 0x20 || scalar.value == 0x7F
        }
    }

    private static func precedes(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return scalar == "'" || scalar == " " }
        return scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
            || scalar.properties.generalCategory == .format || scalar.properties.generalCategory == .control
    }
}
