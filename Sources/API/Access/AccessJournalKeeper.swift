internal import AsyncAlgorithms
internal import Domain
internal import ServiceLifecycle

/// Flushes the journal and the uses of keys to the archive, every minute and at the end.
struct AccessJournalKeeper: Service {
    /// Each flush is a commit, which outdates every cached answer.
    private static let interval: Duration = .seconds(60)

    let journal: AccessJournal
    let usage: KeyUsage
    let audit: any AuditKeeping
    let keys: any AccessKeeping
    /// Told of a failure.
    let report: @Sendable (String) -> Void

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: Self.interval, clock: .continuous).cancelOnGracefulShutdown() { await flush() }
        await flush(isLast: true)
    }

    /// Whether anything waits to be told.
    var hasNews: Bool { !journal.isEmpty || !usage.isEmpty }

    /// Whether the first use of a session is among it.
    var hasFirstUse: Bool { journal.hasFirstUse }

    func flush(isLast: Bool = false) async {
        do throws(ArchiveError) { try await journal.flush(to: audit, at: .now, isLast: isLast) } catch {
            report("The audit could not be told of refusals and first uses: \(error)")
        }
        await tellUses()
    }

    private func tellUses() async {
        let uses = usage.take()
        guard !uses.isEmpty else { return }
        do throws(ArchiveError) { try await keys.note(uses: uses) } catch {
            usage.add(uses)
            report("When keys were used could not be noted: \(error)")
        }
    }
}
