import Domain
import Store
import TestDatabase
import Testing

/// What hangs on posts, and what stands beside them.
@Suite struct RelatedIngestTests {
    private let moment = Timestamp(microseconds: 1_771_752_600_123_456)

    @Test func aMetricsSnapshotOfAnUnknownPostIsRejectedAndTheOthersGoIn() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            _ = try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, BatchOrigin()).outcomes
            let known = MetricsSnapshot(statusID: "1", type: .latestObserved, at: moment, counters: Counters(likes: 5), source: "ingest")
            var unknown = known
            unknown.statusID = "2"
            let outcomes = try await archive.ingest(metrics: [unknown, known, known], rejected: 0, BatchOrigin()).outcomes
            guard case .rejected(let faults) = outcomes[0] else {
                Issue.record("\(outcomes[0])")
                return
            }
            #expect(faults.map(\.code) == [.unknownPost])
            #expect(outcomes[1...] == [.inserted, .unchanged])
            let history = try #require(await archive.post("1")).snapshots
            #expect(history.map(\.at) == [moment])
            #expect(history.map(\.source) == ["ingest"])
        }
    }

    @Test func aReportKeepsWhatIsAbsentAndDoesNotGoBack() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            _ = try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, BatchOrigin()).outcomes
            let later = Timestamp(microseconds: moment.microseconds + 1)
            let first = ReportUpsert(statusID: "1", reportedAt: moment, channel: .value("team"), summary: .value("s"))
            let second = ReportUpsert(statusID: "1", reportedAt: later, summary: .null)
            #expect(try await archive.ingest(reports: [first], rejected: 0, BatchOrigin()).outcomes == [.inserted])
            #expect(try await archive.ingest(reports: [second], rejected: 0, BatchOrigin()).outcomes == [.updated])
            #expect(try await archive.ingest(reports: [first], rejected: 0, BatchOrigin()).outcomes == [.stale])
            let report = try await archive.post("1")?.report
            #expect(report == Report(statusID: "1", reportedAt: later, channel: "team", summary: nil, destination: nil))
            #expect(try await archive.post("1")?.post.reportedAt == later)
        }
    }

    @Test func aRunIsOneRowHoweverOftenItIsSent() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            let run = PipelineRunUpsert(runAt: moment, mode: .priority, fetchedCount: .value(3))
            #expect(try await archive.ingest(run: run, rejected: 0, BatchOrigin()).outcomes == [.inserted])
            #expect(try await archive.ingest(run: run, rejected: 0, BatchOrigin()).outcomes == [.unchanged])
            let more = PipelineRunUpsert(runAt: moment, mode: .priority, significantCount: .value(1))
            #expect(try await archive.ingest(run: more, rejected: 0, BatchOrigin()).outcomes == [.updated])
        }
    }

    @Test func theWatchListKeepsWhatIsAbsent() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            let added = WatchAccountUpsert(handle: "ada", tier: .influencer, note: .value("since spring"), addedAt: moment)
            #expect(try await archive.ingest(watchAccounts: [added], retier: false, rejected: 0, BatchOrigin()).outcomes == [.inserted])
            #expect(try await archive.ingest(watchAccounts: [added], retier: false, rejected: 0, BatchOrigin()).outcomes == [.unchanged])
            #expect(
                try await archive.ingest(watchAccounts: [.init(handle: "ada", tier: .teammate)], retier: false, rejected: 0, BatchOrigin())
                    .outcomes == [.updated])
            let list = try await archive.watchAccounts(tier: .teammate)
            let expected = WatchAccount(
                handle: "ada", tier: .teammate, note: "since spring", addedAt: moment, posts: 0, lastPostAt: nil)
            #expect(list == [expected])
            #expect(try await archive.summary().watchAccounts == [.teammate: 1, .influencer: 0, .ecosystem: 0])
        }
    }

    @Test func anEmbeddingOfAnUnknownPostIsRejectedAndAnOlderOneIsStale() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            _ = try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, BatchOrigin()).outcomes
            func embedding(_ id: String, _ vector: String, at time: Timestamp) -> EmbeddingUpsert {
                EmbeddingUpsert(
                    statusID: id, backend: "local", model: "m", dims: 2, vectorJSON: vector, textHash: "h",
                    createdAt: Timestamp(microseconds: 1), updatedAt: time)
            }
            let outcomes = try await archive.ingest(
                embeddings: [embedding("1", "[1,2]", at: moment), embedding("9", "[1,2]", at: moment)], rejected: 0, BatchOrigin()
            ).outcomes
            #expect(outcomes[0] == .inserted)
            guard case .rejected = outcomes[1] else {
                Issue.record("\(outcomes[1])")
                return
            }
            let older = Timestamp(microseconds: moment.microseconds - 1)
            #expect(
                try await archive.ingest(embeddings: [embedding("1", "[3,4]", at: older)], rejected: 0, BatchOrigin()).outcomes == [.stale])
        }
    }

    @Test func theSummaryAddsUp() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            let posts = (1...5).map { number in
                var post = PostObservation(at: Int64(number), [.isSignificant: .boolean(number > 2)])
                post.statusID = "\(number)"
                return post
            }
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin()).outcomes
            _ = try await archive.ingest(
                reports: ["1", "3"].map { ReportUpsert(statusID: $0, reportedAt: moment) }, rejected: 0, BatchOrigin()
            ).outcomes
            let summary = try await archive.summary()
            #expect((summary.posts, summary.significant, summary.reported) == (5, 3, 2))
            #expect((summary.unreported, summary.unreportedSignificant) == (3, 2))
        }
    }
}
