internal import Postgres

/// Searching for any part of a text or a handle, whatever the case; every character is literal.
enum SearchText {
    /// Whether a post has `text` in its text or in the handle of its author.
    ///
    /// Where texts of gone posts are hidden they are not found by them either: what is found says what is in a text. The first condition is
    /// the one that `posts_search` can follow.
    static func isContained(_ text: String, hidingGone hidesGone: Bool) -> SQL {
        let found = isContained(text)
        guard hidesGone else { return found }
        let pattern = likePattern(containing: text, leavingOpen: sigmas)
        let ofAuthor: SQL = "p.author_handle LIKE (\(folded("\(text: pattern)")) COLLATE \"C\")"
        return "(\(found) AND (\(ofAuthor) OR NOT \(GonePosts.isGone)))"
    }

    /// ICU folds the case, whatever the locale of the database is; handles are in lower case already. At the end of a word it writes a sigma
    /// in another way, and a part of a word ends elsewhere: so a sigma in `text` is any letter at first, and one sigma is like another then.
    private static func isContained(_ text: String) -> SQL {
        let found = isLike(likePattern(containing: text, leavingOpen: sigmas)) { $0 }
        guard text.unicodeScalars.contains(where: sigmas.contains) else { return found }
        let exact = isLike(likePattern(containing: text)) { "translate(\($0), 'ς', 'σ')" }
        return "(\(found) AND \(exact))"
    }

    private static let sigmas: Set<Unicode.Scalar> = ["Σ", "σ", "ς"]

    private static func isLike(_ pattern: String, _ form: (SQL) -> SQL) -> SQL {
        let pattern = form(folded("\(text: pattern)"))
        return "(\(form(folded("p.body_text"))) LIKE \(pattern) OR \(form("p.author_handle")) LIKE (\(pattern) COLLATE \"C\"))"
    }

    /// As `posts_search` has it.
    private static func folded(_ text: SQL) -> SQL { "lower(\(text) COLLATE \"und-x-icu\")" }

    /// How long `isContained` takes for one post, in nanoseconds.
    static let cost = 1_200

    static func hasLink(hidingGone hidesGone: Bool) -> SQL { hidesGone ? "(\(hasLink) AND NOT \(GonePosts.isGone))" : hasLink }

    /// Whether the text holds the address of a web page, which has a host: a bare `https://`, or one cut off by `…`, is none. Most texts hold no
    /// "://", which is found out in a third of the time.
    private static let hasLink: SQL = "(p.body_text LIKE '%://%' AND p.body_text ~* 'https?://[^]\\s\u{00A0}\u{3000}/?#:@.,;!()<>\"''…]')"

    /// Whether `posts_search`, which knows texts by the runs of three letters or digits in them, can look for `text`.
    static func hasTrigram(_ text: String) -> Bool {
        var run = 0
        for scalar in text.unicodeScalars {
            let isKnown = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            run = isKnown && !sigmas.contains(scalar) ? run + 1 : 0
            if run == 3 { return true }
        }
        return false
    }

    /// A pattern for `LIKE` that matches any text with `text` in it, with any character for each of `open`.
    static func likePattern(containing text: String, leavingOpen open: Set<Unicode.Scalar> = []) -> String {
        var pattern = "%"
        for scalar in text.unicodeScalars {
            if open.contains(scalar) {
                pattern += "_"
                continue
            }
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern.unicodeScalars.append("\\") }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern + "%"
    }
}
