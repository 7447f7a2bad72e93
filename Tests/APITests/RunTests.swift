import Domain
import JSON
import Synchronization
import Testing

@Suite struct RunTests {
    private let server: TestServer
    private let run = PipelineRun(
        runAt: Timestamp(microseconds: 1_771_752_600_000_007), mode: .refresh24h, source: "a/b \u{1F} é", fetchedCount: 3,
        significantCount: 2,
        reportedCount: 1, note: nil)

    init() throws {
        server = try TestServer()
        server.archive.state.withLock { $0.runs = [run] }
    }

    @Test func aRunIsWrittenWhole() async throws {
        let answer = try await server.get("/v1/runs").body
        #expect(
            answer.hasPrefix(
                """
                {"items":[{"run_at":"2026-02-22T09:30:00.000007Z","mode":"refresh24h","source":"a/b \\u001f é",\
                "fetched_count":3,"significant_count":2,"reported_count":1,"note":null}],"next_cursor":"
                """))
    }

    @Test func everyFilterReachesTheArchive() async throws {
        _ = try await server.get("/v1/runs?since=2026-02-22&until=2026-02-22&tz=Europe/Berlin&mode=both&mode=refresh-24h&limit=7")
        let (filter, limit) = server.archive.state.withLock { ($0.runFilter, $0.limit) }
        #expect(
            filter
                == RunFilter(
                    since: try Timestamp(iso8601: "2026-02-21T23:00:00Z"), until: try Timestamp(iso8601: "2026-02-22T22:59:59.999999Z"),
                    modes: [.both, .refresh24h]))
        #expect(limit == 7)
    }

    @Test func aCursorIsExactAndBoundToItsFilter() async throws {
        let cursor = try #require(await server.get("/v1/runs?mode=both&mode=manual").json["next_cursor"]?.text)
        #expect(try await server.get("/v1/runs?mode=manual&mode=both&limit=3&cursor=\(cursor)").status == 200)
        #expect(server.archive.state.withLock { $0.runPosition } == RunPosition(run))
        for path in ["/v1/runs?cursor=\(cursor)", "/v1/runs?mode=both&cursor=\(cursor)", "/v1/feed?cursor=\(cursor)"] {
            let answer = try await server.get(path)
            #expect(answer.status == 400)
            #expect(try answer.json["code"] == .string("invalid_cursor"))
        }
        for index in cursor.indices {
            var changed = cursor
            changed.replaceSubrange(index...index, with: cursor[index] == "A" ? "B" : "A")
            #expect(try await server.get("/v1/runs?mode=both&mode=manual&cursor=\(changed)").status == 400)
        }
        server.archive.state.withLock { $0.posts = [.sample(id: "1", at: Timestamp(microseconds: 5))] }
        let other = try #require(await server.get("/v1/feed").json["next_cursor"]?.text)
        #expect(try await server.get("/v1/runs?cursor=\(other)").status == 400)
    }

    @Test(arguments: [
        ("mode=weekly", "mode"), ("mode=", "mode"), ("mode=Priority", "mode"), ("since=soon", "since"), ("until=2026-02-30", "until"),
        ("since=2026-02-23&until=2026-02-22", "since"), ("tz=Mars/Olympus", "tz"), ("limit=0", "limit"), ("limit=201", "limit"),
        ("cursor=abc", "cursor"), ("cursor=", "cursor"), ("limit=5&limit=5", "limit"), ("tier=teammate", "tier"), ("q=a", "q"),
    ])
    func aWrongParameterIsNamed(query: String, parameter: String) async throws {
        let answer = try await server.get("/v1/runs?\(query)")
        #expect(answer.status == 400)
        #expect(try answer.json["parameter"] == .string(parameter))
        #expect(server.archive.state.withLock { $0.runFilter } == nil)
    }

    @Test func freshnessIsToldByTheClockOfTheArchive() async throws {
        server.archive.state.withLock { state in
            let hour: Int64 = 3_600_000_000
            state.freshness = Freshness(
                now: Timestamp(microseconds: 10 * hour), newestDiscovery: Timestamp(microseconds: 1), newestObservation: nil,
                modes: [
                    ModeFreshness(mode: .priority, lastRunAt: Timestamp(microseconds: 5 * hour), usualInterval: hour + 500_000),
                    ModeFreshness(mode: .manual, lastRunAt: nil, usualInterval: nil),
                ])
        }
        #expect(
            try await server.get("/v1/freshness").body == """
                {"now":"1970-01-01T10:00:00.000000Z","status":"blind","blind_since":"1970-01-01T06:00:00.500000Z",\
                "newest_discovered_at":"1970-01-01T00:00:00.000001Z","newest_last_seen_at":null,"modes":[\
                {"mode":"priority","status":"blind","last_run_at":"1970-01-01T05:00:00.000000Z","usual_interval_seconds":3600.5,\
                "due_at":"1970-01-01T06:00:00.500000Z","blind_since":"1970-01-01T06:00:00.500000Z"},\
                {"mode":"manual","status":"unknown","last_run_at":null,"usual_interval_seconds":null,"due_at":null,"blind_since":null}]}
                """)
        #expect(try await server.get("/v1/freshness?mode=both").json["parameter"] == .string("mode"))
    }
}
