public import Domain
internal import Postgres

extension PostgresArchive: AuditKeeping {
    public func audit(since: Timestamp?, after position: AuditPosition?, limit: Int) async throws(ArchiveError) -> AuditPage {
        try await mappingErrors {
            // From the writer: an operator looks right after an action, and a replica may lag.
            let found = try await follower.query(AuditQueries.list(since: since, after: position, limit: limit + 1))
            let entries = Array(found.prefix(limit))
            return AuditPage(entries: entries, next: found.count > limit ? entries.last.map { AuditPosition(at: $0.at, id: $0.id) } : nil)
        }
    }

    public func record(_ events: [AuditEvent]) async throws(ArchiveError) {
        guard !events.isEmpty else { return }
        try await mappingErrors { _ = try await follower.execute(AuditQueries.insert(events)) }
    }
}
