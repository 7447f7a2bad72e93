/// What the rules did to one table: changed values, rejected rows, unmapped source columns.
struct RuleTally: Sendable {
    struct Entry: Hashable, Sendable {
        var rule: Rule
        var column: String
    }

    /// How often a rule applied, and the keys of the first rows that it applied to.
    struct Tally: Hashable, Sendable {
        var count = 0
        var firstKeys: [String] = []
    }

    /// How many keys a tally remembers.
    static let rememberedKeys = 10
    /// How many letters of a key: a key may be as long as a value.
    static let shownOfKey = 300

    private(set) var changes: [Entry: Tally] = [:]
    /// Source column → values that are not null, of rows that kept the rules.
    private(set) var unmapped: [String: Int] = [:]
    /// Source column → values that are not null and that were read, of all rows.
    private(set) var read: [String: Int] = [:]
    /// Target columns that the rows had no source column for, as long as no row has one.
    private(set) var missing: Set<String>?
    private(set) var rejects: [Entry: Tally] = [:]

    var rejected: Int { rejects.values.reduce(0) { $0 + $1.count } }

    /// - Parameter key: the key of the row, asked for only while it is remembered.
    mutating func count(_ entry: Entry, key: @autoclosure () -> String) { changes[entry, default: Tally()].add(key()) }
    mutating func countReject(_ entry: Entry, key: @autoclosure () -> String) { rejects[entry, default: Tally()].add(key()) }
    mutating func countRead(_ column: String, _ values: Int) { read[column, default: 0] += values }
    mutating func noteMissing(_ columns: [String]) { missing = missing?.intersection(columns) ?? Set(columns) }
    mutating func countUnmapped(_ column: String, isNull: Bool) { unmapped[column, default: 0] += isNull ? 0 : 1 }
}

extension RuleTally.Tally {
    fileprivate mutating func add(_ key: @autoclosure () -> String) {
        count += 1
        if firstKeys.count < RuleTally.rememberedKeys { firstKeys.append(String(key().prefix(RuleTally.shownOfKey))) }
    }
}
