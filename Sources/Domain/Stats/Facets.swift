/// How the posts of a filter are spread over the values that further filters could ask for.
public struct Facets: Hashable, Sendable {
    public var tiers = TierCounts()
    public var significant = ByFlag()
    public var reported = ByFlag()
    /// Posts by the handle of their author.
    public var handles = Values()
    /// Posts by the query that found them; nil stands for posts without one, and an empty text for all queries that are too long to be asked for.
    public var sourceQueries = Values()

    /// Most bytes of a query that can be asked for.
    public static let longestValue = 1_024

    public init() {}

    /// Each post has one tier or none.
    public var total: Int64 { tiers.total }

    /// Numbers of posts for which something is true or false.
    public struct ByFlag: Hashable, Sendable {
        private var counts: [Bool: Int64] = [:]

        public init() {}

        public subscript(value: Bool) -> Int64 {
            get { counts[value] ?? 0 }
            set { counts[value] = newValue }
        }
    }

    /// Numbers of posts by the values of a text.
    public struct Values: Hashable, Sendable {
        private var counts: [String?: Int64] = [:]

        public init() {}

        public subscript(value: String?) -> Int64 {
            get { counts[value] ?? 0 }
            set { counts[value] = newValue }
        }

        /// The `limit` most frequent values, the most frequent first and those of one number in bytewise order, and what is left, which is
        /// where an empty text belongs.
        public func ranked(_ limit: Int) -> Ranking {
            let sorted = counts.filter { $0.key != "" }.sorted { one, other in
                one.value != other.value ? one.value > other.value : Self.isOrdered(one.key, other.key)
            }
            let rest = sorted.dropFirst(limit).map(\.value) + [counts[""]].compactMap(\.self)
            return Ranking(
                top: sorted.prefix(limit).map { .init(value: $0.key, count: $0.value) },
                otherValues: Int64(rest.count), otherPosts: rest.reduce(0, +))
        }

        private static func isOrdered(_ one: String?, _ other: String?) -> Bool {
            guard let one, let other else { return one != nil }
            return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
    }

    /// The most frequent values.
    public struct Ranking: Hashable, Sendable {
        /// A value, and how many posts have it; nil is none.
        public struct Entry: Hashable, Sendable {
            public var value: String?
            public var count: Int64
        }

        public var top: [Entry]
        /// How many further values there are, and how many posts have one of them.
        public var otherValues: Int64
        public var otherPosts: Int64
    }
}
