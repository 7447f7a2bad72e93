/// Which statements this connection has prepared, and under which name: a bounded cache, least recently used out first.
struct PreparedStatements {
    /// The parameter types belong to the key: the same text with other types is another statement to the server.
    private struct Key: Hashable {
        let sql: String
        let oids: [UInt32]
    }

    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    static let capacity = 256
    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0
    private var lastNumber: UInt64 = 0
    /// Where a pooler hands sessions of the server round, another connection's statement never answers to a name of this one.
    private let prefix = "s" + String(UInt64.random(in: .min ... .max), radix: 36)

    init() {}

    /// Whether the server still has statements that are not in here any more, but for those that fell out one by one.
    private(set) var hasForgotten = false

    /// Forgets all of them, because plans no longer fit the tables. No name is given out twice.
    mutating func forget() {
        entries = [:]
        hasForgotten = true
    }

    /// The server was told to forget them too.
    mutating func deallocated() { hasForgotten = false }

    mutating func name(sql: String, oids: [UInt32]) -> String? {
        clock += 1
        let key = Key(sql: sql, oids: oids)
        entries[key]?.lastUse = clock
        return entries[key]?.name
    }

    /// A name no statement had before, of this connection or of another.
    mutating func newName() -> String {
        lastNumber += 1
        return "\(prefix)_\(lastNumber)"
    }

    /// Returns the name that fell out, to be deallocated.
    mutating func insert(_ name: String, sql: String, oids: [UInt32]) -> String? {
        clock += 1
        var evicted: String?
        if entries.count >= Self.capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            evicted = oldest.value.name
        }
        entries[Key(sql: sql, oids: oids)] = Entry(name: name, lastUse: clock)
        return evicted
    }
}
