import Domain
import Synchronization

/// An archive in memory: it answers what a test tells it to, and remembers what it was asked.
final class MemoryArchive: ArchiveReading, ArchiveWriting, ArchiveProbing {
    struct State {
        var error: ArchiveError?
        var posts: [Post] = []
        /// What the feed answers, one after the other, instead of one page with all posts.
        var pages: [FeedPage] = []
        /// What a download ends with, after all posts.
        var lateError: ArchiveError?
        var downloads = 0
        /// Happens after each piece of a download.
        var afterPiece: @Sendable () async -> Void = {}
        /// How often it was asked who may do what, and what happens before the answer.
        var accessAsked = 0
        var beforeAccess: @Sendable () async -> Void = {}
        /// What asking who may do what fails with.
        var accessError: ArchiveError?
        var beforeRecord: @Sendable () async -> Void = {}
        /// What happens before a page; it has failed when it was cancelled.
        var beforePage: @Sendable () async -> Void = {}
        var curves: [String: [CurvePoint]] = [:]
        /// The posts whose curves were asked for.
        var curved: [String]?
        var filter: PostFilter?
        var sort: PostSort?
        var start: FeedStart?
        var limit: Int?
        var cursor: ChangeCursor?
        var changes: [Change] = []
        var endsAsked = 0
        var endOfChanges: ChangePlace { changes.last?.next.place ?? .beginning }
        var written: [PostObservation] = []
        var metrics: [MetricsSnapshot] = []
        var embeddings: [EmbeddingUpsert] = []
        var origin: BatchOrigin?
        /// What the archive's clock says.
        var receivedAt = Timestamp(microseconds: 1_771_752_600_000_000)  // 2026-02-22T09:30:00Z
        /// What `version` answers, and how often that and the archive itself were asked.
        var version = "1"
        var versionsRead = 0
        var probes = 0
        var answersRead = 0
        var newest: Timestamp?
        var bounds: [Timestamp]?
        /// What the last bucket of a timeline holds, and how far an aggregate got.
        var counts = TierCounts()
        var facets = Facets()
        var coveredSince: Timestamp?
        var access = AccessState(revision: 1)
        /// The uses of keys, as they were told.
        var uses: [[Int64: Timestamp]] = []
        /// What there is of any author, and what was ordered to be removed.
        var authorRows = PostRows(tables: [.init(name: "posts", rows: 2), .init(name: "reports", rows: 1)])
        var purge: Purge?
        /// What the audit holds, newest first, and what it was told.
        var audit: [AuditEntry] = []
        var recorded: [AuditEvent] = []
        var runs: [PipelineRun] = []
        var runFilter: RunFilter?
        var runPosition: RunPosition?
        var freshness = Freshness(now: Timestamp(microseconds: 0), newestDiscovery: nil, newestObservation: nil, modes: [])
    }

    let state = Mutex(State())

    func answer<Value>(_ body: (inout State) -> Value) throws(ArchiveError) -> Value {
        let result: Result<Value, ArchiveError> = state.withLock { state in
            state.answersRead += 1
            return if let error = state.error { .failure(error) } else { .success(body(&state)) }
        }
        return try result.get()
    }

    func feed(_ filter: PostFilter, sort: PostSort, start: FeedStart, limit: Int) async throws(ArchiveError) -> FeedPage {
        await state.withLock { $0.beforePage }()
        if Task.isCancelled { throw .unavailable("cancelled") }
        return try answer { state in
            (state.filter, state.sort, state.start, state.limit) = (filter, sort, start, limit)
            guard state.pages.isEmpty else { return state.pages.removeFirst() }
            let last = state.posts.last.map { FeedPosition($0, in: sort) }
            return FeedPage(
                posts: state.posts, next: last.map(FeedStart.after), previous: start == .first ? nil : last.map(FeedStart.before))
        }
    }

    func curves(of statusIDs: [String]) async throws(ArchiveError) -> [String: [CurvePoint]] {
        try answer { state in
            state.curved = statusIDs
            return state.curves
        }
    }

    func posts(
        _ filter: PostFilter, sort: PostSort, patience: Duration, _ body: @Sendable ([Post]) async -> Void
    ) async throws(ArchiveError) {
        let (posts, afterPiece) = try answer { state in
            (state.filter, state.sort, state.downloads) = (filter, sort, state.downloads + 1)
            return (state.posts, state.afterPiece)
        }
        for start in stride(from: 0, to: posts.count, by: 2) {
            await body(Array(posts[start..<min(start + 2, posts.count)]))
            await afterPiece()
        }
        if let error = state.withLock({ $0.lateError }) { throw error }
    }

    func post(_ statusID: String) async throws(ArchiveError) -> PostDetail? {
        try answer { state in
            state.posts.first { $0.statusID == statusID }
                .map { PostDetail(post: $0, lastSeenAt: $0.discoveredAt, snapshots: [], report: nil) }
        }
    }

    func watchAccounts(tier: WatchTier?) async throws(ArchiveError) -> [WatchAccount] { try answer { _ in [] } }

    func summary() async throws(ArchiveError) -> Summary {
        try answer { _ in Summary(posts: 1, significant: 0, reported: 0, significantReported: 0, watchAccounts: [:], captureLatency: nil) }
    }

    func timeline(
        _ filter: PostFilter, bounds: [Timestamp], within budget: Duration
    ) async throws(ArchiveError) -> Aggregate<[TierCounts]> {
        try answer { state in
            (state.filter, state.bounds) = (filter, bounds)
            let empty = [TierCounts](repeating: TierCounts(), count: bounds.count - 2)
            return Aggregate(empty + [state.counts], coveredSince: state.coveredSince)
        }
    }

    func facets(_ filter: PostFilter, within budget: Duration) async throws(ArchiveError) -> Aggregate<Facets> {
        try answer { state in
            state.filter = filter
            return Aggregate(state.facets, coveredSince: state.coveredSince)
        }
    }

    func newestDiscovery() async throws(ArchiveError) -> Timestamp? { try answer { $0.newest } }

    func runs(_ filter: RunFilter, after position: RunPosition?, limit: Int) async throws(ArchiveError) -> RunPage {
        try answer { state in
            (state.runFilter, state.runPosition, state.limit) = (filter, position, limit)
            return RunPage(runs: state.runs, next: state.runs.last.map(RunPosition.init))
        }
    }

    func freshness() async throws(ArchiveError) -> Freshness { try answer { $0.freshness } }

    func receipt(_ batchID: Int64) async throws(ArchiveError) -> Receipt? {
        try answer { state in
            guard batchID == 1, let origin = state.origin else { return nil }
            return Receipt(
                batchID: 1, kind: "posts", receivedAt: Timestamp(microseconds: 0), ingestKey: origin.ingestKey, source: origin.source,
                bodyHash: origin.bodyHash, idempotencyKey: origin.idempotencyKey, label: nil, counts: OutcomeCounts([.inserted]))
        }
    }

    func provenance(_ statusID: String) async throws(ArchiveError) -> Provenance? {
        try answer { state in
            guard state.posts.contains(where: { $0.statusID == statusID }) else { return nil }
            return Provenance(
                statusID: statusID, insertedBy: 1, updatedBy: nil, fields: [.init(column: .likes, observedAt: nil, batchID: 1)],
                earlierTexts: [.init(text: "before", replacedAt: Timestamp(microseconds: 0), replacedBy: 2)])
        }
    }

    func changes(from cursor: ChangeCursor, limit: Int) async throws(ArchiveError) -> ChangePage? {
        try answer { state in
            (state.cursor, state.limit) = (cursor, limit)
            guard cursor.place <= state.endOfChanges else { return nil }
            let changes = state.changes.filter { cursor.firstRead != nil || cursor.place < $0.next.place }
            let given = Array(changes.prefix(limit))
            return ChangePage(
                changes: given, next: given.last?.next ?? ChangeCursor(state.endOfChanges), hasMore: given.count < changes.count)
        }
    }

    func endOfChanges() async throws(ArchiveError) -> ChangePlace {
        state.withLock { $0.endsAsked += 1 }
        return try answer { $0.endOfChanges }
    }

    func version() async throws(ArchiveError) -> ArchiveVersion {
        try answer { state in
            state.answersRead -= 1
            state.versionsRead += 1
            return ArchiveVersion(state.version)
        }
    }

    func ingest(posts: [PostObservation], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try accept(origin, posts.map { _ in .inserted }) { $0.written += posts }
    }

    func ingest(metrics: [MetricsSnapshot], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try accept(origin, metrics.map { _ in .updated }) { $0.metrics += metrics }
    }

    func ingest(reports: [ReportUpsert], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try accept(origin, reports.map { _ in .stale })
    }

    func ingest(run: PipelineRunUpsert?, rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try accept(origin, run == nil ? [] : [.unchanged])
    }

    func ingest(
        watchAccounts: [WatchAccountUpsert], retier: Bool, rejected: Int, _ origin: BatchOrigin
    ) async throws(ArchiveError) -> BatchResult {
        try accept(origin, watchAccounts.map { _ in .inserted }, retiered: retier ? 3 : 0)
    }

    func ingest(embeddings: [EmbeddingUpsert], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try accept(origin, embeddings.map { _ in .inserted }) { $0.embeddings += embeddings }
    }

    private func accept(
        _ origin: BatchOrigin, _ outcomes: [IngestOutcome], retiered: Int = 0, _ keep: (inout State) -> Void = { _ in }
    ) throws(ArchiveError) -> BatchResult {
        try answer { state in
            keep(&state)
            state.origin = origin
            return BatchResult(
                batchID: origin.isDryRun ? nil : 1, receivedAt: state.receivedAt, outcomes: outcomes, retiered: retiered)
        }
    }

    func probe() async throws(ArchiveError) { try answer { $0.probes += 1 } }
}
