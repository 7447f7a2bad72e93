/// Items with moments of the sender's clock.
public protocol Dated: Sendable {
    /// Each moment that it names, and the member that does.
    var moments: [(member: String, moment: Timestamp)] { get }
}

extension Dated {
    /// A fault for each moment of the future, by the clock of the database.
    public func faults(at now: Timestamp) -> [ItemFault] {
        moments.compactMap { ItemFault(ahead: $0.moment, in: $0.member, at: now) }
    }
}

extension ItemFault {
    /// Nil when `moment` is none of the future by `ClockRule`.
    public init?(ahead moment: Timestamp, in member: String, at now: Timestamp) {
        guard let excess = ClockRule.excess(of: moment, at: now) else { return nil }
        self.init(
            .invalidValue, field: member,
            """
            \(member) is \(ClockRule.words(for: excess)) ahead of the archive's clock, which says \(now.iso8601); \
            \(ClockRule.words(for: ClockRule.tolerance)) are the most. Set the clock of the collector.
            """)
    }
}

extension PostObservation: Dated {
    public var moments: [(member: String, moment: Timestamp)] {
        let gone = gone?.at.map { [("gone_at", $0)] } ?? []
        let sent = (tellsDiscovery ? [("discovered_at", discoveredAt)] : []) + [("last_seen_at", lastSeenAt)] + gone
        guard case .timestamp(let refreshed)? = cells[.refresh24hAt] else { return sent }
        return sent + [(PostColumn.refresh24hAt.rawValue, refreshed)]
    }
}

extension MetricsSnapshot: Dated {
    public var moments: [(member: String, moment: Timestamp)] { [("snapshot_at", at)] }
}

extension ReportUpsert: Dated {
    public var moments: [(member: String, moment: Timestamp)] { [("reported_at", reportedAt)] }
}

extension PipelineRunUpsert: Dated {
    public var moments: [(member: String, moment: Timestamp)] { [("run_at", runAt)] }
}

extension WatchAccountUpsert: Dated {
    public var moments: [(member: String, moment: Timestamp)] { addedAt.map { [("added_at", $0)] } ?? [] }
}

extension EmbeddingUpsert: Dated {
    public var moments: [(member: String, moment: Timestamp)] {
        [("created_at", createdAt), ("updated_at", updatedAt)].compactMap { member, moment in moment.map { (member, $0) } }
    }
}
