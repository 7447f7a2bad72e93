extension PostObservation {
    /// Merges what two sets of observations say of the same post.
    ///
    /// For each column the newest observation that carried it wins; where two of the same time disagree, the greater
    /// value wins (see `Cell.<`). `discoveredAt` keeps its minimum, `lastSeenAt` its maximum. The operation is
    /// commutative, associative and idempotent, so any order of any batches with any replays ends in the same state.
    /// `ObservedMerge` in Store is the same rule, set-based.
    public func merged(with other: PostObservation) -> PostObservation {
        var merged = self
        merged.discoveredAt = min(discoveredAt, other.discoveredAt)
        merged.lastSeenAt = max(lastSeenAt, other.lastSeenAt)
        merged.tellsDiscovery = true
        merged.times = [:]
        merged.gone = Gone.merged(gone, other.gone)
        for column in PostColumn.allCases {
            let (mine, theirs) = (observedAt(column), other.observedAt(column))
            let theirsWins = theirs != mine ? Self.isLater(theirs, than: mine) : Self.isGreater(other.cells[column], than: cells[column])
            if theirsWins { merged.cells[column] = other.cells[column] }
            let observed = theirsWins ? theirs : mine
            if observed != merged.lastSeenAt { merged.times[column] = observed.map(ObservedAt.at) ?? .never }
        }
        return merged
    }

    private static func isLater(_ time: Timestamp?, than other: Timestamp?) -> Bool {
        guard let time else { return false }
        guard let other else { return true }
        return time > other
    }

    private static func isGreater(_ value: Cell?, than other: Cell?) -> Bool {
        (other ?? .null) < (value ?? .null)
    }
}
