import API
import AsyncHTTPClient
import Crypto
import Domain
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import NIOEmbedded
import Synchronization

/// An archive in memory: it answers what a test tells it to, and remembers what it was asked.
final class MemoryArchive: ArchiveReading, ArchiveWriting, ArchiveProbing, AccessKeeping, ArchiveOperating, AuditKeeping {
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
        var curves: [String: [CurvePoint]] = [:]
        /// The posts whose curves were asked for.
        var curved: [String]?
        var filter: PostFilter?
        var sort: PostSort?
        var start: FeedStart?
        var limit: Int?
        var place: ChangePlace?
        var changes: [Change] = []
        var endsAsked = 0
        var endOfChanges: ChangePlace { changes.last?.next ?? .beginning }
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
        var authorRows = AuthorRows(tables: [.init(name: "posts", rows: 2), .init(name: "reports", rows: 1)])
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

    private func answer<Value>(_ body: (inout State) -> Value) throws(ArchiveError) -> Value {
        let result: Result<Value, ArchiveError> = state.withLock { state in
            state.answersRead += 1
            return if let error = state.error { .failure(error) } else { .success(body(&state)) }
        }
        return try result.get()
    }

    func feed(_ filter: PostFilter, sort: PostSort, start: FeedStart, limit: Int) async throws(ArchiveError) -> FeedPage {
        try answer { state in
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
            state.posts.first { $0.statusID == statusID }.map { PostDetail(post: $0, snapshots: [], report: nil) }
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

    func changes(from place: ChangePlace, limit: Int) async throws(ArchiveError) -> ChangePage? {
        try answer { state in
            (state.place, state.limit) = (place, limit)
            guard place <= state.endOfChanges else { return nil }
            let changes = state.changes.filter { place < $0.next }
            let given = Array(changes.prefix(limit))
            return ChangePage(changes: given, next: given.last?.next ?? state.endOfChanges, hasMore: given.count < changes.count)
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
        state.withLock { $0.access.revision == revision ? nil : $0.access }
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

    func record(_ events: [AuditEvent]) async throws(ArchiveError) { try answer { $0.recorded += events } }

    func rows(of handle: String) async throws(ArchiveError) -> AuthorRows { try answer { $0.authorRows } }

    func purge(_ order: Purge) async throws(ArchiveError) -> Purge.Result {
        try answer { state in
            guard order.confirmed == state.authorRows.total else { return .miscounted(state.authorRows) }
            state.purge = order
            return .removed(state.authorRows)
        }
    }

    func probe() async throws(ArchiveError) { try answer { $0.probes += 1 } }
}

/// A server without a socket.
struct TestServer {
    static let key = "a-key-for-tests"

    let archive = MemoryArchive()
    let server: Server

    init(
        readAccess: ReadAccess = .open, keys: [IngestKey] = [IngestKey(name: "tester", secret: Self.key)], maximumItems: Int = 1_000,
        maximumBodyBytes: Int = 1 << 20,
        cursorKey: [UInt8] = [1], maximumStreams: Int = 100, maximumDownloads: Int = 5, publicURL: String? = nil,
        allowedOrigins: Set<String> = [], requestsPerMinute: [RateKind: Int] = [:], webRoot: String? = nil,
        signIn: SignInConfiguration = .ofNoProvider, observe: @escaping @Sendable (ServerEvent) -> Void = { _ in }
    ) throws {
        server = try Server(
            configuration: ServerConfiguration(
                readAccess: readAccess, ingestKeys: keys, cursorKey: cursorKey, maximumItems: maximumItems,
                maximumBodyBytes: maximumBodyBytes,
                requestsPerMinute: requestsPerMinute, maximumDownloads: maximumDownloads, publicURL: publicURL, webRoot: webRoot,
                maximumStreams: maximumStreams,
                allowedOrigins: allowedOrigins),
            reading: archive, writing: archive, probing: archive, keeping: archive, operating: archive, auditing: archive,
            signIn: readAccess == .oidc ? SignIn(signIn, http: .toNoProvider) : nil, observe: observe)
    }

    struct Answer {
        var status: Int
        var headers: HTTPFields
        var bytes: [UInt8]

        var body: String { String(decoding: bytes, as: UTF8.self) }
        var tag: String { headers[.eTag] ?? "none" }

        /// The members of the body, a JSON object.
        var json: JSONObject {
            get throws {
                guard case .object(let object) = try JSONReader.read(body) else { return JSONObject() }
                return object
            }
        }
    }

    func get(_ path: String) async throws -> Answer { try await send(.get, path) }

    func post(_ path: String, _ body: String, headers: HTTPFields = [:]) async throws -> Answer {
        var all: HTTPFields = [.contentType: "application/json", HTTPField.Name("x-api-key")!: Self.key]
        for field in headers { all[field.name] = field.value }
        return try await send(.post, path, headers: all, body: Array(body.utf8))
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8] = [], authority: String? = "test"
    ) async throws -> Answer {
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: authority, path: path, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let context = APIContext(source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: Logger(label: "test")))
        await server.refreshAccess()
        let response = try await server.makeResponder().respond(to: request, context: context)
        let writer = BodyCollector()
        // A stream has no end, and needs a client that can go away.
        if response.headers[.contentType]?.hasPrefix("text/event-stream") != true { try await response.body.write(writer) }
        return Answer(status: response.status.code, headers: response.headers, bytes: writer.bytes.withLock { $0 })
    }
}

extension HTTPClient {
    /// Lives as long as the tests do.
    static let toNoProvider = HTTPClient(configuration: SignIn.clientConfiguration)
}

extension SignInConfiguration {
    /// Nobody listens at its issuer.
    static let ofNoProvider = SignInConfiguration(
        issuer: "http://127.0.0.1:1", clientID: "xmonitor", admission: Admission(isForEverybody: true),
        sessionKeys: [String(repeating: "k", count: 32)], publicURL: "http://127.0.0.1:8080")
}

final class BodyCollector: ResponseBodyWriter {
    let bytes = Mutex<[UInt8]>([])

    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += buffer.readableBytesView } }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
