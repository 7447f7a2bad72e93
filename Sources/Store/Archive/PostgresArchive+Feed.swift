public import Domain
internal import Postgres

extension PostgresArchive {
    public func feed(_ filter: PostFilter, sort: PostSort, start: FeedStart, limit: Int) async throws(ArchiveError) -> FeedPage {
        let scan = FeedScan(filter: shown(filter), sort: sort, start: start, budget: pageBudget)
        // One more than asked for tells whether there is another page.
        let wanted = limit + 1
        return try await mappingErrors {
            let (found, end) = try await find(scan, wanted)
            let wished = found.prefix(limit)
            let texts = try await texts(of: wished, from: reader)
            // What there is no room for begins the next page.
            let fitting = wished.prefix { !texts.leftOut.contains($0.post.statusID) }
            let last = fitting.count < found.count ? fitting.last.map { FeedPosition($0.post, in: sort) } : end
            return FeedPage(fitting.compactMap { texts.whole($0).map(shown) }, of: scan, last: last, isFull: fitting.count < wished.count)
        }
    }

    public func curves(of statusIDs: [String]) async throws(ArchiveError) -> [String: [CurvePoint]] {
        try await mappingErrors {
            try await reader.query(MetricsQueries.curves(of: statusIDs)).reduce(into: [:]) { $0[$1.statusID, default: []].append($1.point) }
        }
    }

    public func posts(
        _ filter: PostFilter, sort: PostSort, patience: Duration, _ body: @Sendable ([Post]) async -> Void
    ) async throws(ArchiveError) {
        // One statement, so that all of them are of one moment.
        let all = PostQueries.all(shown(filter), sort: sort)
        try await mappingErrors {
            try await reader.withConnection { connection in
                try await connection.forEach(all, timeout: patience) { await body($0.map(shown)) }
            }
        }
    }

    /// At most `limit` posts, the nearest first, and the last place that was looked at, when there may be more behind it.
    private func find(_ scan: FeedScan, _ limit: Int) async throws -> (found: [FoundPost], end: FeedPosition?) {
        guard scan.isChecked else { return (try await reader.query(scan.page(limit)), nil) }
        // Common matches fill a page at once; rare ones are found by an index that counts few of them; others by the rest of the scan,
        // and then by trigrams.
        let glimpsed = try await look(scan.glance, limit)
        if glimpsed.end == nil { return glimpsed }
        if let few = try await searchFew(scan, limit) { return (few, nil) }
        let looked = try await look(scan, limit)
        if looked.end != nil, let all = try await searchTrigrams(scan, limit) { return (all, nil) }
        return looked
    }

    /// What a scan finds, and where it stopped when that is less than there may be.
    private func look(_ scan: FeedScan, _ limit: Int) async throws -> (found: [FoundPost], end: FeedPosition?) {
        let rows = try await reader.query(scan.checkedPage(limit))
        return (rows.compactMap(\.post), rows.first?.end)
    }

    /// All that pass, where an index counts few that may; nil where none does.
    private func searchFew(_ scan: FeedScan, _ limit: Int) async throws -> [FoundPost]? {
        let search = IndexedSearch(scan: scan)
        guard let fewest = search.fewest else { return nil }
        return try await reader.transaction(readOnly: true) { connection in
            try await connection.execute(IndexedSearch.byIndex)
            guard let place = try await connection.queryOptional(fewest) else { return nil }
            return try await connection.query(search.page(limit, outOf: place))
        }
    }

    /// All that pass, by the trigram index; nil when it does not help, or takes longer than `searchTime`.
    private func searchTrigrams(_ scan: FeedScan, _ limit: Int) async throws -> [FoundPost]? {
        let search = IndexedSearch(scan: scan)
        guard search.usesTrigrams else { return nil }
        do {
            return try await reader.transaction(readOnly: true) { connection in
                try await connection.execute(IndexedSearch.byIndex)
                return try await connection.query(search.page(limit), timeout: Self.searchTime)
            }
        } catch let error as PostgresError where error.kind == .timeout {
            return nil
        }
    }

    /// The texts of the first long posts of `found`, as many as a page has room for; at least those of one.
    func texts(of found: some Sequence<FoundPost>, from pool: Pool) async throws -> ReadTexts {
        let ids = found.compactMap { $0.isLong ? $0.post.statusID : nil }
        return ReadTexts(ids.isEmpty ? [] : try await pool.query(PostQueries.texts(of: ids, within: pageBytes)), of: ids)
    }

    /// How long a page may wait for the indexes to find rare posts, before it is answered with what a scan has found.
    private static let searchTime = Duration.milliseconds(60)
}

extension FeedPage {
    /// - Parameters:
    ///   - found: the posts of the page, the nearest to the start of `scan` first.
    ///   - stop: where the page ends in the direction of the scan; nil when the list does.
    fileprivate init(_ found: [Post], of scan: FeedScan, last stop: FeedPosition?, isFull: Bool) {
        let posts = scan.isBackward ? found.reversed() : found
        func place(_ post: Post?) -> FeedPosition? { post.map { FeedPosition($0, in: scan.sort) } }
        switch scan.start {
        case .first: self.init(posts: posts, next: stop.map(FeedStart.after), previous: nil, isFull: isFull)
        case .after:
            let previous = FeedStart.before(place(posts.first) ?? stop ?? scan.sort.last)
            self.init(posts: posts, next: stop.map(FeedStart.after), previous: previous, isFull: isFull)
        case .before:
            let next = FeedStart.after(place(posts.last) ?? stop ?? scan.sort.first)
            self.init(posts: posts, next: next, previous: stop.map(FeedStart.before), isFull: isFull)
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
