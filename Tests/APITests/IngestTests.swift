import Domain
import HTTPTypes
import Synchronization
import Testing

@Suite struct IngestTests {
    private let server: TestServer
    private let path = "/v1/ingest/posts/batch"

    init() throws { server = try TestServer() }

    private func item(_ members: String = "") -> String {
        #"{"status_id":"1","url":"https://x.example/1","author_handle":"@Ada","discovered_at":"2026-02-22T09:30:00Z","last_seen_at":"2026-02-22T09:30:00Z"\#(members)}"#
    }

    @Test func absentNullAndZeroAreThreePiecesOfNews() async throws {
        _ = try await server.post(path, #"{"items":[\#(item(#","likes":0,"body_text":null"#))]}"#)
        let post = try #require(server.archive.state.withLock { $0.written.first })
        #expect(post.cells[.likes] == .integer(0) && post.times[.likes] == nil)
        #expect(post.cells[.bodyText] == .null && post.times[.bodyText] == nil)
        #expect(post.times[.views] == .never)
        #expect(post.cells[.authorHandle] == .text("ada"))
    }

    /// What can never be stored is a fault of that item alone, and names the field.
    @Test(arguments: [
        (#","likes":"12""#, "likes", "invalid_value"), (#","likes":1.5"#, "likes", "invalid_value"),
        (#","likes":1e3"#, "likes", "invalid_value"),
        (#","likes":-1"#, "likes", "invalid_value"), (#","likes":"1.2K""#, "likes", "invalid_value"),
        (#","likes":99999999999999999999"#, "likes", "invalid_value"),
        (#","watch_tier":"investor""#, "watch_tier", "invalid_value"), (#","watch_tier":"""#, "watch_tier", "invalid_value"),
        (#","is_significant":"true""#, "is_significant", "invalid_value"), (#","body_text":"a\u0000b""#, "body_text", "invalid_value"),
        (#","refresh_24h_at":"soon""#, "refresh_24h_at", "invalid_value"), (#","body_text":5"#, "body_text", "invalid_value"),
    ])
    func aFaultyItemIsRejectedAndTheOthersGoIn(members: String, field: String, code: String) async throws {
        let answer = try await server.post(path, #"{"items":[\#(item(members)),\#(item())]}"#).json
        #expect(answer["received"] == .number("2") && answer["inserted"] == .number("1") && answer["skipped"] == .number("1"))
        guard case .array(let errors)? = answer["errors"], case .object(let error)? = errors.first else { return #expect(Bool(false)) }
        #expect(error["index"] == .number("0") && error["field"] == .string(field) && error["code"] == .string(code))
        #expect(server.archive.state.withLock { $0.written.count } == 1)
    }

    @Test(arguments: ["status_id", "url", "author_handle", "discovered_at", "last_seen_at"])
    func aRequiredMemberThatIsAbsentOrNullIsMissing(name: String) async throws {
        guard case .object(var object) = try JSONReader.read(item()) else { return }
        for replacement in [nil, JSONValue.null] {
            object.members.removeAll { $0.name == name }
            if let replacement { object.members.append(.init(name: name, value: replacement)) }
            var writer = JSONWriter()
            writer.value(.object(object))
            let answer = try await server.post(path, #"{"items":[\#(String(decoding: writer.bytes, as: UTF8.self))]}"#)
            #expect(answer.body.contains(#""code":"missing_field","field":"\#(name)""#))
        }
    }

    @Test(arguments: ["javascript:alert(1)", "ftp://x.example", "//x.example", ""])
    func anAddressThatIsNotOfTheWebIsRefused(url: String) async throws {
        let body = item().replacing("https://x.example/1", with: url)
        #expect(try await server.post(path, #"{"items":[\#(body)]}"#).body.contains(#""field":"url""#))
    }

    @Test func aDeadArchiveIsNever200() async throws {
        server.archive.state.withLock { $0.error = .unavailable("connection refused: host=secret-host") }
        let answer = try await server.post(path, #"{"items":[\#(item()),{}]}"#)
        #expect(answer.status == 503)
        #expect(answer.headers[.retryAfter] != nil)
        #expect(!answer.body.contains("secret-host"))
    }

    @Test func metricsWithoutACounterAreNotZero() async throws {
        let answer = try await server.post(
            "/v1/ingest/metrics/batch",
            #"{"items":[{"status_id":"1","snapshot_type":"latest_observed","snapshot_at":"2026-02-22T09:30:00Z","likes":1,"reposts":1,"replies":1}]}"#
        )
        #expect(answer.body.contains(#""code":"missing_field","field":"views""#))
        #expect(server.archive.state.withLock { $0.metrics.isEmpty })
    }

    @Test(arguments: [#""vector":[1,0.5]"#, #""vector_json":[1,0.5]"#, #""vector_json":"[1,0.5]","dims":2"#])
    func aVectorComesInThreeForms(vector: String) async throws {
        let body = #"{"items":[{"status_id":"1","backend":"b","model":"m","text_hash":"h",\#(vector)}]}"#
        #expect(try await server.post("/v1/ingest/embeddings/batch", body).json["inserted"] == .number("1"))
        #expect(server.archive.state.withLock { $0.embeddings.first?.vectorJSON } == "[1,0.5]")
    }

    @Test(arguments: [#""vector":[1],"dims":2"#, #""vector":["1"]"#, #""vector":[1e999]"#, #""vector_json":"nonsense""#, #""dims":2"#])
    func aVectorThatIsNoneIsRefused(vector: String) async throws {
        let body = #"{"items":[{"status_id":"1","backend":"b","model":"m","text_hash":"h",\#(vector)}]}"#
        #expect(try await server.post("/v1/ingest/embeddings/batch", body).json["skipped"] == .number("1"))
    }

    @Test func unknownMembersAreNamedOnce() async throws {
        let answer = try await server.post(path, #"{"items":[\#(item(#","mood":1"#)),\#(item(#","mood":2,"colour":3"#))]}"#)
        #expect(try answer.json["ignored_fields"] == .array([.string("colour"), .string("mood")]))
    }

    @Test func aDryRunIsHandedOn() async throws {
        _ = try await server.post(path + "?dry_run=true", #"{"items":[\#(item())]}"#)
        #expect(server.archive.state.withLock { $0.origin?.isDryRun } == true)
    }

    @Test(arguments: [
        ("", 400, "invalid_json"), ("{", 400, "invalid_json"), (#"{"items":[NaN]}"#, 400, "invalid_json"),
        (#"{"items":[],"items":[]}"#, 400, "invalid_json"),
        ("[]", 400, "invalid_body"), ("{}", 400, "invalid_body"), (#"{"items":{}}"#, 400, "invalid_body"), ("null", 400, "invalid_body"),
    ])
    func aBodyOfAnotherShapeIsRefused(body: String, status: Int, code: String) async throws {
        let answer = try await server.post(path, body)
        #expect(answer.status == status)
        #expect(try answer.json["code"] == .string(code))
    }

    @Test func tooMuchIsRefusedWithTheCap() async throws {
        let small = try TestServer(maximumItems: 2, maximumBodyBytes: 600)
        let items = try await small.post(path, #"{"items":[1,2,3]}"#)
        #expect(items.status == 413)
        #expect(items.body.contains("2 items at most"))
        let bytes = try await small.post(path, #"{"items":[\#(String(repeating: " ", count: 600))]}"#)
        #expect(bytes.status == 413)
        #expect(bytes.body.contains("600 bytes"))
    }

    @Test func onlyJSONIsTaken() async throws {
        #expect(try await server.post(path, #"{"items":[]}"#, headers: [.contentType: "text/plain"]).status == 415)
        #expect(try await server.post(path, #"{"items":[]}"#, headers: [.contentType: "application/json; charset=utf-8"]).status == 200)
    }

    @Test func aRunIsTheBodyItself() async throws {
        let answer = try await server.post("/v1/ingest/runs", #"{"run_at":"2026-02-22T09:30:00Z","mode":"refresh-24h"}"#).json
        #expect(answer["received"] == .number("1") && answer["skipped"] == .number("1"))
        #expect(
            try await server.post("/v1/ingest/runs", #"{"run_at":"2026-02-22T09:30:00Z","mode":"hourly"}"#).body.contains(
                #""field":"mode""#))
    }
}
