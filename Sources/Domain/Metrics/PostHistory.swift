/// The history that an observation of a post leaves: feed and history are written from one source and stay in step.
extension PostObservation {
    /// The snapshots in one observation, as a collector sent it:
    ///
    /// - `latest_observed` at `lastSeenAt`, of the counters that it carries;
    /// - `initial_capture` at `discoveredAt`, of the `initial_` counters that it carries, or of its counters when it *is* the
    ///   first capture;
    /// - `refresh_24h` at `refresh_24h_at`, of the `_24h` counters that it carries.
    ///
    /// They depend on this observation alone, so that the order in which observations arrive does not matter.
    public var snapshots: [MetricsSnapshot] {
        var snapshots: [MetricsSnapshot] = []
        func add(_ type: MetricsSnapshot.Kind, _ at: Timestamp, _ column: (Counters.Counter) -> PostColumn) {
            var snapshot = MetricsSnapshot(statusID: statusID, type: type, at: at, counters: Counters(), observed: [])
            for counter in Counters.all {
                guard observedAt(column(counter)) != nil, case .integer(let value)? = cells[column(counter)] else { continue }
                snapshot.counters[keyPath: counter.path] = value
                snapshot.observed.insert(counter.bit)
            }
            if !snapshot.observed.isEmpty { snapshots.append(snapshot) }
        }
        add(.latestObserved, lastSeenAt, \.column)
        let isFirst = tellsDiscovery && lastSeenAt == discoveredAt
        add(.initialCapture, discoveredAt) { counter in
            if case .integer? = cells[counter.initial] { counter.initial } else { isFirst ? counter.column : counter.initial }
        }
        if case .timestamp(let at)? = cells[.refresh24hAt] { add(.refresh24h, at, \.after24h) }
        return snapshots
    }

    /// The observation with what its snapshots say of the counters: a refresh after a day may be newer than `lastSeenAt`, and
    /// the counters of the first capture are better than none.
    public var withHistory: PostObservation {
        let isComplete = Counters.all.allSatisfy { observedAt($0.column) != nil }
        var known = self
        known.tellsDiscovery = true
        return snapshots.reduce(known) { state, snapshot in
            // What is older than a complete observation, or is that observation itself, says nothing more.
            let isOld = isComplete && snapshot.at < lastSeenAt
            return isOld || snapshot.type == .latestObserved ? state : state.merged(with: snapshot.observation)
        }
    }
}

extension [MetricsSnapshot] {
    /// The history of one post with its gaps filled: a counter that a snapshot did not observe is that of the newest earlier
    /// one that did, and 0 before there was any. Oldest first.
    public var filled: [MetricsSnapshot] {
        let sorted = sorted { ($0.at, $0.type.order) < ($1.at, $1.type.order) }
        guard contains(where: { $0.observed != .all }) else { return sorted }
        var known = Counters()
        return sorted.map { snapshot in
            var filled = snapshot
            for counter in Counters.all {
                if snapshot.observed.contains(counter.bit) {
                    known[keyPath: counter.path] = snapshot.counters[keyPath: counter.path]
                } else {
                    filled.counters[keyPath: counter.path] = known[keyPath: counter.path]
                }
            }
            return filled
        }
    }
}
