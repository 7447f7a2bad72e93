public import Domain
internal import Postgres

extension PostgresArchive {
    public func feed(_ filter: PostFilter, sort: PostSort, start: FeedStart, limit: Int) async throws(ArchiveError) -> FeedPage {
        let scan = PostScan(filter: filter, sort: sort, start: start, budget: pageBudget)
        // One more than asked for tells whether there is another page.
        let wanted = limit + 1
        return try await reading {
            func page(_ found: [Post], end: FeedPosition? = nil) -> FeedPage { FeedPage(found, of: scan, limit: limit, end: end) }
            guard scan.isChecked else { return page(try await reader.query(scan.page(wanted))) }
            // What is common fills a page at once, what is rare is found by an index that says that it is, and the rest is looked for.
            let glimpsed = try await look(scan.glance, wanted)
            if glimpsed.end == nil { return page(glimpsed.found) }
            if let few = try await searchFew(scan, wanted) { return page(few) }
            let (found, end) = try await look(scan, wanted)
            guard let end else { return page(found) }
            if let all = try await searchWords(scan, wanted) { return page(all) }
            return page(found, end: end)
        }
    }

    public func curves(of statusIDs: [String]) async throws(ArchiveError) -> [String: [CurvePoint]] {
        try await reading {
            try await reader.query(MetricsQueries.curves(of: statusIDs)).reduce(into: [:]) { $0[$1.statusID, default: []].append($1.point) }
        }
    }

    public func posts(
        _ filter: PostFilter, sort: PostSort, patience: Duration, _ body: @Sendable ([Post]) async -> Void
    ) async throws(ArchiveError) {
        // One statement, so that all of them are of one moment.
        let all = PostQueries.all(filter, sort: sort)
        try await reading {
            try await reader.withConnection { connection in try await connection.forEach(all, timeout: patience, body) }
        }
    }

    /// What a scan finds, and where it stopped when that is less than there may be.
    private func look(_ scan: PostScan, _ limit: Int) async throws -> (found: [Post], end: FeedPosition?) {
        let rows = try await reader.query(scan.checkedPage(limit))
        return (rows.compactMap(\.post), rows.first?.end)
    }

    /// All that pass, where an index counts few that may; nil where none does.
    private func searchFew(_ scan: PostScan, _ limit: Int) async throws -> [Post]? {
        let search = PostSearch(scan: scan)
        guard let fewest = search.fewest else { return nil }
        return try await reader.transaction(readOnly: true) { connection in
            try await connection.execute(PostSearch.byIndex)
            guard let place = try await connection.queryOptional(fewest) else { return nil }
            return try await connection.query(search.page(limit, outOf: place))
        }
    }

    /// All that pass, where the index of the words leads to them in a short time; nil where it does not.
    private func searchWords(_ scan: PostScan, _ limit: Int) async throws -> [Post]? {
        let search = PostSearch(scan: scan)
        guard search.goesByWords else { return nil }
        do {
            return try await reader.transaction(readOnly: true) { connection in
                try await connection.execute(PostSearch.byIndex)
                return try await connection.query(search.page(limit), timeout: Self.searchTime)
            }
        } catch let error as PostgresError where error.kind == .timeout {
            return nil
        }
    }

    /// How long a page may wait for the indexes to find rare posts, before it is answered with what a scan has found.
    private static let searchTime = Duration.milliseconds(60)
}

extension FeedPage {
    /// - Parameters:
    ///   - found: up to one post more than `limit`, the nearest to the start of `scan` first.
    ///   - end: the last place that was looked at, when it may go on behind it.
    fileprivate init(_ found: [Post], of scan: PostScan, limit: Int, end: FeedPosition?) {
        var posts = Array(found.prefix(limit))
        if scan.isBackward { posts.reverse() }
        func place(_ post: Post?) -> FeedPosition? { post.map { FeedPosition($0, in: scan.sort) } }
        // Where the page ends in the direction of the scan; nil when the list does.
        let stop = found.count > limit ? place(found[limit - 1]) : end
        switch scan.start {
        case .first: self.init(posts: posts, next: stop.map(FeedStart.after), previous: nil)
        case .after:
            self.init(posts: posts, next: stop.map(FeedStart.after), previous: .before(place(posts.first) ?? stop ?? scan.sort.last))
        case .before:
            self.init(posts: posts, next: .after(place(posts.last) ?? stop ?? scan.sort.first), previous: stop.map(FeedStart.before))
        }
    }
}

extension PostSort {
    /// The places before and behind every post, for what goes on from an empty page.
    fileprivate var first: FeedPosition {
        FeedPosition(rank: self == .discovered ? Timestamp.latest.microseconds : .max, statusID: Self.behindEveryID)
    }
    fileprivate var last: FeedPosition {
        FeedPosition(rank: self == .discovered ? Timestamp.earliest.microseconds : .min, statusID: "")
    }
}
