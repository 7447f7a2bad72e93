public import Domain
public import Postgres

/// The archive in Postgres. Reads may go to a replica of their own.
public struct PostgresArchive: Sendable {
    let reader: Pool
    let writer: Pool
    let schemaVersion: Int

    /// - Parameter schemaVersion: the number of the migration that the queries of this program were written for.
    public init(reader: Pool, writer: Pool, schemaVersion: Int) {
        self.reader = reader
        self.writer = writer
        self.schemaVersion = schemaVersion
    }
}

extension PostgresArchive: ArchiveReading {
    public func feed(_ filter: PostFilter, start: FeedStart, limit: Int) async throws(ArchiveError) -> FeedPage {
        try await FeedPage(
            reading {
                // One more than asked for tells whether there is another page.
                try await reader.query(PostQueries.feed(filter, start: start, limit: limit + 1))
            }, start: start, limit: limit)
    }

    public func post(_ statusID: String) async throws(ArchiveError) -> PostDetail? {
        try await reading {
            // One transaction, so that the three answers are of one moment.
            try await reader.transaction(isolation: .repeatableRead, readOnly: true) { connection in
                guard let post = try await connection.queryOptional(PostQueries.post(statusID)) else { return nil }
                return PostDetail(
                    post: post, snapshots: try await connection.query(MetricsQueries.history(of: statusID)),
                    report: try await connection.queryOptional(ReportQueries.report(of: statusID)))
            }
        }
    }

    public func watchAccounts(tier: WatchTier?) async throws(ArchiveError) -> [WatchAccount] {
        try await reading { try await reader.query(WatchAccountQueries.list(tier: tier)) }
    }

    public func receipt(_ batchID: Int64) async throws(ArchiveError) -> Receipt? {
        // From the writer: a collector asks right after it wrote, and a replica may lag.
        try await reading { try await writer.queryOptional(BatchQueries.receipt(batchID)) }
    }

    public func provenance(_ statusID: String) async throws(ArchiveError) -> Provenance? {
        try await reading {
            try await reader.transaction(isolation: .repeatableRead, readOnly: true) { connection in
                guard var provenance = try await connection.queryOptional(ProvenanceQueries.fields(of: statusID)) else { return nil }
                provenance.earlierTexts = try await connection.query(ProvenanceQueries.earlierTexts(of: statusID))
                return provenance
            }
        }
    }

    public func summary() async throws(ArchiveError) -> Summary {
        try await reading { try await reader.queryOne(SummaryQueries.summary) }
    }
}

/// Runs `body` and says what its failure means to the callers of the archive.
func reading<Value: Sendable>(_ body: () async throws -> Value) async throws(ArchiveError) -> Value {
    do { return try await body() } catch { throw ArchiveError(error) }
}

extension FeedPage {
    /// - Parameter found: up to one post more than `limit`, the nearest to `start` first.
    fileprivate init(_ found: [Post], start: FeedStart, limit: Int) {
        let isMore = found.count > limit
        var posts = Array(found.prefix(limit))
        let isBackward = if case .before = start { true } else { false }
        if isBackward { posts.reverse() }
        let (first, last) = (posts.first.map(FeedPosition.init), posts.last.map(FeedPosition.init))
        switch start {
        case .newest: self.init(posts: posts, next: isMore ? last : nil, previous: nil)
        case .after: self.init(posts: posts, next: isMore ? last : nil, previous: first)
        case .before: self.init(posts: posts, next: last, previous: isMore ? first : nil)
        }
    }
}

extension FeedPosition {
    fileprivate init(_ post: Post) {
        self.init(discoveredAt: post.discoveredAt, statusID: post.statusID)
    }
}
