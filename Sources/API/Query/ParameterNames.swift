internal import Domain

/// The query parameters that an operation takes.
struct ParameterNames: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// Those that may occur once, and those that may be repeated.
    var single: Set<String>
    var repeatable: Set<String>
    /// Whether others may come as well, and are ignored.
    var ignoresOthers = false

    init(single: Set<String> = [], repeatable: Set<String> = []) {
        self.single = single
        self.repeatable = repeatable
    }

    init(arrayLiteral names: String...) { self.init(single: Set(names)) }

    /// The filters of the posts.
    static let filters = ParameterNames(
        single: Set(PostFilter.Field.allCases.filter { !$0.isRepeatable }.flatMap(\.parameters) + ["tz"]),
        repeatable: Set(PostFilter.Field.allCases.filter(\.isRepeatable).flatMap(\.parameters)))

    /// What a provider adds to the address that it sends a reader back to. Most add some of their own.
    static let ofSignIn = {
        var names: ParameterNames = ["code", "state", "iss", "error"]
        names.ignoresOthers = true
        return names
    }()

    static func + (one: ParameterNames, other: ParameterNames) -> ParameterNames {
        ParameterNames(single: one.single.union(other.single), repeatable: one.repeatable.union(other.repeatable))
    }
}
