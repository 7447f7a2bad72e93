internal import AsyncAlgorithms
internal import Domain
internal import ServiceLifecycle

/// Reads again and again who may do what, so that a key that was revoked on another copy of the server is refused on this one too, and
/// tells the archive which keys were used.
struct AccessRefresher: Service {
    /// Several times within `KeyRing.trust`, so that one failure does no harm.
    private static let interval: Duration = .seconds(10)
    /// Uses are a commit, and with every commit kept answers have to be made again.
    private static let usesInterval: Duration = .seconds(60)

    let ring: KeyRing
    let usage: KeyUsage
    let archive: any AccessKeeping
    /// Told of a failure.
    let report: @Sendable (String) -> Void

    func run() async throws {
        var told = ContinuousClock.now
        for await now in AsyncTimerSequence(interval: Self.interval, clock: .continuous).cancelOnGracefulShutdown() {
            await refresh()
            guard now - told >= Self.usesInterval else { continue }
            told = now
            await tellUses()
        }
        await tellUses()
    }

    func refresh() async {
        let asked = ContinuousClock.now
        do throws(ArchiveError) {
            ring.update(try await archive.accessState(since: ring.revision), readAt: asked)
        } catch {
            report("Who may do what could not be read: \(error)")
        }
    }

    /// Tells the archive which keys were used since the last time. What it could not be told it is told the next time.
    func tellUses() async {
        let uses = usage.take()
        guard !uses.isEmpty else { return }
        do throws(ArchiveError) { try await archive.note(uses: uses) } catch {
            usage.add(uses)
            report("When keys were used could not be noted: \(error)")
        }
    }
}
