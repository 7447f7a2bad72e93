internal import AsyncAlgorithms
internal import Domain
internal import ServiceLifecycle

/// Tells the audit every minute, and at the end, what the journal holds.
struct AccessJournalKeeper: Service {
    private static let interval: Duration = .seconds(60)

    let journal: AccessJournal
    let archive: any AuditKeeping
    /// Told of a failure.
    let report: @Sendable (String) -> Void

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: Self.interval, clock: .continuous).cancelOnGracefulShutdown() { await flush() }
        await flush(isLast: true)
    }

    func flush(isLast: Bool = false) async {
        do throws(ArchiveError) { try await journal.flush(to: archive, at: .now, isLast: isLast) } catch {
            report("The audit could not be told of refusals and first uses: \(error)")
        }
    }
}
