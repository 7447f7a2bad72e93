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

    /// What was changed, by the place of its entry.
    private var tallies: [Tally] = []
    private var places: [Entry: Int] = [:]
    /// Source column → values that are not null, of rows that kept the rules.
    private(set) var unmapped: [String: Int] = [:]
    /// Source column → values that are not null and that were read, of all rows.
    private(set) var read: [String: Int] = [:]
    /// Target columns that the rows had no source column for, as long as no row has one.
    private(set) var missing: Set<String>?
    private(set) var rejects: [Entry: Tally] = [:]
    /// Rows of erased posts. They are no rejected rows: nothing is kept of them.
    private(set) var erased = 0

    var changes: [Entry: Tally] { places.mapValues { tallies[$0] }.filter { $0.value.count > 0 } }

    var rejected: Int { rejects.values.reduce(0) { $0 + $1.count } }

    /// Where `entry` is counted. A million rows count something, in many columns each, and do not look it up every time.
    mutating func place(of entry: Entry) -> Int {
        if let place = places[entry] { return place }
        places[entry] = tallies.count
        tallies.append(Tally())
        return tallies.count - 1
    }

    /// - Parameter key: the key of the row, asked for only while it is remembered.
    mutating func countChange(at place: Int, key: @autoclosure () -> String) { tallies[place].add(key()) }
    mutating func countReject(_ entry: Entry, key: @autoclosure () -> String) { rejects[entry, default: Tally()].add(key()) }
    mutating func countErased() { erased += 1 }
    mutating func countRead(_ column: String, _ values: Int) { read[column, default: 0] += values }
    mutating func noteMissing(_ columns: [String]) { missing = missing?.intersection(columns) ?? Set(columns) }
    mutating func countUnmapped(_ column: String, _ values: Int) { unmapped[column, default: 0] += values }
}

extension RuleTally.Tally {
    fileprivate mutating func add(_ key: @autoclosure () -> String) {
        count += 1
        if firstKeys.count < RuleTally.rememberedKeys { firstKeys.append(String(key().prefix(RuleTally.shownOfKey))) }
    }
}
