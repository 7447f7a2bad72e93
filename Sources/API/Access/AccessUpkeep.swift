internal import Domain
internal import Synchronization
internal import TimeLimit

/// What a running server does beside its requests, done within them: for a program that is frozen after each answer.
final class AccessUpkeep: Sendable {
    /// After so long it is read again who may do what, and told what was noted.
    private static let interval: Duration = .seconds(10)
    /// How long a request waits for the reading: an idle connection that is dead takes two seconds to be found out, and is replaced then.
    private static let longestReading: Duration = .seconds(3)
    private static let longestTelling: Duration = .seconds(2)

    private let ring: KeyRing
    private let keeper: AccessJournalKeeper
    private let reading, telling: SingleFlight<Void>
    private let toldAt = Mutex<(steady: ContinuousClock.Instant, wall: Timestamp)?>(nil)

    init(refresher: AccessRefresher, keeper: AccessJournalKeeper) {
        ring = refresher.ring
        self.keeper = keeper
        reading = SingleFlight { await refresher.refresh() }
        telling = SingleFlight { await keeper.flush(isLast: true) }
    }

    /// Reads who may do what, unless that was read a moment ago. Costs a request in ten seconds one statement.
    func prepare(at now: ContinuousClock.Instant = .now, _ wall: Timestamp = .now) async {
        guard ring.isOlder(than: Self.interval, at: now, wall) else { return }
        await Self.wait(for: reading, atMost: Self.longestReading)
    }

    /// Prepares again and again, until it is cancelled.
    func keepPrepared(every pause: Duration = .seconds(5)) async {
        while (try? await Task.sleep(for: pause)) != nil { await prepare() }
    }

    /// Tells the archive what was noted: the first use of a session at once, other news when nothing was told a moment ago. Each telling is a
    /// commit. A program that is frozen may never go on.
    ///
    /// - Parameter end: when it gives up; with no time left it does not begin.
    func settle(until end: ContinuousClock.Instant? = nil, at now: ContinuousClock.Instant = .now, _ wall: Timestamp = .now) async {
        let limit = min(Self.longestTelling, end.map { $0 - now } ?? Self.longestTelling)
        guard keeper.hasNews, limit > .zero else { return }
        let isDue = toldAt.withLock { toldAt in
            if let told = toldAt, !keeper.hasFirstUse, now - told.steady < Self.interval, wall.distance(from: told.wall) < Self.interval {
                return false
            }
            toldAt = (now, wall)
            return true
        }
        if isDue { await Self.wait(for: telling, atMost: limit) }
    }

    /// What takes longer goes on, and reports its failure itself.
    private static func wait(for work: SingleFlight<Void>, atMost limit: Duration) async {
        try? await withTimeLimit(limit) { try await work.current() }
    }
}

extension Server {
    /// To be called before each request by a program that may have been frozen since the last one: nothing else reads there who may do what.
    /// Takes three seconds at most, and mostly no time at all.
    public func prepare() async { await upkeep.prepare() }

    /// Prepares again and again while a long answer is written, which asks before each piece whether its reader may go on. Ends when it is
    /// cancelled.
    public func keepPrepared() async { await upkeep.keepPrepared() }

    /// To be called after each answer was made, and before the program may be frozen: tells the audit of refusals and first uses, and which keys
    /// were used. Takes two seconds at most, and mostly no time at all; what cannot be told waits for the next time.
    ///
    /// - Parameter end: when it gives up even before that.
    public func settle(until end: ContinuousClock.Instant? = nil) async { await upkeep.settle(until: end) }
}
