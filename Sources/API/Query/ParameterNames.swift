internal import Domain

/// The query parameters that an operation takes.
struct ParameterNames: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// Those that may occur once, and those that may be repeated.
    var single: Set<String>
    var repeatable: Set<String>

    init(single: Set<String> = [], repeatable: Set<String> = []) {
        self.single = single
        self.repeatable = repeatable
    }

    init(arrayLiteral names: String...) { self.init(single: Set(names)) }

    /// The filters of the posts.
    static let filters = ParameterNames(
        single: Set(PostFilter.Field.allCases.filter { !$0.isRepeatable }.flatMap(\.parameters) + ["tz"]),
        repeatable: Set(PostFilter.Field.allCases.filter(\.isRepeatable).flatMap(\.parameters)))

    static func + (one: ParameterNames, other: ParameterNames) -> ParameterNames {
        ParameterNames(single: one.single.union(other.single), repeatable: one.repeatable.union(other.repeatable))
    }
}
