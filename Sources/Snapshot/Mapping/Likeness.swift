internal import Foundation

/// Whether a table or column that nobody reads may be one that is missing, judged by the words of its name.
///
/// It is apart from the names by which the import reads, on purpose: it is there for what those do not know.
enum Likeness {
    /// What X and other programs call what the archive calls otherwise.
    private static let synonyms = [
        "favorite": "like", "favourite": "like", "fav": "like", "impression": "view", "comment": "reply", "retweet": "repost",
        "share": "repost", "tweet": "post", "status": "post", "message": "text",
    ]

    /// Whether `name` may be meant by one of `known`: the words of one are among those of the other, or its letters begin with all of
    /// the other's.
    static func mayBe(_ name: String, oneOf known: [String]) -> Bool {
        let (words, letters) = (words(name), letters(name))
        guard !words.isEmpty else { return false }
        return known.contains { other in
            let others = Self.words(other)
            return words.isSubset(of: others) || others.isSubset(of: words) || letters.hasPrefix(Self.letters(other))
        }
    }

    /// The words of `name`, told apart by anything that is no letter or digit and by capitals, in the singular.
    static func words(_ name: String) -> Set<String> {
        var words: [String] = [""]
        var isAfterSmallLetter = false
        for character in name.precomposedStringWithCompatibilityMapping {
            if !character.isLetter && !character.isNumber || character.isUppercase && isAfterSmallLetter { words.append("") }
            if character.isLetter || character.isNumber { words[words.count - 1] += character.lowercased() }
            isAfterSmallLetter = character.isLowercase
        }
        return Set(words.filter { !$0.isEmpty }.map(singular).map { synonyms[$0] ?? $0 })
    }

    private static func singular(_ word: String) -> String {
        if word.count > 4, word.hasSuffix("ies") { return word.dropLast(3) + "y" }
        return word.count > 3 && word.hasSuffix("s") && word != "status" ? String(word.dropLast()) : word
    }

    private static func letters(_ name: String) -> String {
        name.precomposedStringWithCompatibilityMapping.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
