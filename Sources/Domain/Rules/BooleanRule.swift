/// The words that the collector's database has used for a boolean.
public enum BooleanRule {
    /// The value of a word in any case; nil for anything else.
    public static func parse(_ word: some StringProtocol) -> Bool? {
        switch word.lowercased() {
        case "1", "true", "t", "yes", "y": true
        case "0", "false", "f", "no", "n": false
        default: nil
        }
    }
}
