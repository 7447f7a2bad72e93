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
    public var fetchedCount: Patch<Int64>
    public var significantCount: Patch<Int64>
    public var reportedCount: Patch<Int64>
    public var note: Patch<String>

    public init(
        runAt: Timestamp, mode: RunMode, source: String = Self.defaultSource, fetchedCount: Patch<Int64> = .absent,
        significantCount: Patch<Int64> = .absent, reportedCount: Patch<Int64> = .absent, note: Patch<String> = .absent
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

/// What a run of the collector looked for.
public enum RunMode: String, CaseIterable, Sendable {
    case priority, discovery, both, refresh24h, manual
}
