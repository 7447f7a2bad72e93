internal import Postgres

/// Searching for any part of a text or a handle, whatever the case; every character is literal.
enum SearchText {
    static func isContained(_ text: String) -> SQL {
        let pattern = likePattern(containing: text)
        return "(p.body_text ILIKE \(text: pattern) OR p.author_handle ILIKE \(text: pattern))"
    }

    /// How long `isContained` takes for one post, in nanoseconds.
    static let cost = 1_200

    /// Whether the text holds the address of a web page. Most texts hold no "://", which is found out in a third of the time.
    static let hasLink: SQL = "(p.body_text LIKE '%://%' AND p.body_text ~* 'https?://')"

    /// Whether `posts_search`, which knows texts by the runs of three letters or digits in them, can look for `text`.
    static func hasTrigram(_ text: String) -> Bool {
        var run = 0
        for scalar in text.unicodeScalars {
            run = scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? run + 1 : 0
            if run == 3 { return true }
        }
        return false
    }

    /// A pattern for `ILIKE` that matches any text with `text` in it.
    static func likePattern(containing text: String) -> String {
        var pattern = "%"
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern.unicodeScalars.append("\\") }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern + "%"
    }
}
