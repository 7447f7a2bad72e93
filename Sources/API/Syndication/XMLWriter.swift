/// Writes one XML 1.0 text in UTF-8, well-formed whatever the texts are.
///
/// XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF; U+FFFD, the replacement character, takes their place.
struct XMLWriter {
    private(set) var bytes: [UInt8] = Array(#"<?xml version="1.0" encoding="utf-8"?>"#.utf8)

    typealias Attributes = KeyValuePairs<String, String>

    /// An element without content.
    mutating func element(_ name: String, _ attributes: Attributes = [:]) {
        open(name, attributes, end: "/>")
    }

    mutating func element(_ name: String, _ attributes: Attributes = [:], text: String) {
        element(name, attributes) { writer in writer.escape(text) }
    }

    mutating func element(_ name: String, _ attributes: Attributes = [:], _ write: (inout XMLWriter) throws -> Void) rethrows {
        open(name, attributes, end: ">")
        try write(&self)
        raw("</")
        raw(name)
        raw(">")
    }

    private mutating func open(_ name: String, _ attributes: Attributes, end: String) {
        raw("<")
        raw(name)
        for (name, value) in attributes {
            raw(" ")
            raw(name)
            raw("=\"")
            escape(value)
            raw("\"")
        }
        raw(end)
    }

    private mutating func raw(_ markup: String) {
        bytes.append(contentsOf: markup.utf8)
    }

    /// For text and for values of attributes: a parser would turn line ends, and tabs in attributes, into something else.
    private mutating func escape(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": raw("&amp;")
            case "<": raw("&lt;")
            case ">": raw("&gt;")
            case "\"": raw("&quot;")
            case "\t": raw("&#9;")
            case "\n": raw("&#10;")
            case "\r": raw("&#13;")
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": raw("\u{FFFD}")
            default: bytes.append(contentsOf: scalar.utf8)
            }
        }
    }
}
