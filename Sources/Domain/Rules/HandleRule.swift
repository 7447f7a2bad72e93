/// Handles are stored lower-case, without surrounding space and without a leading `@`.
public enum HandleRule {
    /// The stored form of `text`; nil when nothing is left of it.
    public static func normalise(_ text: String) -> String? {
        // Scalar by scalar: a combining mark behind a space is no space.
        var trimmed = Substring(text).unicodeScalars
        while trimmed.first?.properties.isWhitespace == true { trimmed.removeFirst() }
        while trimmed.last?.properties.isWhitespace == true { trimmed.removeLast() }
        if trimmed.first == "@" { trimmed.removeFirst() }
        return trimmed.isEmpty ? nil : String(trimmed).lowercased()
    }
}
