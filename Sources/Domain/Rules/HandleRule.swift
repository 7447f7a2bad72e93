/// Handles are stored lower-case, without surrounding space and without a leading `@`.
public enum HandleRule {
    /// The stored form of `text`; nil when nothing is left of it.
    public static func normalise(_ text: String) -> String? {
        var trimmed = Substring(text)
        while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        if trimmed.first == "@" { trimmed.removeFirst() }
        return trimmed.isEmpty ? nil : trimmed.lowercased()
    }
}
