public import Domain
internal import Postgres

extension PostgresArchive {
    public func runs(_ filter: RunFilter, after position: RunPosition?, limit: Int) async throws(ArchiveError) -> RunPage {
        try await mappingErrors {
            // One more than asked for tells whether there is another page.
            let found = try await reader.query(RunQueries.list(filter, after: position, limit: limit + 1, within: pageBytes))
            let runs = found.prefix(limit).prefix(while: \.fits).map(\.row)
            return RunPage(runs: runs, next: runs.count < found.count ? runs.last.map(RunPosition.init) : nil)
        }
    }

    public func freshness() async throws(ArchiveError) -> Freshness {
        try await mappingErrors {
            // In one transaction, which has one time.
            try await reader.transaction(isolation: .repeatableRead, readOnly: true) { connection in
                var freshness = try await connection.queryOne(FreshnessQueries.posts)
                freshness.modes = try await connection.query(FreshnessQueries.modes)
                return freshness
            }
        }
    }
}
