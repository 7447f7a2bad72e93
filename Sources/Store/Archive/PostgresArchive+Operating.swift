public import Domain
internal import Postgres

extension PostgresArchive: ArchiveOperating {
    public func rows(of handle: String) async throws(ArchiveError) -> PostRows {
        try await mappingErrors { try await follower.queryOne(PurgeQueries.rows(of: handle)) }
    }

    public func purge(_ order: Purge) async throws(ArchiveError) -> Purge.Result {
        try await mappingErrors {
            try await writer.transaction(retries: Self.retries) { try await PurgeQueries.run(order, patience: nil, $0) }
        }
    }
}
