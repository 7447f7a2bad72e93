public import Domain
public import Postgres

/// The archive in Postgres. Reads may go to a replica of their own.
///
/// Who writes may wait long for others who write. So what has to be read where it is written has connections of its own, and the probe has.
public struct PostgresArchive: Sendable {
    let reader: Pool
    let writer: Pool
    let follower: Pool
    let prober: Pool
    let schemaVersion: Int
    let sliceRows: ClosedRange<Int>
    let pageBudget: Int
    let pageBytes: Int
    let gonePosts: GonePostRule

    /// - Parameters:
    ///   - follower: leads to where `writer` leads, for changes and receipts; nil takes the writer's own.
    ///   - prober: leads there too, for the probe alone.
    ///   - schemaVersion: the number of the migration that the queries of this program were written for.
    ///   - sliceRows: how many posts of the feed an aggregate counts at once, at first and at most. A slice is counted in some 10 to 100 ms,
    ///     and the last one is lost when time is up.
    ///   - pageBudget: how long Postgres may look for the posts of one page of a list, in nanoseconds, by what each step was measured to take.
    ///     Eight readers at once share two cores: a page may take them some ten times as long.
    ///   - pageBytes: how many bytes the long texts of a page may have together. A page with more ends before them, but for the first.
    ///   - gonePosts: what readers see of posts that are gone from X.
    public init(
        reader: Pool, writer: Pool, follower: Pool? = nil, prober: Pool? = nil, schemaVersion: Int,
        sliceRows: ClosedRange<Int> = 10_000...80_000, pageBudget: Int = 4_000_000, pageBytes: Int = 4 << 20,
        gonePosts: GonePostRule = .show
    ) {
        self.reader = reader
        self.writer = writer
        self.follower = follower ?? writer
        self.prober = prober ?? writer
        self.schemaVersion = schemaVersion
        self.sliceRows = sliceRows
        self.pageBudget = pageBudget
        self.pageBytes = pageBytes
        self.gonePosts = gonePosts
    }
}

extension PostgresArchive: ArchiveReading {
    public func post(_ statusID: String) async throws(ArchiveError) -> PostDetail? {
        try await mappingErrors {
            // One transaction, so that the three answers are of one moment.
            try await reader.transaction(isolation: .repeatableRead, readOnly: true) { connection in
                guard let whole = try await connection.queryOptional(PostQueries.post(statusID)) else { return nil }
                let limit = Self.maxHistory
                let newest = try await connection.query(MetricsQueries.history(of: statusID, limit: limit + 1, within: pageBytes))
                let fitting = newest.prefix(limit).filter(\.fits).map(\.row)
                return PostDetail(
                    post: shown(whole.post), lastSeenAt: whole.lastSeenAt, rest: whole.rest, snapshots: fitting.reversed(),
                    isPartial: fitting.count < newest.count, report: try await connection.queryOptional(ReportQueries.report(of: statusID)))
            }
        }
    }

    /// Snapshots of a post in one answer, and earlier texts.
    static let maxHistory = 10_000

    public func watchAccounts(tier: WatchTier?) async throws(ArchiveError) -> [WatchAccount] {
        try await mappingErrors { try await reader.query(WatchAccountQueries.list(tier: tier)) }
    }

    public func receipt(_ batchID: Int64) async throws(ArchiveError) -> Receipt? {
        // From the writer: a collector asks right after it wrote, and a replica may lag.
        try await mappingErrors { try await follower.queryOptional(BatchQueries.receipt(batchID)) }
    }

    public func provenance(_ statusID: String) async throws(ArchiveError) -> Provenance? {
        try await mappingErrors {
            try await reader.transaction(isolation: .repeatableRead, readOnly: true) { connection in
                guard var provenance = try await connection.queryOptional(ProvenanceQueries.fields(of: statusID)) else { return nil }
                let limit = Self.maxHistory
                let newest = try await connection.query(ProvenanceQueries.earlierTexts(of: statusID, limit: limit + 1, within: pageBytes))
                let fitting = newest.prefix(limit).filter(\.fits).map(\.row)
                (provenance.earlierTexts, provenance.isPartial) = (fitting.reversed(), fitting.count < newest.count)
                return shown(provenance)
            }
        }
    }

    public func summary() async throws(ArchiveError) -> Summary {
        try await mappingErrors { try await reader.queryOne(SummaryQueries.summary) }
    }

    public func version() async throws(ArchiveError) -> ArchiveVersion {
        try await mappingErrors { try await reader.queryOne(VersionQueries.version) }
    }
}

/// Runs `body` and says what its failure means to the callers of the archive.
func mappingErrors<Value: Sendable>(_ body: () async throws -> Value) async throws(ArchiveError) -> Value {
    do { return try await body() } catch { throw ArchiveError(error) }
}
