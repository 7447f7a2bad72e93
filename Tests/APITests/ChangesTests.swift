import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

@Suite struct ChangesTests {
    private let server: TestServer
    private let key = MetricsSnapshot.Key(statusID: "1", type: .latestObserved, at: Timestamp(microseconds: 5))

    init() throws {
        server = try TestServer()
        let key = key
        server.archive.state.withLock { state in
            let snapshot = MetricsSnapshot(statusID: "1", type: key.type, at: key.at, counters: Counters(likes: 3))
            let report = Report(statusID: "1", reportedAt: Timestamp(microseconds: 7), channel: "team", summary: nil, destination: nil)
            let rows: [Change.Row] = [
                .post(statusID: "1", .sample(id: "1", at: Timestamp(microseconds: 5))), .metrics(key, snapshot),
                .report(statusID: "1", report),
                .post(statusID: "2", nil), .metrics(key, nil), .report(statusID: "2", nil),
            ]
            state.changes = rows.enumerated().map { Change($1, next: ChangeCursor(ChangePlace(position: Int64($0) + 2, offset: 0))) }
        }
    }

    @Test(arguments: [
        ("after=", "after"), ("after=17", "after"), ("after=0-0", "after"), ("after=-1-0", "after"), ("after=1-0&after=2-0", "after"),
        ("after=Now", "after"), ("after=1-0+", "after"), ("after=99999999999999999999-0", "after"), ("after=8-0", "after"),
        ("after=7-1", "after"), ("after=1-0~post", "after"), ("after=1-0~post~3", "after"), ("after=1-0-x", "after"),
        ("limit=0", "limit"), ("limit=1001", "limit"), ("wait=0", "wait"), ("wait=31", "wait"), ("wait=1.5", "wait"),
        ("since=2026-02-22", "since"),
    ])
    func aWrongParameterIsNamed(query: String, parameter: String) async throws {
        let answer = try await server.get("/v1/changes?\(query)")
        #expect(answer.status == 400)
        #expect(try answer.json["parameter"] == .string(parameter))
    }

    @Test(arguments: ["after=17", "after=8-0", "limit=5", "wait=1"])
    func aStreamTakesOnlyAPlace(query: String) async throws {
        #expect(try await server.get("/v1/stream?\(query)").status == 400)
    }

    @Test func whatIsAskedForReachesTheArchive() async throws {
        for (query, place, limit) in [
            ("", "7-0~", 200), ("?after=3-2&limit=7", "3-2", 7), ("?after=now&limit=1000", "7-0", 1_000),
            ("?after=3-2-99~post~31", "3-2-99~post~31", 200),
        ] {
            #expect(try await server.get("/v1/changes\(query)").status == 200)
            #expect(server.archive.state.withLock { $0.cursor?.description } == place)
            #expect(server.archive.state.withLock { $0.limit } == limit)
        }
    }

    @Test func eachKindShowsItsRowAndWhatIsGoneSaysSo() async throws {
        let answer = try await server.get("/v1/changes").json
        #expect(answer["next"] == .string("7-0") && answer["has_more"] == .boolean(false))
        let items = try #require(answer["items"]?.elements)
        let objects = items.compactMap(\.object)
        #expect(
            objects.map { $0.members.map(\.name) } == [
                ["kind", "status_id", "post"], ["kind", "status_id", "snapshot_type", "snapshot_at", "snapshot"],
                ["kind", "status_id", "report"], ["kind", "status_id", "deleted"],
                ["kind", "status_id", "snapshot_type", "snapshot_at", "deleted"], ["kind", "status_id", "deleted"],
            ])
        #expect(objects.map { $0["kind"] } == ["post", "metrics", "report", "post", "metrics", "report"].map { .string($0) })
        // The row is what the other operations show.
        let post = try #require(objects.first?["post"]?.object)
        #expect(post["status_id"] == .string("1") && post["discovered_at"] == .string("1970-01-01T00:00:00.000005Z"))
    }

    @Test func aPageSaysWhetherThereIsMore() async throws {
        let answer = try await server.get("/v1/changes?limit=2").json
        #expect(answer["next"] == .string("3-0") && answer["has_more"] == .boolean(true))
        #expect(try await server.get("/v1/changes?after=3-0&limit=4").json["has_more"] == .boolean(false))
    }

    @Test func aClientThatComesBackGoesOnWhereItWas() async throws {
        let name = try #require(HTTPField.Name("Last-Event-ID"))
        let answer = try await server.send(.get, "/v1/stream?after=now", headers: [name: "3-0"])
        #expect(answer.status == 200 && answer.headers[.cacheControl] == "no-store")
        #expect(server.archive.state.withLock { $0.cursor?.description } == "3-0")
        for wrong in ["three", "9-0"] {
            let answer = try await server.send(.get, "/v1/stream?after=now", headers: [name: wrong])
            #expect(try answer.status == 400 && answer.json["parameter"] == .string("Last-Event-ID"))
        }
    }

    /// A client that has seen no id may say so.
    @Test func anEmptyIDIsNone() async throws {
        let name = try #require(HTTPField.Name("Last-Event-ID"))
        #expect(try await server.send(.get, "/v1/stream?after=3-0", headers: [name: ""]).status == 200)
        #expect(server.archive.state.withLock { $0.cursor?.description } == "3-0")
    }

    @Test func aStreamThatIsOverFreesItsPlace() async throws {
        let small = try TestServer(maximumStreams: 1)
        for _ in 0..<3 { #expect(try await small.get("/v1/stream").status == 200) }
        for _ in 0..<3 { #expect(try await small.send(.head, "/v1/stream").status == 200) }
        for _ in 0..<3 { #expect(try await small.get("/v1/stream?after=9-0").status == 400) }
        #expect(try await small.get("/v1/stream").status == 200)
    }
}
