internal import Domain

/// A rule of the import, by the name that reports and the reject file use.
public enum Rule: String, CaseIterable, Sendable, Comparable {
    case required, id, url, handle, text, tier, boolean, timestamp, counter, delta, vector, orphan, json
    /// A value is longer than the archive takes, or a key than an index holds.
    case length
    /// A moment lies ahead of the database's clock.
    case future
    /// An operator keeps the author of the post out of the archive.
    case blocked
    /// An operator erased the post, or the one that the row hangs on.
    case erased
    case runMode = "run_mode"
    case dimensions = "dims"
    /// An older column name was read.
    case alias
    /// A null became the default of its column.
    case fallback = "default"

    public static func < (left: Rule, right: Rule) -> Bool { left.rawValue < right.rawValue }

    /// What a value has to be, for people.
    public var demand: String {
        switch self {
        case .required: "a value is required"
        case .id: "an id is text or an integer, not empty, and not what a spreadsheet makes of a number"
        case .url: "an address starts with http:// or https://"
        case .handle: "a handle is not empty"
        case .text: "text is UTF-8 without U+0000"
        case .tier: "a tier is teammate, influencer or ecosystem"
        case .boolean: "a boolean is 0/1, true/false, t/f, yes/no or y/n"
        case .timestamp: "a timestamp is ISO 8601 with at most six fraction digits, or up to nine where those behind the sixth are zeros"
        case .counter: "a counter is an integer of 0 or more"
        case .delta: "a change is an integer"
        case .vector: "a vector is a JSON array of finite numbers, as many as dims says"
        case .orphan: "the post it refers to has to be there"
        case .json: "a line is one JSON object"
        case .length: "a value has \(TextRule.maxBytes) bytes at most, one of a key \(TextRule.maxKeyBytes)"
        case .future: "a moment is at most ten minutes ahead of the clock; --allow-future keeps it"
        case .blocked: "the author of a post is not blocked; `xmonitor ops blocked` lists who is"
        case .erased: "a post that was erased stays out"
        case .runMode: "a mode is priority, discovery, both, refresh24h or manual"
        case .dimensions: "dims is an integer of 0 or more"
        case .alias: "an older column name"
        case .fallback: "a missing value"
        }
    }
}

/// A row that breaks a rule.
struct Violation: Error {
    var rule: Rule
    var column: String
    var cell: SourceCell
}
