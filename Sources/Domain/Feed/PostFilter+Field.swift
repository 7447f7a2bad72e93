extension PostFilter {
    /// The table of filters: the parameter of each, the kind of its values, and the member of `PostFilter` that holds them.
    ///
    /// Queries, cursors, file names and SQL go through this table. A cursor is bound to every field.
    ///
    /// A new filter is a member of `PostFilter`, a case here, a predicate in `PostFilter+SQL.swift`, and a row of
    /// `web/js/address/filters.js`; the tests go through the cases.
    public enum Field: String, CaseIterable, Sendable {
        case discovered, posted, tier
        case notTier = "not_tier"
        case handle
        case notHandle = "not_handle"
        case sourceQuery = "source_query"
        case significant, reported
        case hasLink = "has_link"
        case minLikes = "min_likes"
        case minReposts = "min_reposts"
        case minReplies = "min_replies"
        case minViews = "min_views"
        case text = "q"
        case exclude

        /// The member of `PostFilter` that holds the values of a field.
        public typealias Member<Value> = any WritableKeyPath<PostFilter, Value> & Sendable

        /// The kind of a field's values, and where they are held.
        public enum Kind: Sendable {
            /// Two parameters, `since` and `until` behind a prefix.
            case range(prefix: String, since: Member<Timestamp?>, until: Member<Timestamp?>)
            case tiers(Member<[WatchTier?]>)
            case handles(Member<[String]>)
            case texts(Member<[String]>)
            case text(Member<String?>)
            case flag(Member<Bool?>)
            case count(Member<Int64>)
        }

        public var kind: Kind {
            switch self {
            case .discovered: .range(prefix: "", since: \.since, until: \.until)
            case .posted: .range(prefix: "posted_", since: \.postedSince, until: \.postedUntil)
            case .tier: .tiers(\.tiers)
            case .notTier: .tiers(\.excludedTiers)
            case .handle: .handles(\.handles)
            case .notHandle: .handles(\.excludedHandles)
            case .sourceQuery: .texts(\.sourceQueries)
            case .significant: .flag(\.isSignificant)
            case .reported: .flag(\.isReported)
            case .hasLink: .flag(\.hasLink)
            case .minLikes: .count(\.minimum.likes)
            case .minReposts: .count(\.minimum.reposts)
            case .minReplies: .count(\.minimum.replies)
            case .minViews: .count(\.minimum.views)
            case .text: .text(\.text)
            case .exclude: .texts(\.excluded)
            }
        }

        /// Its parameters in a query.
        public var parameters: [String] {
            if case .range(let prefix, _, _) = kind { [prefix + "since", prefix + "until"] } else { [rawValue] }
        }

        /// Whether its parameter may occur more than once.
        public var isRepeatable: Bool {
            switch kind {
            case .tiers, .handles, .texts: true
            case .range, .text, .flag, .count: false
            }
        }

        /// Whether an empty value asks for posts without one.
        public var takesEmpty: Bool { self == .sourceQuery }

        /// What one value of its parameter, or a range in words, is called in the name of a view.
        public func words(_ value: String) -> String {
            switch self {
            case .discovered, .handle: value
            case .posted: "posted \(value)"
            case .tier: value == "none" ? "without tier" : value
            case .notTier: value == "none" ? "with tier" : "without \(value)"
            case .notHandle: "without \(value)"
            case .sourceQuery: value.isEmpty ? "found by no query" : "found by \(value)"
            case .significant: value == "true" ? "significant" : "not significant"
            case .reported: value == "true" ? "reported" : "not reported"
            case .hasLink: value == "true" ? "with link" : "without link"
            case .minLikes: "\(value) likes or more"
            case .minReposts: "\(value) reposts or more"
            case .minReplies: "\(value) replies or more"
            case .minViews: "\(value) views or more"
            case .text: "“\(value)”"
            case .exclude: "without “\(value)”"
            }
        }
    }
}
