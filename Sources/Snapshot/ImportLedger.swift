/// What the rules did to one table: every value that they changed, every name that nobody mapped.
struct ImportLedger: Sendable {
    struct Entry: Hashable, Sendable {
        var rule: Rule
        var column: String
    }

    private(set) var changes: [Entry: Int] = [:]
    /// Source column → values that are not null.
    private(set) var unmapped: [String: Int] = [:]
    private(set) var rejects: [Entry: Int] = [:]

    mutating func count(_ rule: Rule, _ column: String) { changes[Entry(rule: rule, column: column), default: 0] += 1 }
    mutating func countReject(_ rule: Rule, _ column: String) { rejects[Entry(rule: rule, column: column), default: 0] += 1 }
    mutating func countUnmapped(_ column: String, isNull: Bool) { unmapped[column, default: 0] += isNull ? 0 : 1 }
}
