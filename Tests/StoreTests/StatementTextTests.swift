import Domain
import Postgres
import TestDatabase
import Testing

@testable import Store

/// Every statement of Store, with arguments that show all of its parts, is as its file in `db/statements` says.
@Suite struct StatementTextTests {
    private static let (first, second) = (Timestamp(microseconds: 1_000_000), Timestamp(microseconds: 2_000_000))
    private static let ids = ["1", "2"]
    private static let place = FeedPosition(rank: 1_000_000, statusID: "1")

    @Test func everyStatementIsAsItsFileSays() throws {
        var files = StatementFiles(of: "Store", sources: "Sources/Store")
        addReads(&files)
        addPages(&files)
        addAggregates(&files)
        addWrites(&files)
        addChanges(&files)
        addFuture(&files)
        addOps(&files)
        let problems = try files.check()
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    private func addReads(_ files: inout StatementFiles) {
        files.add(PostQueries.post("1"))
        files.add(PostQueries.posts(Self.ids))
        files.add(PostQueries.texts(of: Self.ids, within: 4_194_304))
        files.add(PostQueries.all(PostFilter(isSignificant: true), sort: .likes))
        files.add(MetricsQueries.history(of: "1", limit: 10_001, within: 4_194_304))
        files.add(MetricsQueries.curves(of: Self.ids))
        files.add(MetricsQueries.snapshots([MetricsSnapshot.Key(statusID: "1", type: .latestObserved, at: Self.first)], within: 4_194_304))
        files.add(ReportQueries.report(of: "1"))
        files.add(ReportQueries.reports(of: Self.ids, within: 4_194_304))
        files.add(ProvenanceQueries.fields(of: "1"))
        files.add(ProvenanceQueries.earlierTexts(of: "1", limit: 10_001, within: 4_194_304))
        files.add(WatchAccountQueries.list(tier: .teammate))
        let runs = RunFilter(since: Self.first, until: Self.second, modes: [.discovery])
        let position = RunPosition(runAt: Self.second, mode: .discovery, source: "collector")
        files.add(RunQueries.list(runs, after: position, limit: 50, within: 4_194_304))
        files.add(BatchQueries.receipt(1))
        files.add(SchemaVersion.applied)
        files.add(SchemaVersion.beside(7))
        files.add(AccessQueries.revision)
        files.add(AccessQueries.keys)
        files.add(AccessQueries.endedSessions)
        files.add(KeyQueries.recentTokens(of: "ada@example.com"))
        files.add(SessionQueries.end(of: "ada@example.com", by: "test"))
        addKeys(&files)
        files.add(AuditQueries.insert([AuditEvent(.keyCreated, by: "ada", of: "collector (1)")]))
        files.add(AuditQueries.list(since: Self.first, after: AuditPosition(at: Self.second, id: 7), limit: 51))
        files.add(VersionQueries.version)
    }

    private func addKeys(_ files: inout StatementFiles) {
        files.add(KeyQueries.lock)
        files.add(KeyQueries.all)
        files.add(KeyQueries.find(.id(1)))
        files.add(KeyQueries.find(.prefix("xmk_AbCd")), "by-prefix")
        files.add(KeyQueries.tokens(of: "ada@example.com"))
        files.add(
            KeyQueries.insert(
                NewAccessKey(prefix: "xmk_AbCd", digest: "00", name: "collector", scopes: [.ingest, .read], createdBy: "ada")))
        files.add(KeyQueries.revoke(1, in: 0, by: "ada"))
        files.add(KeyQueries.note(uses: [1: Self.first]))
    }

    private func addPages(_ files: inout StatementFiles) {
        func scan(_ filter: PostFilter, _ sort: PostSort = .discovered, _ start: FeedStart = .first) -> FeedScan {
            FeedScan(filter: filter, sort: sort, start: start, budget: 4_000_000)
        }
        files.add(scan(PostFilter()).page(101))
        files.add(scan(PostFilter(), .velocity, .after(Self.place)).page(101), "by-velocity")
        files.add(scan(PostFilter(postedSince: Self.first), .posted, .before(Self.place)).page(101), "by-posting-backward")
        files.add(
            scan(PostFilter(since: Self.first, tiers: [.teammate, .influencer]), .discovered, .after(Self.place)).page(101), "of-tiers")
        let filter = PostFilter(
            excludedTiers: [.teammate, nil], handles: ["ada"], excludedHandles: ["loud"], sourceQueries: ["query"], isSignificant: false,
            isReported: true, hasLink: true,
            minimum: Counters(likes: 1, reposts: 2), text: "text", excluded: ["other"])
        files.add(scan(filter).checkedPage(101))
        let search = IndexedSearch(scan: scan(PostFilter(isReported: true, text: "text"), .views, .after(Self.place)))
        files.add(search.page(101))
        files.add(search.page(101, outOf: 1), "among-few")
        if let fewest = search.fewest { files.add(fewest) }
        var hiding = PostFilter(hasLink: true, text: "text", excluded: ["other"])
        hiding.hidesGoneTexts = true
        files.add(scan(hiding).checkedPage(101), "hiding-texts")
        files.add(IndexedSearch.byIndex)
    }

    private func addAggregates(_ files: inout StatementFiles) {
        let filter = PostFilter(since: Self.first, until: Self.second, isReported: false)
        files.add(AggregateSlices.end(filter, rows: 10_000))
        files.add(FacetQueries.counts(filter))
        files.add(TimelineQueries.counts(filter, bounds: [Self.first, Self.second]))
        files.add(TimelineQueries.newest)
        files.add(SummaryQueries.summary)
        files.add(FreshnessQueries.posts)
        files.add(FreshnessQueries.modes)
    }

    private func addWrites(_ files: inout StatementFiles) {
        let posts = PostBatch([PostObservation(at: 1_000_000, [.likes: .integer(1)])])
        let metrics = MetricsBatch(posts.snapshots)
        files.add(PostIngest.upsert(posts.posts, velocities: posts.velocities, holdingAll: true, batch: 1))
        files.add(MetricsQueries.bringNews(posts.snapshots))
        files.add(MetricsQueries.insert(posts.snapshots, batch: 1))
        files.add(MetricsQueries.upsertOfPosts(posts.snapshots, numberedFrom: 2, batch: 1))
        files.add(MetricsQueries.upsert(metrics.snapshots, of: Self.ids, batch: 1))
        files.add(GapQueries.fill(of: Self.ids))
        files.add(GapQueries.fillAll)
        files.add(VelocityQueries.refresh(Self.ids))
        files.add(VelocityQueries.refresh("held_posts AS ids"))
        files.add(GonePosts.upsert([("1", Gone(at: Self.first, toldAt: Self.second))], batch: 1))
        files.add(CounterMerge.lock(Self.ids))
        files.add(CounterMerge.update(metrics.news, batch: 1))
        files.add(ReportQueries.upsert([ReportUpsert(statusID: "1", reportedAt: Self.first)], batch: 1))
        files.add(
            EmbeddingQueries.upsert(
                [
                    EmbeddingUpsert(
                        statusID: "1", backend: "b", model: "m", dims: 1, vectorJSON: "[1]", textHash: "h", createdAt: nil, updatedAt: nil)
                ], batch: 1))
        files.add(RunQueries.upsert(PipelineRunUpsert(runAt: Self.first, mode: .discovery), batch: 1))
        files.add(WatchAccountQueries.upsert([WatchAccountUpsert(handle: "ada", tier: .teammate)], batch: 1))
        files.add(WatchAccountQueries.retier(["ada"], batch: 1))
    }

    private func addChanges(_ files: inout StatementFiles) {
        let origin = BatchOrigin(bodyHash: "h", idempotencyKey: "k")
        let changes = BatchChanges(
            posts: ["1"], snapshots: [MetricsSnapshot.Key(statusID: "1", type: .latestObserved, at: Self.first)], reports: ["2"])
        files.add(BatchQueries.next)
        files.add(BatchQueries.lock(origin, key: "k"))
        files.add(BatchQueries.enter(.reports, alone: false))
        files.add(BatchQueries.enter(.reports, alone: true), "alone")
        files.add(BatchQueries.find(origin, key: "k"))
        let result = BatchResult(batchID: 1, receivedAt: Self.first, outcomes: [.inserted])
        files.add(BatchQueries.record(1, .posts, origin, result, changes: changes, rejected: 0))
        files.add(BatchQueries.record(1, .posts, origin, result, changes: BatchChanges(), rejected: 0), "without-changes")
        files.add(ChangeQueries.end)
        files.add(ChangeQueries.number)
        files.add(ChangeQueries.nonce(at: 9))
        for kind in ChangeKind.allCases { files.add(FirstReadQueries.keys(kind, after: nil, limit: 100)) }
        files.add(ChangeQueries.changes(from: ChangePlace(position: 1, offset: 2), to: ChangePlace(position: 9, offset: 0), limit: 100))
    }

    private func addFuture(_ files: inout StatementFiles) {
        files.add(FutureMoments.clock)
        for told in FutureMoments.told { files.add(FutureMoments.rows(told.table, told.column, key: told.key), told.column.name) }
        files.add(FutureMend.watchAccounts)
        files.add(FutureMend.runs)
        files.add(FutureMend.reports)
        files.add(FutureMend.embeddings)
        files.add(FutureMend.holdPosts)
        files.add(FutureMend.snapshots)
        files.add(FutureMend.times)
        files.add(FutureMend.counters)
        files.add(FutureMend.recordPosts)
    }

    private func addOps(_ files: inout StatementFiles) {
        files.add(Blocks.enter(alone: false))
        files.add(Blocks.enter(alone: true), "alone")
        files.add(Blocks.find(["ada"]))
        files.add(Blocks.insert("ada", by: "operator"))
        files.add(Blocks.delete("ada"))
        files.add(Blocks.all)
        files.add(ImportLock.wait)
        addRemoval(PurgeQueries.removal, of: .author("ada"), &files)
        addRemoval(ErasedPosts.removal, of: .posts(Self.ids), &files)
        files.add(ErasedPosts.all)
        files.add(ErasedPosts.entries)
        files.add(ErasedPosts.delete(Self.ids))
        files.add(ErasedPosts.find(Self.ids))
        files.add(ErasedPosts.insert(Self.ids, by: "operator"))
        files.add(ErasedPosts.stagingTables)
        files.add(ErasedPosts.drop("incoming_posts"))
    }

    private func addRemoval(_ removal: PostRemoval, of choice: PostRemoval.Choice, _ files: inout StatementFiles) {
        files.add(removal.rows(of: choice))
        files.add(removal.rows(ofHeld: Self.ids))
        files.add(removal.holdReports(of: choice))
        files.add(removal.holdEmbeddings(of: choice))
        files.add(removal.holdPosts(of: choice))
        for statement in removal.removals(of: Self.ids) { files.add(statement) }
        files.add(removal.forgetStages)
    }
}
