/// What the API asks of the archive. Every call throws `ArchiveError` and nothing else.
public protocol ArchiveReading: Sendable {
    /// One page of at most `limit` posts.
    func feed(_ filter: PostFilter, start: FeedStart, limit: Int) async throws(ArchiveError) -> FeedPage
    /// Nil when the post is unknown.
    func post(_ statusID: String) async throws(ArchiveError) -> PostDetail?
    /// By handle; every tier when `tier` is nil.
    func watchAccounts(tier: WatchTier?) async throws(ArchiveError) -> [WatchAccount]
    func summary() async throws(ArchiveError) -> Summary
}

/// What collectors write. Each call is one transaction: all of it is applied, or an error is thrown and none of it is.
/// The outcomes are in the order of the items. With `dryRun` the answer is the same and nothing is kept.
public protocol ArchiveWriting: Sendable {
    func ingest(posts: [PostState], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome]
    func ingest(metrics: [MetricsSnapshot], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome]
    func ingest(reports: [ReportUpsert], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome]
    func ingest(run: PipelineRunUpsert, dryRun: Bool) async throws(ArchiveError) -> IngestOutcome
    func ingest(watchAccounts: [WatchAccountUpsert], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome]
    func ingest(embeddings: [EmbeddingUpsert], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome]
}

/// Whether the archive can serve.
public protocol ArchiveProbing: Sendable {
    /// Runs a real, cheap query and compares the schema version. Returns when all is well.
    func probe() async throws(ArchiveError)
}

public enum ArchiveError: Error, Hashable, Sendable {
    /// It may work later: the database is gone, busy, or being shut down. Nothing was applied.
    case unavailable(String)
    /// The schema does not fit this program; the text says what to do.
    case outdatedSchema(String)
    /// A fault of this program. The text is for the log, never for a caller.
    case fault(String)
}
