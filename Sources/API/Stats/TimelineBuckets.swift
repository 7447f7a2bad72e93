internal import Domain

/// The buckets of a timeline: stretches of time that follow each other without a gap, each one an hour, a day, a week or a month in a
/// zone.
struct TimelineBuckets {
    enum Unit: String, CaseIterable {
        case hour, day, week, month

        /// How many buckets there are without `since`: two days, a month, half a year, two years.
        var standardCount: Int64 {
            switch self {
            case .hour: 48
            case .day: 30
            case .week: 26
            case .month: 24
            }
        }

        /// Where a bucket that holds a day begins. Days are counted from 1970-01-01.
        func firstDay(holding day: Int64) -> Int64 {
            switch self {
            case .hour, .day: day
            // 1970-01-01 was a Thursday; weeks begin with Monday.
            case .week: day - (day + 3).flooredDivision(by: 7).remainder
            case .month: day - Int64(CivilDate(daysSinceEpoch: Int(day)).day - 1)
            }
        }

        /// Where the bucket after the one that begins with `day` begins.
        func firstDay(after day: Int64) -> Int64 {
            switch self {
            case .hour, .day: day + 1
            case .week: day + 7
            case .month: firstDay(holding: day + 31)
            }
        }

        /// A moment in the first of `standardCount` buckets, the last of which holds `end`.
        func standardStart(before end: Timestamp, in zone: CivilZone) -> Timestamp {
            let others = standardCount - 1
            let second: Int64
            switch self {
            case .hour: second = end.second - others * 3_600
            case .day: second = end.second - others * 86_400
            case .week: second = end.second - others * 7 * 86_400
            case .month:
                var day = firstDay(holding: zone.day(at: end.second))
                for _ in 0..<others { day = firstDay(holding: day - 1) }
                second = zone.start(ofDay: day)
            }
            return max(Timestamp(microseconds: second * 1_000_000), .earliest)
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
        case .day, .week, .month:
            var day = zone.day(at: first)
            // Clocks that were turned back over midnight showed that day before it began for good.
            if zone.start(ofDay: day) > first { day -= 1 }
            day = unit.firstDay(holding: day)
            while add(zone.start(ofDay: day)) { day = unit.firstDay(after: day) }
        }
        guard starts.count <= limit + 1, let end = starts.last, end > last else { return nil }
        bounds = starts.map { min(max(Timestamp(microseconds: $0 * 1_000_000), .earliest), .latest) }
    }
}

extension Timestamp {
    /// Whole seconds since 1970.
    var second: Int64 { microseconds.flooredDivision(by: 1_000_000).quotient }
}
