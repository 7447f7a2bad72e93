internal import Postgres

/// Searching for any part of a text or a handle, whatever the case; every character is literal.
enum SearchText {
    static func isContained(_ text: String) -> SQL {
        let pattern = likePattern(containing: text)
        return "(p.body_text ILIKE \(text: pattern) OR p.author_handle ILIKE \(text: pattern))"
    }

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
