/// Handles are stored lower-case, without space around them and without the `@`s before them, of which X takes the full-width one (`＠`) too.
/// What is stored is its own stored form: a handle that was read anywhere finds its posts.
public enum HandleRule {
    /// The stored form of `text`; nil when nothing is left of it.
    public static func normalise(_ text: String) -> String? {
        // Scalar by scalar: a combining mark behind a space or an @ is neither.
        var trimmed = Substring(text).unicodeScalars
        while let first = trimmed.first, first.isSpace || first == "@" || first == "\u{FF20}" { trimmed.removeFirst() }
        while trimmed.last?.isSpace == true { trimmed.removeLast() }
        return trimmed.isEmpty ? nil : String(trimmed).lowercased()
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool { properties.isWhitespace }
}
