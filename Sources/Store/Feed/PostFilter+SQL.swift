internal import Domain
internal import Postgres

/// `PostFilter` as conditions on `posts AS p`.
enum PostFilterSQL {
    /// In any order, for statements that go through all posts that pass.
    static func conditions(_ filter: PostFilter) -> [SQL] { all(filter).map(\.sql) }

    /// Those of which an index in the order of discovery can follow one come first, the most telling one at the front.
    static func all(_ filter: PostFilter) -> [Predicate] { fields.flatMap { predicates($0, filter) } }

    private static let fields: [PostFilter.Field] = {
        let followed: [PostFilter.Field] = [.handle, .significant, .tier]
        return followed + PostFilter.Field.allCases.filter { !followed.contains($0) }
    }()

    /// What `field` asks of a post; nothing where `filter` does not use it.
    private static func predicates(_ field: PostFilter.Field, _ filter: PostFilter) -> [Predicate] {
        let (least, hidesGone) = (filter.minimum, filter.hidesGoneTexts)
        return switch field {
        case .handle: handles(filter.handles)
        case .notHandle: notHandles(filter.excludedHandles)
        case .significant: significance(filter.isSignificant)
        case .tier: tier(filter.tiers)
        case .notTier: notTier(filter.excludedTiers)
        case .discovered: discovered(filter.since, filter.until)
        case .posted: posted(filter.postedSince, filter.postedUntil)
        case .sourceQuery: sourceQueries(filter.sourceQueries)
        case .reported: reported(filter.isReported)
        case .hasLink:
            filter.hasLink.map { hasLink in
                [Predicate("\(SearchText.hasLink(hidingGone: hidesGone)) IS \(hasLink ? "TRUE" : "NOT TRUE")", cost: 500)]
            } ?? []
        case .minLikes: minimum(least.likes, "p.likes", index: .range(.likes))
        case .minReposts: minimum(least.reposts, "p.reposts")
        case .minReplies: minimum(least.replies, "p.replies")
        case .minViews: minimum(least.views, "p.views", index: .range(.views))
        case .text: text(filter.text, hidesGone)
        case .exclude:
            filter.excluded.map { Predicate("\(SearchText.isContained($0, hidingGone: hidesGone)) IS NOT TRUE", cost: SearchText.cost) }
        }
    }

    private static func handles(_ handles: [String]) -> [Predicate] {
        let each = handles.distinctBytewise
        let parts = each.map { Predicate.Part(column: "p.author_handle", value: "\(text: $0)") }
        switch parts.count {
        case 0: return []
        case 1: return [Predicate(parts[0].condition, index: .parts(parts, cost: 1_900))]
        default:
            let any: SQL = "p.author_handle = ANY(\(textArray: each))"
            return [Predicate(any, index: parts.count <= maxParts ? .parts(parts, cost: 1_900) : .counted("posts AS p WHERE \(any)"))]
        }
    }

    private static func notHandles(_ handles: [String]) -> [Predicate] {
        handles.isEmpty ? [] : [Predicate("p.author_handle <> ALL(\(textArray: handles.distinctBytewise))")]
    }

    /// To plan a scan that merges more parts takes longer than to check what it would pass over.
    private static let maxParts = 8

    private static func significance(_ isSignificant: Bool?) -> [Predicate] {
        switch isSignificant {
        case true:
            [Predicate("p.is_significant", index: .parts([Predicate.Part(column: "p.is_significant", value: "true")], cost: 1_000))]
        case false: [Predicate("NOT p.is_significant")]
        case nil: []
        }
    }

    private static func tier(_ tiers: [WatchTier?]) -> [Predicate] {
        let names = Set(tiers.compactMap { $0?.rawValue }).sorted()
        let none: SQL = "p.watch_tier IS NULL"
        guard !names.isEmpty else { return tiers.isEmpty ? [] : [Predicate(none)] }
        let named: SQL = "p.watch_tier = ANY(\(textArray: names))"
        if tiers.contains(nil) { return [Predicate("(\(named) OR \(none))")] }
        let parts = names.map { Predicate.Part(column: "p.watch_tier", value: "\(text: $0)") }
        return [Predicate(named, index: .parts(parts, cost: 1_000))]
    }

    private static func notTier(_ tiers: [WatchTier?]) -> [Predicate] {
        let names = Set(tiers.compactMap { $0?.rawValue }).sorted()
        var predicates: [Predicate] = names.isEmpty ? [] : [Predicate("(p.watch_tier = ANY(\(textArray: names))) IS NOT TRUE")]
        if tiers.contains(nil) { predicates.append(Predicate("p.watch_tier IS NOT NULL")) }
        return predicates
    }

    private static func discovered(_ since: Timestamp?, _ until: Timestamp?) -> [Predicate] {
        let bounds = [
            since.map { "p.discovered_at >= \(moment: $0)" as SQL },
            until.map { "p.discovered_at <= \(moment: $0)" },
        ].compactMap { $0 }
        return bounds.isEmpty ? [] : [Predicate(bounds.joined(separator: " AND "), index: .range(.discovered))]
    }

    private static func posted(_ since: Timestamp?, _ until: Timestamp?) -> [Predicate] {
        guard since != nil || until != nil else { return [] }
        // The least rank is that of posts without a time.
        let (since, until) = (since ?? .earliest, until ?? .latest)
        let (least, most) = ("\(int64: since.microseconds)", "\(int64: until.microseconds)") as (SQL, SQL)
        return [
            Predicate(
                "posting_rank(p.status_id) BETWEEN \(least) AND \(most)", index: .range(.posted), cost: 500,
                // BETWEEN would work the rank out twice.
                check: since <= until ? "posting_rank(p.status_id) <@ int8range(\(least), \(most), '[]')" : "false")
        ]
    }

    private static func sourceQueries(_ queries: [String]) -> [Predicate] {
        guard !queries.isEmpty else { return [] }
        let query: SQL = queries.contains("") ? "coalesce(p.source_query, '')" : "p.source_query"
        return [Predicate("\(query) = ANY(\(textArray: queries))")]
    }

    private static func reported(_ isReported: Bool?) -> [Predicate] {
        guard let isReported else { return [] }
        return [
            Predicate(
                "\(isReported ? "" : "NOT ")EXISTS (SELECT FROM reports AS r WHERE r.status_id = p.status_id)",
                index: isReported ? .counted("reports") : .none, cost: 1_200,
                check: "\(PostQueries.reportedAt) \(isReported ? "IS NOT NULL" : "IS NULL")")
        ]
    }

    private static func minimum(_ least: Int64, _ column: SQL, index: Predicate.Index = .none) -> [Predicate] {
        least > 0 ? [Predicate("\(column) >= \(int64: least)", index: index)] : []
    }

    private static func text(_ text: String?, _ hidesGone: Bool) -> [Predicate] {
        guard let text else { return [] }
        return [
            Predicate(
                SearchText.isContained(text, hidingGone: hidesGone), index: SearchText.hasTrigram(text) ? .trigrams : .none,
                cost: SearchText.cost)
        ]
    }
}
