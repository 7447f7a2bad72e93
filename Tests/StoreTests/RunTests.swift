import Domain
import Postgres
import Store
import TestDatabase
import Testing

@Suite struct RunTests {
    private static let start: Int64 = 1_771_752_600_000_000

    private func run(_ mode: RunMode, at minutes: Int64, _ source: String = "cron") -> PipelineRunUpsert {
        PipelineRunUpsert(runAt: Timestamp(microseconds: Self.start + minutes * 60_000_000), mode: mode, source: source)
    }

    private func ingest(_ archive: PostgresArchive, _ runs: [PipelineRunUpsert]) async throws {
        for run in runs { _ = try await archive.ingest(run: run, rejected: 0, BatchOrigin()) }
    }

    @Test(arguments: 0..<3)
    func pagesOfRunsNeverLoseOrRepeatOne(seed: Int) async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var random = Seeded(state: UInt64(seed))
            // Many of one moment, or one microsecond apart.
            let runs = Set(
                (0..<60).map { _ in
                    PipelineRunUpsert(
                        runAt: Timestamp(microseconds: Self.start + .random(in: 0...4, using: &random)),
                        mode: RunMode.allCases.randomElement(using: &random)!,
                        source: ["cron", "Cron", "é", "z z"].randomElement(using: &random)!)
                })
            try await ingest(archive, Array(runs))
            let all = try await archive.runs(RunFilter(), after: nil, limit: 100).runs
            #expect(Set(all.map(RunPosition.init)) == Set(runs.map { RunPosition(runAt: $0.runAt, mode: $0.mode, source: $0.source) }))
            #expect(all.map(\.runAt) == all.map(\.runAt).sorted(by: >))
            for filter in [
                RunFilter(), RunFilter(modes: [.priority]), RunFilter(modes: [.both, .manual]),
                RunFilter(since: Timestamp(microseconds: Self.start + 1), until: Timestamp(microseconds: Self.start + 3)),
            ] {
                let expected = all.filter { run in
                    (filter.since.map { run.runAt >= $0 } ?? true) && (filter.until.map { run.runAt <= $0 } ?? true)
                        && (filter.modes.isEmpty || filter.modes.contains(run.mode))
                }
                for limit in [1, 3, 7, 100] {
                    var (found, position): ([PipelineRun], RunPosition?) = ([], nil)
                    repeat {
                        let page = try await archive.runs(filter, after: position, limit: limit)
                        found += page.runs
                        position = page.next
                    } while position != nil
                    #expect(found == expected)
                }
            }
        }
    }

    @Test func theUsualIntervalIsTheMedianOfTheRecentOnesOfASource() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            // Once a day for long, and now every half hour, with one pause; a second source runs five minutes later each time.
            try await ingest(archive, (0..<30).map { run(.priority, at: $0 * 1_440 - 100_000) })
            try await ingest(archive, (0..<12).map { run(.priority, at: $0 * 30 + ($0 > 5 ? 500 : 0)) })
            try await ingest(archive, (0..<12).map { run(.priority, at: $0 * 30 + ($0 > 5 ? 500 : 0) + 5, "laptop") })
            try await ingest(
                archive, [run(.discovery, at: 0), run(.discovery, at: 60), run(.both, at: 0), run(.both, at: 10), run(.both, at: 90)])
            try await ingest(archive, (0..<5).map { run(.manual, at: $0 * 10) })
            // Nothing was run in the future.
            try await database.connect { connection async throws in
                try await connection.executeScript(
                    "INSERT INTO pipeline_runs (run_at, mode) VALUES ('2099-01-01', 'priority'), ('2099-01-01', 'refresh24h')",
                    timeout: .seconds(10))
            }
            let freshness = try await archive.freshness()
            func mode(_ mode: RunMode, last: Int64?, every minutes: Int64?) -> ModeFreshness {
                ModeFreshness(
                    mode: mode, lastRunAt: last.map { Timestamp(microseconds: Self.start + $0 * 60_000_000) },
                    usualInterval: minutes.map { $0 * 60_000_000 })
            }
            #expect(
                freshness.modes == [
                    mode(.priority, last: 11 * 30 + 505, every: 30), mode(.discovery, last: 60, every: nil),
                    mode(.both, last: 90, every: 10),
                    mode(.refresh24h, last: nil, every: nil), mode(.manual, last: 40, every: nil),
                ])
            #expect(freshness.newestDiscovery == nil && freshness.newestObservation == nil)
        }
    }

    @Test func theNewestPostAndTheNewestObservationAreTold() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var random = Seeded(state: 1)
            let posts = RandomPosts.some(&random, 30)
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            let freshness = try await archive.freshness()
            #expect(freshness.newestDiscovery == posts.map(\.discoveredAt).max())
            #expect(freshness.newestObservation == posts.map(\.lastSeenAt).max())
        }
    }
}
