internal import Domain
internal import Postgres

/// `PostFilter` as conditions on `posts AS p LEFT JOIN reports AS r`.
enum PostFilterSQL {
    static func conditions(_ filter: PostFilter) -> [SQL] {
        ranges(filter).map(\.sql) + equalities(filter).map(\.sql) + others(filter)
    }

    /// The conditions in two parts: those that an index in the order of `sort` follows, so that it leads to no post that fails
    /// them, and those that have to be looked at post by post.
    static func conditions(_ filter: PostFilter, sort: PostSort) -> (followed: [SQL], checked: [SQL]) {
        let (ranges, equalities) = (ranges(filter), equalities(filter))
        var followed = ranges.filter { $0.sort == sort }.map(\.sql)
        var checked = ranges.filter { $0.sort != sort }.map(\.sql)
        // Each of them has an index in the order of discovery, and a scan follows one index.
        for (place, equality) in equalities.enumerated() {
            if place == 0, sort == .discovered, equality.isIndexed { followed.append(equality.sql) } else { checked.append(equality.sql) }
        }
        return (followed, checked + others(filter))
    }

    /// Whether an index may find the posts that pass `filter` without going through those that do not.
    static func isSelective(_ filter: PostFilter, sort: PostSort) -> Bool {
        ranges(filter).contains { $0.sort != sort } || !filter.handles.isEmpty || filter.isSignificant == true
            || filter.text.map(SearchText.hasTrigram) ?? false
    }

    /// Conditions on what posts can be sorted by, which an index in that order follows.
    private static func ranges(_ filter: PostFilter) -> [(sort: PostSort, sql: SQL)] {
        var ranges: [(PostSort, SQL)] = []
        if let since = filter.since { ranges.append((.discovered, "p.discovered_at >= \(timestamp: since.microseconds)")) }
        if let until = filter.until { ranges.append((.discovered, "p.discovered_at <= \(timestamp: until.microseconds)")) }
        if filter.postedSince != nil || filter.postedUntil != nil {
            // The least rank is that of posts without a time.
            let (since, until) = (filter.postedSince ?? .earliest, filter.postedUntil ?? .latest)
            let range: SQL = "BETWEEN \(int64: since.microseconds) AND \(int64: until.microseconds)"
            ranges.append((.posted, "posting_rank(p.status_id) \(range)"))
        }
        if filter.minimum.likes > 0 { ranges.append((.likes, "p.likes >= \(int64: filter.minimum.likes)")) }
        if filter.minimum.views > 0 { ranges.append((.views, "p.views >= \(int64: filter.minimum.views)")) }
        return ranges
    }

    /// Conditions on columns of few values, the most telling one first.
    private static func equalities(_ filter: PostFilter) -> [(sql: SQL, isIndexed: Bool)] {
        var equalities: [(SQL, Bool)] = []
        switch filter.handles.count {
        case 0: break
        case 1: equalities.append(("p.author_handle = \(text: filter.handles[0])", true))
        default: equalities.append(("p.author_handle = ANY(\(textArray: filter.handles))", false))
        }
        switch filter.isSignificant {
        case true: equalities.append(("p.is_significant", true))
        case false: equalities.append(("NOT p.is_significant", false))
        case nil: break
        }
        if !filter.tiers.isEmpty { equalities.append(tier(filter.tiers)) }
        return equalities
    }

    private static func tier(_ tiers: [WatchTier?]) -> (SQL, isIndexed: Bool) {
        let names = Set(tiers.compactMap { $0?.rawValue }).sorted()
        let none: SQL = "p.watch_tier IS NULL"
        if names.isEmpty { return (none, false) }
        let named: SQL = names.count == 1 ? "p.watch_tier = \(text: names[0])" : "p.watch_tier = ANY(\(textArray: names))"
        return tiers.contains(nil) ? ("(\(named) OR \(none))", false) : (named, names.count == 1)
    }

    private static func others(_ filter: PostFilter) -> [SQL] {
        var others: [SQL] = []
        if !filter.sourceQueries.isEmpty { others.append("p.source_query = ANY(\(textArray: filter.sourceQueries))") }
        switch filter.isReported {
        case true: others.append("r.status_id IS NOT NULL")
        case false: others.append("r.status_id IS NULL")
        case nil: break
        }
        switch filter.hasLink {
        case true: others.append("p.body_text ~* 'https?://'")
        case false: others.append("(p.body_text ~* 'https?://') IS NOT TRUE")
        case nil: break
        }
        if filter.minimum.reposts > 0 { others.append("p.reposts >= \(int64: filter.minimum.reposts)") }
        if filter.minimum.replies > 0 { others.append("p.replies >= \(int64: filter.minimum.replies)") }
        if let text = filter.text { others.append(SearchText.isContained(text)) }
        return others + filter.excluded.map { "\(SearchText.isContained($0)) IS NOT TRUE" }
    }
}
