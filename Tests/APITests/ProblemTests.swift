import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

/// One shape of an error, on every path to one.
@Suite struct ProblemTests {
    private let server: TestServer

    init() throws { server = try TestServer() }

    private func check(_ answer: TestServer.Answer, _ status: Int, _ code: String) throws {
        #expect(answer.status == status)
        #expect(answer.headers[.contentType] == "application/problem+json")
        let json = try answer.json
        #expect(json["code"] == .string(code) && json["status"] == .number("\(status)"))
        #expect(json["error"] == json["detail"] && json["title"] != nil && json["type"] != nil)
        let id = try #require(json["request_id"]?.text)
        #expect(answer.headers[HTTPField.Name("x-request-id")!] == id)
    }

    @Test func everyPathHasTheShape() async throws {
        try await check(server.get("/v1/nothing"), 404, "not_found")
        try await check(server.get("/"), 404, "not_found")
        try await check(server.get("/v1/posts/unknown"), 404, "not_found")
        try await check(server.send(.delete, "/v1/feed"), 405, "method_not_allowed")
        try await check(server.send(.get, "/v1/ingest/runs"), 405, "method_not_allowed")
        try await check(server.get("/v1/feed?a=b"), 400, "unknown_parameter")
        try await check(server.get("/v1/feed?limit=1&limit=2"), 400, "repeated_parameter")
        try await check(server.get("/v1/feed?limit=x"), 400, "invalid_parameter")
        try await check(server.get("/v1/feed?cursor=x"), 400, "invalid_cursor")
        try await check(server.get("/v1/changes?after=x"), 400, "invalid_cursor")
        try await check(TestServer(maximumStreams: 0).get("/v1/stream"), 503, "too_many_streams")
        try await check(server.get("/v1/posts/%E0%A4%A"), 400, "malformed_url")
        try await check(server.post("/v1/ingest/runs", "{"), 400, "invalid_json")
        try await check(server.send(.post, "/v1/ingest/runs"), 401, "unauthorized")
        for (error, status, code) in [
            (ArchiveError.unavailable("SELECT secret"), 503, "unavailable"), (.outdatedSchema("SELECT secret"), 503, "outdated_schema"),
            (.fault("SELECT secret"), 500, "internal_error"),
        ] {
            server.archive.state.withLock { $0.error = error }
            for path in [
                "/v1/feed", "/v1/feed.csv", "/v1/feed.ndjson", "/v1/feed.atom", "/v1/feed.rss", "/v1/feed.json", "/v1/posts/1",
                "/v1/watch-accounts", "/v1/stats/summary", "/v1/changes", "/v1/stream", "/health/ready",
            ] {
                let answer = try await server.get(path)
                try check(answer, status, code)
                #expect(!answer.body.contains("secret"))
                #expect((answer.headers[.retryAfter] != nil) == (status == 503))
            }
            #expect(try await server.get("/v1/health").json["ok"] == .boolean(false))
        }
        #expect(try await server.get("/health/live").status == 200)
    }

    /// Where a connection is lost nobody knows whether its batch was applied.
    @Test func whoSentABatchIsToldThatItIsWholeAndNobodyThatItIsNotThere() async throws {
        let isWhole = "as a whole or not at all"
        server.archive.state.withLock { $0.error = .unavailable("") }
        let batch = try await server.post("/v1/ingest/posts/batch", #"{"items":[]}"#)
        #expect(batch.status == 503 && batch.body.contains(isWhole) && batch.body.contains("Idempotency-Key"))
        for path in ["/v1/feed", "/health/ready", "/v1/health", "/v1/ingest/batches/1"] {
            let answer = try await server.send(.get, path, headers: [HTTPField.Name("x-api-key")!: TestServer.key])
            #expect(answer.status == 503 && answer.body.contains("again") && !answer.body.contains("applied"))
        }
    }

    @Test(arguments: ["/v1/posts/%", "/v1/posts/%zz", "/v1/posts/%ff", "/v1/feed?q=%E0%A4%A", "/v1/feed?%ff=1", "/v1/posts/a%00b"])
    func aMalformedEscapeIsAnErrorAndNotACrash(path: String) async throws {
        try await check(server.get(path), 400, "malformed_url")
    }

    @Test func aMethodThatIsNotTakenIsToldWhichAre() async throws {
        #expect(try await server.send(.put, "/v1/feed").headers[.allow] == "GET, HEAD")
        #expect(try await server.send(.get, "/api/v1/ingest/posts/batch").headers[.allow] == "POST")
    }

    @Test func headAnswersAsGetWithoutABody() async throws {
        let answer = try await server.send(.head, "/v1/feed")
        #expect(answer.status == 200 && answer.body.isEmpty)
    }

    @Test func aSaneRequestIDIsKeptAndAStrangeOneIsNot() async throws {
        let name = HTTPField.Name("x-request-id")!
        #expect(try await server.send(.get, "/v1/health", headers: [name: "abcdef-12345"]).headers[name] == "abcdef-12345")
        #expect(try await server.send(.get, "/v1/health", headers: [name: "a b<script>"]).headers[name] != "a b<script>")
    }
}
