/// The archive's part of the audit: listing and adding events.
public protocol AuditKeeping: Sendable {
    /// At most `limit` events at `since` or later, the newest first, from behind `position` on.
    func audit(since: Timestamp?, after position: AuditPosition?, limit: Int) async throws(ArchiveError) -> AuditPage
    /// Adds events, all or none.
    func record(_ events: [AuditEvent]) async throws(ArchiveError)
}
