internal import Domain
internal import Postgres

/// `PostFilter` as conditions on `posts AS p`.
enum PostFilterSQL {
    /// In any order, for statements that go through all posts that pass.
    static func conditions(_ filter: PostFilter) -> [SQL] { all(filter).map(\.sql) }

    /// Those of which an index in the order of discovery can follow one come first, the most telling one at the front.
    static func all(_ filter: PostFilter) -> [Predicate] {
        [handles(filter.handles), significance(filter.isSignificant), tier(filter.tiers)].compactMap { $0 }
            + ranges(filter) + texts(filter) + others(filter)
    }

    private static func handles(_ handles: [String]) -> Predicate? {
        // Byte for byte, as Postgres compares them: two strings that are one to Swift can be two authors.
        let each = Set(handles.map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }.sorted()
        let parts = each.map { Predicate.Part(column: "p.author_handle", value: "\(text: $0)") }
        switch parts.count {
        case 0: return nil
        case 1: return Predicate(parts[0].condition, index: .parts(parts, cost: 1_900))
        default:
            let any: SQL = "p.author_handle = ANY(\(textArray: each))"
            return Predicate(any, index: parts.count <= mostParts ? .parts(parts, cost: 1_900) : .counted("posts AS p WHERE \(any)"))
        }
    }

    /// To plan a scan that merges more parts takes longer than to check what it would pass over.
    private static let mostParts = 8

    private static func significance(_ isSignificant: Bool?) -> Predicate? {
        switch isSignificant {
        case true:
            Predicate("p.is_significant", index: .parts([Predicate.Part(column: "p.is_significant", value: "true")], cost: 1_000))
        case false: Predicate("NOT p.is_significant")
        case nil: nil
        }
    }

    private static func tier(_ tiers: [WatchTier?]) -> Predicate? {
        let names = Set(tiers.compactMap { $0?.rawValue }).sorted()
        let none: SQL = "p.watch_tier IS NULL"
        guard !names.isEmpty else { return tiers.isEmpty ? nil : Predicate(none) }
        let named: SQL = "p.watch_tier = ANY(\(textArray: names))"
        if tiers.contains(nil) { return Predicate("(\(named) OR \(none))") }
        let parts = names.map { Predicate.Part(column: "p.watch_tier", value: "\(text: $0)") }
        return Predicate(named, index: .parts(parts, cost: 1_000))
    }

    /// Conditions on what posts can be sorted by.
    private static func ranges(_ filter: PostFilter) -> [Predicate] {
        var ranges: [Predicate] = []
        let discovered = [
            filter.since.map { "p.discovered_at >= \(timestamp: $0.microseconds)" as SQL },
            filter.until.map { "p.discovered_at <= \(timestamp: $0.microseconds)" },
        ].compactMap { $0 }
        if !discovered.isEmpty { ranges.append(Predicate(discovered.joined(separator: " AND "), index: .range(.discovered))) }
        if filter.postedSince != nil || filter.postedUntil != nil {
            // The least rank is that of posts without a time.
            let (since, until) = (filter.postedSince ?? .earliest, filter.postedUntil ?? .latest)
            let (least, most) = ("\(int64: since.microseconds)", "\(int64: until.microseconds)") as (SQL, SQL)
            ranges.append(
                Predicate(
                    "posting_rank(p.status_id) BETWEEN \(least) AND \(most)", index: .range(.posted), cost: 500,
                    // BETWEEN would work the rank out twice.
                    check: since <= until ? "posting_rank(p.status_id) <@ int8range(\(least), \(most), '[]')" : "false"))
        }
        if filter.minimum.likes > 0 { ranges.append(Predicate("p.likes >= \(int64: filter.minimum.likes)", index: .range(.likes))) }
        if filter.minimum.views > 0 { ranges.append(Predicate("p.views >= \(int64: filter.minimum.views)", index: .range(.views))) }
        return ranges
    }

    private static func texts(_ filter: PostFilter) -> [Predicate] {
        let excluded = filter.excluded.map { Predicate("\(SearchText.isContained($0)) IS NOT TRUE", cost: SearchText.cost) }
        guard let text = filter.text else { return excluded }
        let index: Predicate.Index = SearchText.hasTrigram(text) ? .words : .none
        return [Predicate(SearchText.isContained(text), index: index, cost: SearchText.cost)] + excluded
    }

    private static func others(_ filter: PostFilter) -> [Predicate] {
        var others: [Predicate] = []
        if !filter.sourceQueries.isEmpty {
            let query: SQL = filter.sourceQueries.contains("") ? "coalesce(p.source_query, '')" : "p.source_query"
            others.append(Predicate("\(query) = ANY(\(textArray: filter.sourceQueries))"))
        }
        if let isReported = filter.isReported {
            others.append(
                Predicate(
                    "\(isReported ? "" : "NOT ")EXISTS (SELECT FROM reports AS r WHERE r.status_id = p.status_id)",
                    index: isReported ? .counted("reports") : .none, cost: 1_200,
                    check: "\(PostQueries.reportedAt) \(isReported ? "IS NOT NULL" : "IS NULL")"))
        }
        if let hasLink = filter.hasLink {
            others.append(Predicate("\(SearchText.hasLink) IS \(hasLink ? "TRUE" : "NOT TRUE")", cost: 500))
        }
        if filter.minimum.reposts > 0 { others.append(Predicate("p.reposts >= \(int64: filter.minimum.reposts)")) }
        if filter.minimum.replies > 0 { others.append(Predicate("p.replies >= \(int64: filter.minimum.replies)")) }
        return others
    }
}
