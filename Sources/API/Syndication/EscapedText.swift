/// X writes `&`, `<` and `>` in every text that it gives as `&amp;`, `&lt;` and `&gt;`, and escapes nothing else.
enum EscapedText {
    private static let letters = ["&amp;": "&", "&lt;": "<", "&gt;": ">"]

    /// `text` as it was meant. It is decoded once: `&amp;lt;` means `&lt;`.
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var decoded = ""
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(of: "&") {
            decoded.unicodeScalars.append(contentsOf: rest[..<start])
            let found = letters.first { rest[start...].starts(with: $0.key.unicodeScalars) }
            decoded += found?.value ?? "&"
            rest = rest[start...].dropFirst(found?.key.unicodeScalars.count ?? 1)
        }
        decoded.unicodeScalars.append(contentsOf: rest)
        return decoded
    }
}
