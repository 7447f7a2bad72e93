internal import AsyncAlgorithms
internal import Domain
internal import ServiceLifecycle

/// Polls the archive for changes of keys and sessions, so that a key revoked on another copy of the server is refused here too.
struct AccessRefresher: Service {
    /// Shorter than `KeyRing.trust`, so that one failure does no harm.
    private static let interval: Duration = .seconds(10)

    let ring: KeyRing
    let archive: any AccessKeeping
    /// Told of a failure.
    let report: @Sendable (String) -> Void

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: Self.interval, clock: .continuous).cancelOnGracefulShutdown() { await refresh() }
    }

    func refresh() async {
        let asked = (steady: ContinuousClock.now, wall: Timestamp.now)
        do throws(ArchiveError) {
            ring.update(try await archive.accessState(since: ring.revision), readAt: asked.steady, at: asked.wall)
        } catch {
            ring.miss()
            report("Who may do what could not be read: \(error)")
        }
    }
}
