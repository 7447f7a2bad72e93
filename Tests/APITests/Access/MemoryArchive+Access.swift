import Crypto
import Domain
import Encoding
import Synchronization

extension MemoryArchive: AccessKeeping {
    /// From now on `secret` is a key with these scopes.
    func hold(
        _ secret: String, scopes: Set<Scope>, view: String? = nil, owner: String? = nil, expiresAt: Timestamp? = nil,
        revokedAt: Timestamp? = nil
    ) {
        state.withLock { state in
            state.access.revision += 1
            state.access.keys.append(
                AccessKey(
                    id: state.access.revision, prefix: "", digest: SHA256.hash(data: Array(secret.utf8)).hexadecimal, name: secret,
                    scopes: scopes, view: view, owner: owner, createdBy: "test", createdAt: Timestamp(microseconds: 0),
                    expiresAt: expiresAt,
                    revokedAt: revokedAt))
        }
    }

    func accessState(since revision: Int64?) async throws(ArchiveError) -> AccessState? {
        let pause = state.withLock { state in
            state.accessAsked += 1
            return state.beforeAccess
        }
        await pause()
        if let error = state.withLock(\.accessError) { throw error }
        return state.withLock { $0.access.revision == revision ? nil : $0.access }
    }

    func note(uses: [Int64: Timestamp]) async throws(ArchiveError) { try answer { $0.uses.append(uses) } }

    func feedTokens(of owner: String) async throws(ArchiveError) -> [AccessKey] {
        try answer { state in state.access.keys.filter { $0.owner == owner && $0.refusal(at: .now) == nil } }
    }

    func createFeedToken(_ token: NewAccessKey, limit: Int) async throws(ArchiveError) -> AccessKey? {
        guard try await feedTokens(of: token.owner ?? "").count < limit else { return nil }
        return try answer { state in
            state.access.revision += 1
            let key = AccessKey(
                id: state.access.revision, prefix: token.prefix, digest: token.digest, name: token.name, scopes: token.scopes,
                view: token.view, owner: token.owner, createdBy: token.createdBy, createdAt: state.receivedAt)
            state.access.keys.append(key)
            return key
        }
    }

    func revokeFeedToken(_ id: Int64, of owner: String) async throws(ArchiveError) -> Bool {
        try answer { state in
            guard let place = state.access.keys.firstIndex(where: { $0.id == id && $0.owner == owner && $0.refusal(at: .now) == nil })
            else {
                return false
            }
            state.access.revision += 1
            state.access.keys[place].revokedAt = .now
            return true
        }
    }
}

extension MemoryArchive: AuditKeeping {
    func audit(since: Timestamp?, after position: AuditPosition?, limit: Int) async throws(ArchiveError) -> AuditPage {
        try answer { state in
            let left = state.audit.filter { entry in
                position.map { (entry.at.microseconds, entry.id) < ($0.at.microseconds, $0.id) } ?? true
            }
            let entries = Array(left.prefix(limit))
            return AuditPage(
                entries: entries, next: left.count > limit ? entries.last.map { AuditPosition(at: $0.at, id: $0.id) } : nil)
        }
    }

    func record(_ events: [AuditEvent]) async throws(ArchiveError) {
        await state.withLock(\.beforeRecord)()
        try answer { $0.recorded += events }
    }
}

extension MemoryArchive: ArchiveOperating {
    func rows(of handle: String) async throws(ArchiveError) -> PostRows { try answer { $0.authorRows } }

    func purge(_ order: Purge) async throws(ArchiveError) -> Purge.Result {
        try answer { state in
            guard order.confirmed == state.authorRows.total else { return .miscounted(state.authorRows) }
            state.purge = order
            return .removed(state.authorRows)
        }
    }
}
