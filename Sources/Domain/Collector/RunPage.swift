/// Which runs a reader wants.
public struct RunFilter: Hashable, Sendable {
    /// Run at this time or later.
    public var since: Timestamp?
    /// Run at this time or earlier (inclusive).
    public var until: Timestamp?
    /// Any of these; empty means every mode.
    public var modes: [RunMode]

    public init(since: Timestamp? = nil, until: Timestamp? = nil, modes: [RunMode] = []) {
        self.since = since
        self.until = until
        self.modes = modes
    }
}

/// A place in the list of runs: that of the run that it names.
public struct RunPosition: Hashable, Sendable {
    public var runAt: Timestamp
    public var mode: RunMode
    public var source: String

    public init(runAt: Timestamp, mode: RunMode, source: String) {
        self.runAt = runAt
        self.mode = mode
        self.source = source
    }

    public init(_ run: PipelineRun) {
        self.init(runAt: run.runAt, mode: run.mode, source: run.source)
    }
}

/// One page of the list of runs, newest first.
public struct RunPage: Hashable, Sendable {
    public var runs: [PipelineRun]
    /// Behind which older runs follow; nil at the end.
    public var next: RunPosition?

    public init(runs: [PipelineRun], next: RunPosition?) {
        self.runs = runs
        self.next = next
    }
}
