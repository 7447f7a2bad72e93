/// What the API asks of the archive. Every call throws `ArchiveError` and nothing else.
public protocol ArchiveReading: Sendable {
    /// One page of at most `limit` posts, in the order of `sort`.
    func feed(_ filter: PostFilter, sort: PostSort, start: FeedStart, limit: Int) async throws(ArchiveError) -> FeedPage
    /// How the views of each of these posts went, oldest first: at most 12 points, the newest observation among them. A post with less than
    /// two moments has none.
    func curves(of statusIDs: [String]) async throws(ArchiveError) -> [String: [CurvePoint]]
    /// Hands every post to `body`, in the order of `sort`, some at a time. All of them are of one moment. The next ones are not read
    /// before `body` has returned, so any number of posts takes bounded memory.
    ///
    /// - Parameter patience: how long to wait for the next posts.
    func posts(
        _ filter: PostFilter, sort: PostSort, patience: Duration, _ body: @Sendable ([Post]) async -> Void
    ) async throws(ArchiveError)
    /// Nil when the post is unknown.
    func post(_ statusID: String) async throws(ArchiveError) -> PostDetail?
    /// By handle; every tier when `tier` is nil.
    func watchAccounts(tier: WatchTier?) async throws(ArchiveError) -> [WatchAccount]
    func summary() async throws(ArchiveError) -> Summary
    /// The posts of `filter` in each stretch of time between two neighbours of `bounds`. When time is up, part of them.
    ///
    /// - Parameters:
    ///   - bounds: ascending; each stretch begins with its first bound and ends before its second.
    ///   - budget: how long it may take. A first slice, the newest 10,000 posts or so, is counted in any case.
    func timeline(_ filter: PostFilter, bounds: [Timestamp], within budget: Duration) async throws(ArchiveError) -> Aggregate<[TierCounts]>
    /// How the posts of `filter` are spread; in time as `timeline`.
    func facets(_ filter: PostFilter, within budget: Duration) async throws(ArchiveError) -> Aggregate<Facets>
    /// When the newest post was discovered; nil when there is none.
    func newestDiscovery() async throws(ArchiveError) -> Timestamp?
    /// At most `limit` runs, the newest first, from behind `position` on.
    func runs(_ filter: RunFilter, after position: RunPosition?, limit: Int) async throws(ArchiveError) -> RunPage
    func freshness() async throws(ArchiveError) -> Freshness
    /// What became of a batch; nil when there is none with this number.
    func receipt(_ batchID: Int64) async throws(ArchiveError) -> Receipt?
    /// Which batch set each field of a post; nil when the post is unknown.
    func provenance(_ statusID: String) async throws(ArchiveError) -> Provenance?
    /// At most `limit` changes from `cursor` on, or rows of a first read. Whatever was committed before the call lies before the end that it
    /// knows. Nil when this archive has no such place: it is of another archive, or of a later state that this one lost.
    func changes(from cursor: ChangeCursor, limit: Int) async throws(ArchiveError) -> ChangePage?
    /// Where the changes end: all that was committed before the call lies before it.
    func endOfChanges() async throws(ArchiveError) -> ChangePlace
    /// Which transactions a reader sees now. Two equal versions are the same contents; what is read after a version is at least as new.
    func version() async throws(ArchiveError) -> ArchiveVersion
}

/// What collectors write. Each call is one transaction: all of it is applied or none of it. An error means none, except for
/// `unavailable`. The outcomes are in the order of the items, of which those that name a moment of the future are rejected by
/// `ClockRule`; `rejected` counts items that were rejected before, for the receipt.
public protocol ArchiveWriting: Sendable {
    func ingest(posts: [PostObservation], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult
    func ingest(metrics: [MetricsSnapshot], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult
    func ingest(reports: [ReportUpsert], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult
    /// Nil for a run that was rejected.
    func ingest(run: PipelineRunUpsert?, rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult
    /// - Parameter retier: give the posts of these accounts the tier that their account has now.
    func ingest(
        watchAccounts: [WatchAccountUpsert], retier: Bool, rejected: Int, _ origin: BatchOrigin
    ) async throws(ArchiveError) -> BatchResult
    func ingest(embeddings: [EmbeddingUpsert], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult
}

/// Whether the archive can serve.
public protocol ArchiveProbing: Sendable {
    /// Runs a real, cheap query and compares the schema version. Returns when all is well.
    func probe() async throws(ArchiveError)
}

/// Why the archive did not do what it was asked.
public enum ArchiveError: Error, Hashable, Sendable {
    /// It may work later: the database is gone, busy, or being shut down. What was to be written is there as a whole or not
    /// at all: a connection may be lost after its last word.
    case unavailable(LoggedFault)
    /// The schema does not fit this program; `isNewer` says on which side the other is missing, nil when that is not known.
    case outdatedSchema(LoggedFault, isNewer: Bool? = nil)
    /// An `Idempotency-Key` came before with another body.
    case repeatedKey
    /// A fault of this program.
    case fault(LoggedFault)
}

/// Names a set of committed transactions. Versions are equal or not; there is no older and newer between two of them.
public struct ArchiveVersion: Hashable, Sendable {
    public var text: String

    public init(_ text: String) { self.text = text }
}
