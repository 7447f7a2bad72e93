public import Domain
internal import Postgres
internal import Synchronization

extension PostgresArchive {
    public func timeline(
        _ filter: PostFilter, bounds: [Timestamp], within budget: Duration
    ) async throws(ArchiveError) -> Aggregate<[TierCounts]> {
        guard let first = bounds.first, let end = bounds.last else { return Aggregate([]) }
        let zero = [TierCounts](repeating: TierCounts(), count: bounds.count - 1)
        var filter = filter
        filter.since = max(filter.since ?? first, first)
        filter.until = min(filter.until ?? end, Timestamp(microseconds: end.microseconds - 1))
        return try await aggregate(filter, into: zero, within: budget) {
            TimelineQueries.counts($0, bounds: bounds)
        } add: {
            $0[$1.place][$1.tier] += $1.posts
        }
    }

    public func facets(_ filter: PostFilter, within budget: Duration) async throws(ArchiveError) -> Aggregate<Facets> {
        try await aggregate(filter, into: Facets(), within: budget, count: FacetQueries.counts) { $0.add($1) }
    }

    public func newestDiscovery() async throws(ArchiveError) -> Timestamp? {
        try await mappingErrors { try await reader.queryOne(TimelineQueries.newest) }
    }

    /// Counts the posts of `filter` from the newest one back, in slices that grow, each one by one statement, and all of one moment. When
    /// `budget` is over, what the finished slices gave is the answer; there is always one.
    private func aggregate<Value, Part>(
        _ filter: PostFilter, into zero: Value, within budget: Duration,
        count: @Sendable (PostFilter) -> Statement<Part>, add: @Sendable (inout Value, Part) -> Void
    ) async throws(ArchiveError) -> Aggregate<Value> {
        let deadline = ContinuousClock.now + budget
        let progress = Mutex(Progress(sum: Aggregate(zero)))
        return try await mappingErrors {
            do {
                try await reader.transaction(isolation: .repeatableRead, readOnly: true) { connection in
                    progress.withLock { $0 = Progress(sum: Aggregate(zero)) }
                    try await connection.execute(IndexedSearch.byIndex)
                    var (rest, rows) = (shown(filter), sliceRows.lowerBound)
                    repeat {
                        let left = progress.withLock { $0.slices } == 0 ? nil : max(deadline - .now, .milliseconds(1))
                        let ends = try await connection.query(AggregateSlices.end(rest, rows: rows), timeout: left)
                        var slice = rest
                        // With nothing behind it, the slice is all that is left.
                        if ends.count == 2 { slice.since = ends[0] }
                        let parts = try await connection.query(count(slice), timeout: left)
                        progress.withLock { progress in
                            for part in parts { add(&progress.sum.value, part) }
                            progress.sum.coveredSince = ends.count == 2 ? ends[0] : nil
                            progress.slices += 1
                        }
                        guard ends.count == 2 else { return }
                        rest.until = Timestamp(microseconds: ends[0].microseconds - 1)
                        rows = min(rows * 2, sliceRows.upperBound)
                    } while .now < deadline
                }
            } catch let error as PostgresError where error.kind == .timeout && progress.withLock({ $0.slices }) > 0 {
                // The slice that was under way is left out.
            }
            return progress.withLock { $0.sum }
        }
    }

    private struct Progress<Value: Sendable>: Sendable {
        var sum: Aggregate<Value>
        var slices = 0
    }
}
