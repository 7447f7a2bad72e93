/// A cache of bounded size that forgets entries that are not asked for.
///
/// Two generations bound it: when the younger is full it becomes the older, and what was neither kept nor found since is forgotten.
struct TwoGenerationCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var value: Value
        var size: Int
    }

    /// The most that the sizes of a generation come to.
    private let capacity: Int
    private var young: [Key: Entry] = [:]
    private var old: [Key: Entry] = [:]
    private var size = 0

    init(capacity: Int) { self.capacity = capacity }

    mutating func find(_ key: Key) -> Value? {
        if let entry = young[key] { return entry.value }
        guard let entry = old[key] else { return nil }
        keep(key, entry.value, size: entry.size)
        return entry.value
    }

    /// In place of what was there under the same key.
    mutating func keep(_ key: Key, _ value: Value, size newSize: Int = 1) {
        let oldSize = young[key]?.size ?? 0
        if size - oldSize + newSize > capacity {
            (young, old, size) = ([:], young, newSize)
        } else {
            size += newSize - oldSize
        }
        young[key] = Entry(value: value, size: newSize)
    }
}
