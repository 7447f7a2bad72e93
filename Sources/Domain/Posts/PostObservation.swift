/// What is known of a post: one observation, or any number of them merged.
///
/// A single observation and the stored row have the same shape, so merging is one symmetric operation.
public struct PostObservation: Hashable, Sendable {
    public var statusID: String
    /// The earliest discovery that any observation reported.
    public var discoveredAt: Timestamp
    /// The time of the newest observation.
    public var lastSeenAt: Timestamp
    /// False for an observation of a collector that did not say when it discovered the post: `discoveredAt` is `lastSeenAt` then, and nothing
    /// tells that it was the first one. Once its history is taken from it, it is an observation as any other.
    public var tellsDiscovery = true
    /// The value of each column.
    public var cells: ColumnMap<Cell>
    /// When the value of a column was observed, only where that is not `lastSeenAt`: an earlier time, a later one for a counter
    /// that a metrics snapshot brought, or `.never` for a column that no observation has carried. Empty in the common case.
    public var times: ColumnMap<ObservedAt>
    /// Whether X still has the post; nil when no observation told. Metrics and imports do not.
    public var gone: Gone?

    /// The time of a single column.
    public enum ObservedAt: Hashable, Sendable {
        case never
        case at(Timestamp)
    }

    /// One observation, made at `lastSeenAt`. A column that is missing from `carried` brings no news; a column that is
    /// `.null` was cleared at that time.
    public init(statusID: String, discoveredAt: Timestamp, lastSeenAt: Timestamp, carried: ColumnMap<Cell>) {
        self.statusID = statusID
        self.discoveredAt = discoveredAt
        self.lastSeenAt = lastSeenAt
        cells = [:]
        times = [:]
        for column in PostColumn.allCases {
            let value = carried[column]
            if value == nil { times[column] = .never }
            let isCleared = value == nil || value == .null
            cells[column] = isCleared && (value == nil || !column.isNullable) ? column.initial : value
        }
    }

    /// When the value of `column` was observed; nil when no observation carried it.
    public func observedAt(_ column: PostColumn) -> Timestamp? {
        switch times[column] {
        case nil: lastSeenAt
        case .never: nil
        case .at(let time): time
        }
    }
}

extension PostObservation {
    /// Who wrote the post; empty where no observation said so.
    public var author: String {
        guard case .text(let handle)? = cells[.authorHandle] else { return "" }
        return handle
    }
}
