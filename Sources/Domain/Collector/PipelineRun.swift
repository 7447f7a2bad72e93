/// One run of the collector, as the archive knows it.
public struct PipelineRun: Hashable, Sendable {
    public var runAt: Timestamp
    public var mode: RunMode
    public var source: String
    public var fetchedCount: Int64
    public var significantCount: Int64
    public var reportedCount: Int64
    public var note: String?

    public init(
        runAt: Timestamp, mode: RunMode, source: String, fetchedCount: Int64, significantCount: Int64, reportedCount: Int64, note: String?
    ) {
        self.runAt = runAt
        self.mode = mode
        self.source = source
        self.fetchedCount = fetchedCount
        self.significantCount = significantCount
        self.reportedCount = reportedCount
        self.note = note
    }
}

/// A run as a collector sends it, upserted by `(runAt, mode, source)`.
public struct PipelineRunUpsert: Hashable, Sendable {
    /// The source of a run that names none.
    public static let defaultSource = "local-dispatcher"

    public var runAt: Timestamp
    public var mode: RunMode
    public var source: String
    public var fetchedCount: Presence<Int64>
    public var significantCount: Presence<Int64>
    public var reportedCount: Presence<Int64>
    public var note: Presence<String>

    public init(
        runAt: Timestamp, mode: RunMode, source: String = Self.defaultSource, fetchedCount: Presence<Int64> = .absent,
        significantCount: Presence<Int64> = .absent, reportedCount: Presence<Int64> = .absent, note: Presence<String> = .absent
    ) {
        self.runAt = runAt
        self.mode = mode
        self.source = source
        self.fetchedCount = fetchedCount
        self.significantCount = significantCount
        self.reportedCount = reportedCount
        self.note = note
    }
}
