/// One line of a file of settings.
enum SettingsLine {
    struct Fault: Error {
        /// Goes on after the place of the line, and ends with the remedy.
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private typealias Scalars = ArraySlice<Unicode.Scalar>

    /// Name and value; nil for a line that is blank or a comment.
    ///
    /// - Parameter bytes: the line without LF. A CR at its end belongs to the line break.
    static func parse(_ bytes: ArraySlice<UInt8>) throws(Fault) -> (name: String, value: String)? {
        let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
        guard let text = String(validating: line, as: UTF8.self) else { throw Fault("is no text in UTF-8. Save the file as UTF-8.") }
        guard !text.unicodeScalars.contains(where: { isControl($0) && $0 != "\t" }) else {
            throw Fault("has a control character in it, such as a CR that no LF follows. Lines end with LF, or with CR and LF.")
        }
        var rest = Array(text.unicodeScalars)[...].drop(while: isBlank)
        if rest.isEmpty || rest.first == "#" { return nil }
        if rest.starts(with: "export".unicodeScalars), let next = rest.dropFirst(6).first, isBlank(next) {
            rest = rest.dropFirst(6).drop(while: isBlank)
        }
        let name = rest.prefix(while: isOfName)
        guard let first = name.first, !("0"..."9").contains(first), rest.dropFirst(name.count).first == "=" else {
            throw Fault("is no setting. A line is NAME=value without blanks around the =, or a comment that begins with #, or empty.")
        }
        return (string(name), try value(rest.dropFirst(name.count + 1)))
    }

    private static func value(_ text: Scalars) throws(Fault) -> String {
        switch text.first {
        case "'": try singleQuoted(text.dropFirst())
        case "\"": try doubleQuoted(text.dropFirst())
        default: try bare(text)
        }
    }

    /// Ends at the first blank, behind which only a comment may stand.
    private static func bare(_ text: Scalars) throws(Fault) -> String {
        let value = text.prefix { !isBlank($0) }
        guard !value.contains(where: { "'\"\\".unicodeScalars.contains($0) }) else {
            throw Fault("has a quote or a backslash inside a value that does not begin with a quote. Put the whole value into '…'.")
        }
        try checkEnd(text.dropFirst(value.count), "has a blank in a value without quotes. Put the value into '…'.")
        return string(value)
    }

    /// Taken as it is, up to the next quote.
    private static func singleQuoted(_ text: Scalars) throws(Fault) -> String {
        let value = text.prefix { $0 != "'" }
        guard value.count < text.count else { throw unclosed }
        try checkEnd(text.dropFirst(value.count + 1), behindQuote)
        return string(value)
    }

    /// `\"` and `\\` stand for the second character.
    private static func doubleQuoted(_ text: Scalars) throws(Fault) -> String {
        var (value, rest) = ("".unicodeScalars, text)
        while let next = rest.popFirst() {
            switch next {
            case "\"":
                try checkEnd(rest, behindQuote)
                return String(value)
            case "\\":
                guard let escaped = rest.popFirst(), escaped == "\"" || escaped == "\\" else {
                    throw Fault("has a backslash in double quotes before another character than \" and \\. Put the value into '…'.")
                }
                value.append(escaped)
            default: value.append(next)
            }
        }
        throw unclosed
    }

    private static let unclosed = Fault("begins a quote and does not end it. A value is one line.")
    private static let behindQuote = "has something behind the closing quote that is no comment. A comment is a blank, # and text."

    private static func checkEnd(_ rest: Scalars, _ reason: String) throws(Fault) {
        let end = rest.drop(while: isBlank)
        guard end.isEmpty || (end.first == "#" && end.count < rest.count) else { throw Fault(reason) }
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
    static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || scalar.value == 0x7F }
    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        ("A"..."Z").contains(scalar) || ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
    }
    private static func string(_ scalars: Scalars) -> String {
        var text = "".unicodeScalars
        text.append(contentsOf: scalars)
        return String(text)
    }
}
