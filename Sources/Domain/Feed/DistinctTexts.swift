extension Sequence<String> {
    /// Each text once, in order, compared byte by byte as Postgres does: two strings that are equal in Swift can be two authors.
    public var distinctBytewise: [String] {
        Set(map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
    }
}
