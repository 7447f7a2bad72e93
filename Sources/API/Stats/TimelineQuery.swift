internal import Domain

/// Which timeline was asked for.
struct TimelineQuery {
    var filter: PostFilter
    var unit: TimelineBuckets.Unit
    var zone: CivilZone

    private static let maximumBuckets = 1_000

    init(_ parameters: QueryParameters) throws {
        filter = try PostFilter(parameters)
        zone = try CivilZone(parameters.text("tz"))
        let name = parameters.text("bucket") ?? TimelineBuckets.Unit.day.rawValue
        guard let unit = TimelineBuckets.Unit(rawValue: name) else {
            throw Problem(.invalidParameter, "bucket is hour, day, week or month.", parameter: "bucket")
        }
        self.unit = unit
    }

    /// The buckets from `since` to `until`. Without `until` they end with the newest post, whatever the other filters; without `since`
    /// they go back a standard number. Nil when neither tells: without a post there is no time to show, nor is there in an empty range.
    ///
    /// - Throws: `Problem` when they are too many.
    func buckets(newest: () async throws -> Timestamp?) async throws -> TimelineBuckets? {
        var end = filter.until
        if end == nil { end = [try await newest(), filter.since].compactMap(\.self).max() }
        guard let end else { return nil }
        if let start = filter.since, start > end { return nil }
        let start = filter.since ?? unit.standardStart(before: end, in: zone)
        guard let buckets = TimelineBuckets(unit, from: start, through: end, in: zone, limit: Self.maximumBuckets) else {
            throw Problem(
                .invalidParameter,
                "A timeline has \(Self.maximumBuckets) buckets at most; ask for a shorter range, or for longer buckets than one \(unit.rawValue).",
                parameter: "bucket")
        }
        return buckets
    }
}
