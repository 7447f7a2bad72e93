/// The counters of a post at one moment.
public struct MetricsSnapshot: Hashable, Sendable {
    /// The source of a snapshot that names none.
    public static let defaultSource = "ingest"

    public var statusID: String
    public var type: Kind
    public var at: Timestamp
    public var counters: Counters
    /// The counters that were observed; the others are filled from the newest earlier snapshot that observed them.
    public var observed: CounterSet
    /// Who observed it.
    public var source: String

    public init(
        statusID: String, type: Kind, at: Timestamp, counters: Counters, observed: CounterSet = .all,
        source: String = Self.defaultSource
    ) {
        self.statusID = statusID
        self.type = type
        self.at = at
        self.counters = counters
        self.observed = observed
        self.source = source
    }

    /// What moment of a post's life a metrics snapshot shows.
    public enum Kind: String, CaseIterable, Sendable {
        case initialCapture = "initial_capture"
        case latestObserved = "latest_observed"
        case refresh24h = "refresh_24h"

        /// Their order at one moment.
        var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What tells a snapshot from any other.
    public var key: Key { Key(statusID: statusID, type: type, at: at) }

    /// The key of a snapshot.
    public struct Key: Hashable, Sendable {
        public var statusID: String
        public var type: Kind
        public var at: Timestamp

        public init(statusID: String, type: Kind, at: Timestamp) {
            self.statusID = statusID
            self.type = type
            self.at = at
        }
    }

    /// Merges two snapshots with the same key: of each counter the greater of what was observed, and of two sources the one
    /// that comes last bytewise. Like the merge of posts it does not depend on order, grouping or replays.
    public func merged(with other: MetricsSnapshot) -> MetricsSnapshot {
        var merged = self
        merged.observed = observed.union(other.observed)
        for counter in Counters.all {
            switch (observed.contains(counter.bit), other.observed.contains(counter.bit)) {
            case (true, true):
                merged.counters[keyPath: counter.path] = max(counters[keyPath: counter.path], other.counters[keyPath: counter.path])
            case (false, true): merged.counters[keyPath: counter.path] = other.counters[keyPath: counter.path]
            default: break
            }
        }
        merged.source = source.utf8.lexicographicallyPrecedes(other.source.utf8) ? other.source : source
        return merged
    }

    /// The snapshot as news about the counters of its post, and about nothing else.
    public var observation: PostObservation {
        var state = PostObservation(statusID: statusID, discoveredAt: .latest, lastSeenAt: .earliest, carried: [:])
        for counter in Counters.all where observed.contains(counter.bit) {
            state.cells[counter.column] = .integer(counters[keyPath: counter.path])
            state.times[counter.column] = .at(at)
        }
        return state
    }
}

/// A point of a post's sparkline: views at a moment.
public struct CurvePoint: Hashable, Sendable {
    /// How many of the newest moments of a post a curve is made of.
    public static let momentsRead = 100
    /// How many points a curve has at most.
    public static let maxPoints = 12

    public var at: Timestamp
    /// As observed at that moment.
    public var views: Int64

    public init(at: Timestamp, views: Int64) {
        self.at = at
        self.views = views
    }
}
