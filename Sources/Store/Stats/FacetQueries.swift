internal import Domain
internal import Postgres

/// How posts are spread over the values of their columns.
enum FacetQueries {
    enum Count: Sendable {
        case tier(WatchTier?, Int64)
        case significant(Bool, Int64)
        case reported(Bool, Int64)
        case handle(String, Int64)
        case sourceQuery(String?, Int64)
    }

    /// The posts of `filter` by each of the facets, in one pass.
    static func counts(_ filter: PostFilter) -> Statement<Count> {
        Statement(
            "stats.facets",
            """
            SELECT GROUPING(p.watch_tier, p.is_significant, r.status_id IS NOT NULL, p.author_handle, \(sourceQuery)), count(*),
                   p.watch_tier, p.is_significant, r.status_id IS NOT NULL, p.author_handle, \(sourceQuery)
            FROM \(AggregateSlices.posts(filter))
            GROUP BY GROUPING SETS (
                (p.watch_tier), (p.is_significant), (r.status_id IS NOT NULL), (p.author_handle), (\(sourceQuery)))
            """, read: count)
    }

    /// As `Facets.sourceQueries` has it. How long a text is tells its head; a long one is not read.
    private static let sourceQuery: SQL = """
        CASE WHEN octet_length(p.source_query) BETWEEN 1 AND \(number: Facets.longestValue) THEN p.source_query
             WHEN octet_length(p.source_query) > 0 THEN '' END
        """

    /// `GROUPING` has a bit for each column that a row is not grouped by, the first column's the highest.
    private static func count(_ row: inout RowReader) throws -> Count {
        let (grouping, posts, tier) = (try row.int64(), try row.int64(), try row.tierOrNil())
        let (isSignificant, isReported) = (try row.boolOrNil(), try row.boolOrNil())
        let (handle, sourceQuery) = (try row.textOrNil(), try row.textOrNil())
        return switch grouping {
        case 0b01111: .tier(tier, posts)
        case 0b10111: .significant(isSignificant ?? false, posts)
        case 0b11011: .reported(isReported ?? false, posts)
        case 0b11101: .handle(handle ?? "", posts)
        default: .sourceQuery(sourceQuery, posts)
        }
    }
}

extension Facets {
    mutating func add(_ count: FacetQueries.Count) {
        switch count {
        case .tier(let tier, let posts): tiers[tier] += posts
        case .significant(let flag, let posts): significant[flag] += posts
        case .reported(let flag, let posts): reported[flag] += posts
        case .handle(let handle, let posts): handles[handle] += posts
        case .sourceQuery(let query, let posts): sourceQueries[query] += posts
        }
    }
}
