/// The counters of a post at one moment.
public struct MetricsSnapshot: Hashable, Sendable {
    public var statusID: String
    public var type: SnapshotType
    public var at: Timestamp
    public var counters: Counters
    /// Who observed it; nil leaves the stored source, or `ingest` for a new snapshot.
    public var source: String?

    public init(statusID: String, type: SnapshotType, at: Timestamp, counters: Counters, source: String?) {
        self.statusID = statusID
        self.type = type
        self.at = at
        self.counters = counters
        self.source = source
    }
}
