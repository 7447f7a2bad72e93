internal import Domain

/// The buckets of a timeline: stretches of time that follow each other without a gap, each one an hour, a day or a week in a zone.
struct TimelineBuckets {
    enum Unit: String, CaseIterable {
        case hour, day, week

        /// How many buckets there are without `since`: two days, a month, half a year.
        var standardCount: Int64 {
            switch self {
            case .hour: 48
            case .day: 30
            case .week: 26
            }
        }

        /// Seconds of one without a change of clocks.
        var length: Int64 {
            switch self {
            case .hour: 3_600
            case .day: 86_400
            case .week: 7 * 86_400
            }
        }
    }

    /// The first moment of each bucket, and the first one after the last bucket.
    let bounds: [Timestamp]

    /// The buckets that hold `first`, `last`, and what is between them; nil when there are more than `limit`.
    init?(_ unit: Unit, from first: Timestamp, through last: Timestamp, in zone: CivilZone, limit: Int) {
        let (first, last) = (first.second, last.second)
        var starts: [Int64] = []
        func add(_ start: Int64) -> Bool {
            // A day that a zone left out has no length.
            if start != starts.last { starts.append(start) }
            return start <= last && starts.count <= limit
        }
        switch unit {
        case .hour:
            var start = zone.start(ofHourAt: first)
            while add(start) { start = zone.end(ofHourFrom: start) }
        case .day, .week:
            var day = zone.day(at: first)
            // Clocks that were turned back over midnight showed that day before it began for good.
            if zone.start(ofDay: day) > first { day -= 1 }
            // 1970-01-01 was a Thursday; weeks begin with Monday.
            if unit == .week { day -= (day + 3).flooredDivision(by: 7).remainder }
            while add(zone.start(ofDay: day)) { day += unit == .week ? 7 : 1 }
        }
        guard starts.count <= limit + 1, let end = starts.last, end > last else { return nil }
        bounds = starts.map { min(max(Timestamp(microseconds: $0 * 1_000_000), .earliest), .latest) }
    }
}

extension Timestamp {
    /// Whole seconds since 1970.
    var second: Int64 { microseconds.flooredDivision(by: 1_000_000).quotient }
}
