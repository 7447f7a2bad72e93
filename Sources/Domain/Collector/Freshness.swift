/// Whether what the archive shows is of today.
public struct Freshness: Hashable, Sendable {
    /// What the clock of the database says; every comparison goes by it.
    public var now: Timestamp
    /// When the newest post was discovered; nil when there is none.
    public var newestDiscovery: Timestamp?
    /// When a post was last observed; nil when there is none.
    public var newestObservation: Timestamp?
    /// Every mode, whether it has runs or not.
    public var modes: [ModeFreshness]

    public init(now: Timestamp, newestDiscovery: Timestamp?, newestObservation: Timestamp?, modes: [ModeFreshness]) {
        self.now = now
        self.newestDiscovery = newestDiscovery
        self.newestObservation = newestObservation
        self.modes = modes
    }

    /// The best status of the modes that look for new posts: collection is blind when all of them are.
    public var status: FreshnessStatus {
        let known = Set(finding.map { $0.status(at: now) })
        return [.live, .stale, .blind].first(where: known.contains) ?? .unknown
    }

    /// Since when no mode has looked for new posts; nil when collection is not blind.
    public var blindSince: Timestamp? {
        status == .blind ? finding.compactMap { $0.blindSince(at: now) }.max() : nil
    }

    private var finding: [ModeFreshness] { modes.filter { [.priority, .discovery, .both].contains($0.mode) } }
}

/// Whether collection goes on.
public enum FreshnessStatus: String, Hashable, Sendable {
    /// Runs come as usual.
    case live
    /// A run is overdue.
    case stale
    /// Several runs are missing.
    case blind
    /// Too few runs to tell what is usual.
    case unknown
}

/// How regularly the runs of one mode come.
public struct ModeFreshness: Hashable, Sendable {
    public var mode: RunMode
    public var lastRunAt: Timestamp?
    /// The median time between the recent runs of a source, in microseconds; nil when that is not known.
    public var usualInterval: Int64?

    public init(mode: RunMode, lastRunAt: Timestamp?, usualInterval: Int64?) {
        self.mode = mode
        self.lastRunAt = lastRunAt
        self.usualInterval = usualInterval
    }

    /// Intervals that are shorter count as ten minutes, so that no hiccup is taken for blindness.
    private static let leastInterval: Int64 = 10 * 60 * 1_000_000

    /// When the run after the last one is due.
    public var dueAt: Timestamp? {
        guard let lastRunAt, let usualInterval else { return nil }
        return Timestamp(microseconds: lastRunAt.microseconds + usualInterval)
    }

    /// Stale after one and a half intervals without a run, blind after three.
    public func status(at now: Timestamp) -> FreshnessStatus {
        guard let lastRunAt, let usualInterval else { return .unknown }
        let (age, interval) = (now.microseconds - lastRunAt.microseconds, max(usualInterval, Self.leastInterval))
        return age * 2 <= interval * 3 ? .live : age <= interval * 3 ? .stale : .blind
    }

    /// When the first of the missing runs was due; nil when the mode is not blind.
    public func blindSince(at now: Timestamp) -> Timestamp? { status(at: now) == .blind ? dueAt : nil }
}
