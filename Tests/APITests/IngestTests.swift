import Domain
import HTTPTypes
import JSON
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
        let error = try #require(answer["errors"]?.elements?.first?.object)
        #expect(error["index"] == .number("0") && error["field"] == .string(field) && error["code"] == .string(code))
        #expect(server.archive.state.withLock { $0.written.count } == 1)
    }

    @Test(arguments: ["status_id", "url", "author_handle", "last_seen_at"])
    func aRequiredMemberThatIsAbsentOrNullIsMissing(name: String) async throws {
        guard case .object(var object) = try JSONReader.read(item()) else { return }
        for replacement in [nil, JSONValue.null] {
            object.members.removeAll { $0.name == name }
            if let replacement { object.members.append(.init(name: name, value: replacement)) }
            var writer = JSONWriter()
            writer.value(.object(object))
            let answer = try await server.post(path, #"{"items":[\#(writer.text)]}"#)
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

    @Test func membersBesideTheItemsAndThoseOfRejectedItemsAreNamedToo() async throws {
        let body = #"{"source":"x","items":[\#(item(#","likes":-1,"liks":3"#)),5],"note":1}"#
        #expect(try await server.post(path, body).json["ignored_fields"] == .array([.string("liks"), .string("note"), .string("source")]))
        let run = try await server.post("/v1/ingest/runs", #"{"run_at":5,"mode":"both","runat":1}"#).json
        #expect(run["ignored_fields"] == .array([.string("runat")]))
    }

    @Test func aFloodOfIgnoredMembersIsNotSentBack() async throws {
        let members = (100...350).map { #""m\#($0)":1"# }.joined(separator: ",")
        let body = #"{"items":[],"\#(String(repeating: "a", count: 5_000))":1,\#(members)}"#
        let names = try #require(await server.post(path, body).json["ignored_fields"]?.elements)
        #expect(names.count == 100 && names[0] == .string(String(repeating: "a", count: 200)))
    }

    /// Index, code and field of each entry of `errors`.
    private func faults(_ answer: JSONObject) -> [String] {
        guard case .array(let errors)? = answer["errors"] else { return [] }
        return errors.map { error in
            guard case .object(let error) = error, case .number(let index)? = error["index"], case .string(let code)? = error["code"]
            else { return "" }
            guard case .string(let field)? = error["field"] else { return "\(index) \(code)" }
            return "\(index) \(code) \(field)"
        }
    }

    @Test func everyFaultOfAnItemIsTold() async throws {
        let bad =
            #"{"status_id":5,"url":"ftp://x","discovered_at":null,"last_seen_at":"2099-01-01T00:00:00Z","likes":-1,"views":2,"body_text":[]}"#
        let answer = try await server.post(path, #"{"items":[\#(bad),\#(item()),[]]}"#).json
        #expect(
            faults(answer) == [
                "0 invalid_value status_id", "0 missing_field discovered_at", "0 invalid_value url", "0 missing_field author_handle",
                "0 invalid_value body_text", "0 invalid_value likes", "0 invalid_value last_seen_at", "2 invalid_item",
            ])
        #expect(answer["received"] == .number("3") && answer["skipped"] == .number("2"))
        #expect(answer["items"] == .array([.string("rejected"), .string("inserted"), .string("rejected")]))
    }

    @Test(arguments: [
        ("metrics/batch", #"{"likes":-1,"views":1}"#, ["status_id", "snapshot_type", "snapshot_at", "likes", "reposts", "replies"]),
        ("reports/batch", #"{"summary":1,"channel":2}"#, ["status_id", "reported_at", "channel", "summary"]),
        ("watch-accounts/batch", #"{"tier":"x","note":1}"#, ["handle", "tier", "note"]),
        (
            "embeddings/batch", #"{"vector":1,"backend":1,"created_at":1}"#,
            ["status_id", "vector", "backend", "model", "text_hash", "created_at"]
        ),
        (
            "embeddings/batch", #"{"status_id":"1","backend":"b","model":"m","text_hash":"h","vector":[1],"vector_json":[2],"dims":3}"#,
            ["vector_json", "dims"]
        ),
        ("runs", #"{"source":"","note":1,"fetched_count":-1}"#, ["run_at", "mode", "source", "fetched_count", "note"]),
    ])
    func everyFaultIsToldInEveryOperation(operation: String, body: String, fields: [String]) async throws {
        let sent = operation == "runs" ? body : #"{"items":[\#(body)]}"#
        let answer = try await server.post("/v1/ingest/" + operation, sent).json
        #expect(faults(answer).map { $0.split(separator: " ").last.map(String.init) } == fields)
        #expect(answer["skipped"] == .number("1"))
    }

    @Test func ofManyFaultsAThousandAreToldBesideTheFirstOfEachItem() async throws {
        let answer = try await server.post(path, #"{"items":[\#([String](repeating: "{}", count: 900).joined(separator: ","))]}"#).json
        let told = faults(answer)
        #expect(told.count == 900 + 1_000)
        #expect(Set(told.map { $0.split(separator: " ")[0] }).count == 900 && told.last == "899 missing_field status_id")
    }

    @Test func aTextHasABoundThatItsFaultNames() async throws {
        let longest = String(repeating: "é", count: 131_072)
        #expect(try await server.post(path, #"{"items":[\#(item(#","body_text":"\#(longest)""#))]}"#).json["inserted"] == .number("1"))
        for name in [
            "body_text", "author_display", "posted_relative", "source_query", "significance_reason", "significance_version",
            "refresh_24h_status",
        ] {
            let answer = try await server.post(path, #"{"items":[\#(item(#","\#(name)":"\#(longest)x""#))]}"#)
            #expect(try faults(answer.json) == ["0 invalid_value \(name)"])
            #expect(answer.body.contains("262144 bytes at most"))
        }
        let url = item().replacing("https://x.example/1", with: "https://" + longest)
        #expect(try await faults(server.post(path, #"{"items":[\#(url)]}"#).json) == ["0 invalid_value url"])
    }

    @Test(arguments: [
        (
            "metrics/batch",
            #"{"status_id":"1","snapshot_type":"latest_observed","snapshot_at":"2026-02-22T09:30:00Z","likes":1,"reposts":1,"replies":1,"views":1,"source":"*"}"#
        ),
        ("reports/batch", #"{"status_id":"1","reported_at":"2026-02-22T09:30:00Z","channel":"*"}"#),
        ("reports/batch", #"{"status_id":"1","reported_at":"2026-02-22T09:30:00Z","summary":"*"}"#),
        ("reports/batch", #"{"status_id":"1","reported_at":"2026-02-22T09:30:00Z","destination":"*"}"#),
        ("watch-accounts/batch", #"{"handle":"ada","tier":"teammate","note":"*"}"#),
        ("embeddings/batch", #"{"status_id":"1","backend":"*","model":"m","text_hash":"h","vector":[1]}"#),
        ("embeddings/batch", #"{"status_id":"1","backend":"b","model":"*","text_hash":"h","vector":[1]}"#),
        ("embeddings/batch", #"{"status_id":"1","backend":"b","model":"m","text_hash":"*","vector":[1]}"#),
        ("runs", #"{"run_at":"2026-02-22T09:30:00Z","mode":"both","note":"*"}"#),
    ])
    func everyOtherTextHasTheSameBound(operation: String, body: String) async throws {
        func rejected(_ length: Int) async throws -> Bool {
            let item = body.replacing("*", with: String(repeating: "x", count: length))
            let answer = try await server.post("/v1/ingest/" + operation, operation == "runs" ? item : #"{"items":[\#(item)]}"#).json
            return answer["items"] == .array([.string("rejected")])
        }
        #expect(try await !rejected(262_144))
        #expect(try await rejected(262_145))
    }

    @Test func aVectorHasABoundInEitherForm() async throws {
        let large = try TestServer(maximumBodyBytes: 2_000_000)
        let numbers = [String](repeating: "0." + String(repeating: "1", count: 253), count: 4_096).joined(separator: ",")
        for (vector, rejected) in [("[\(numbers)]", true), ("[\(numbers.dropLast(1))]", false)] {
            for form in [#""vector":\#(vector)"#, #""vector_json":"\#(vector)""#] {
                let body = #"{"items":[{"status_id":"1","backend":"b","model":"m","text_hash":"h",\#(form)}]}"#
                #expect(try await faults(large.post("/v1/ingest/embeddings/batch", body).json).isEmpty != rejected)
            }
        }
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
