import Domain
import Foundation
import HTTPTypes
import Testing

@testable import API

/// Every answer says what a browser may do with it, whatever it is.
@Suite struct SecurityHeadersTests {
    private static let table = SecurityHeaders(publicURL: "https://feed.example.com")

    private static func server(_ access: ReadAccess = .open, publicURL: String = "https://feed.example.com") throws -> TestServer {
        try TestServer(
            readAccess: access, maximumItems: 1, publicURL: publicURL, allowedOrigins: ["https://friend.example.com"],
            webRoot: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../web").path)
    }

    private func expect(_ table: HTTPFields, in answer: TestServer.Answer, _ what: String) {
        for field in table { #expect(answer.headers[values: field.name] == [field.value], "\(field.name) of \(what)") }
        #expect(answer.headers[.server] == nil)
    }

    @Test func theTableIsWhatItSays() {
        for headers in [Self.table.ofFiles, Self.table.ofAnswers] {
            #expect(headers[.contentSecurityPolicy]?.contains("unsafe") == false)
            #expect(headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
            #expect(headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            #expect(headers[.xContentTypeOptions] == "nosniff")
            #expect(headers[.strictTransportSecurity] == "max-age=31536000")
        }
        #expect(Self.table.ofRefusals.map { "\($0.name): \($0.value)" } == Self.table.ofAnswers.map { "\($0.name.rawName): \($0.value)" })
    }

    /// Whoever comes by HTTP alone could not come back.
    @Test(arguments: [nil, "http://feed.example.com"]) func withoutTLSNothingIsSaidOfIt(publicURL: String?) {
        #expect(SecurityHeaders(publicURL: publicURL).ofFiles[.strictTransportSecurity] == nil)
        #expect(SecurityHeaders(publicURL: publicURL).ofAnswers[.strictTransportSecurity] == nil)
    }

    @Test(arguments: ReadAccess.allCases) func everyRouteHasThem(access: ReadAccess) async throws {
        let server = try Self.server(access)
        var statuses: Set<Int> = []
        for route in server.server.routes {
            for prefix in route.prefixes {
                let path = prefix + route.template.replacing("{statusId}", with: "1").replacing("{batchId}", with: "1")
                for method in [HTTPRequest.Method.get, .head, .post, .options, .delete] {
                    let answer = try await server.send(method, path)
                    expect(Self.table.ofAnswers, in: answer, "\(method) \(path)")
                    statuses.insert(answer.status)
                }
            }
        }
        #expect(statuses.isSuperset(of: access.isForEverybody ? [200, 404, 405, 401] : [200, 401, 405]))
    }

    /// A person at a wrong address gets a page with a way on; a program, and whoever asks the API, gets a problem document.
    @Test func aWrongAddressHasAWayOnForPeople() async throws {
        let server = try Self.server()
        let browser: HTTPFields = [.accept: "text/html,application/xhtml+xml,*/*;q=0.8"]
        for path in ["/feed", "/help", "/posts", "/docs/nothing", "/apis"] {
            let answer = try await server.send(.get, path, headers: browser)
            #expect(answer.status == 404 && answer.headers[.contentType] == "text/html; charset=utf-8", "\(path)")
            #expect(answer.body.contains(#"<a href="/overview.html">"#))
            expect(Self.table.ofFiles, in: answer, path)
        }
        let moved = try await server.send(.get, "/overview", headers: browser)
        #expect(moved.status == 301 && moved.headers[.location] == "/overview.html")
        let below = try Self.server(publicURL: "https://example.com/feed")
        #expect(try await below.send(.get, "/overview", headers: browser).headers[.location] == "/feed/overview.html")
        #expect(try await below.send(.get, "/nothing", headers: browser).body.contains(#"<a href="/feed/overview.html">"#))
        for (path, headers) in [
            ("/feed", HTTPFields()), ("/feed", [.accept: "application/json"]), ("/v1/nothing", browser), ("/api/x", browser),
        ] {
            let answer = try await server.send(.get, path, headers: headers)
            #expect(answer.status == 404 && answer.headers[.contentType] == "application/problem+json", "\(path)")
        }
        #expect(try await server.send(.post, "/feed", headers: browser).headers[.contentType] == "application/problem+json")
    }

    @Test func everyErrorHasThem() async throws {
        let server = try Self.server()
        let without = try TestServer(keys: [], publicURL: "https://feed.example.com")
        let two = #"{"items": [{}, {}]}"#
        for (status, answer) in [
            (400, try await server.get("/v1/feed?limit=0")), (400, try await server.get("/v1/feed?q=%ff%")),
            (400, try await server.post("/v1/ingest/runs", "{")), (404, try await server.get("/v1/nothing")),
            (404, try await server.get("/nothing")), (413, try await server.post("/v1/ingest/posts/batch", two)),
            (415, try await server.post("/v1/ingest/runs", "{}", headers: [.contentType: "text/plain"])),
            (417, try await server.send(.get, "/v1/feed", headers: [.expect: "tea"])),
            (503, try await without.post("/v1/ingest/runs", "{}")), (204, try await server.send(.options, "*")),
            (
                204,
                try await server.send(
                    .options, "/v1/feed", headers: [.origin: "https://friend.example.com", .accessControlRequestMethod: "GET"])
            ),
            (304, try await server.send(.get, "/v1/feed", headers: [.ifNoneMatch: "*"])),
        ] {
            #expect(answer.status == status)
            expect(Self.table.ofAnswers, in: answer, "a \(status)")
        }
    }

    @Test func everyFileHasThem() async throws {
        let server = try Self.server(.keys)
        for path in ["/", "/posts/1", "/docs", "/overview.html", "/js/app.js", "/css/base/global.css", "/favicon.svg"] {
            for (method, headers, status) in [
                (HTTPRequest.Method.get, HTTPFields(), 200), (.head, [:], 200), (.get, [.acceptEncoding: "gzip"], 200),
                (.get, [.ifNoneMatch: "*"], 304),
            ] {
                let answer = try await server.send(method, path, headers: headers)
                #expect(answer.status == status)
                expect(Self.table.ofFiles, in: answer, "\(method) \(path)")
            }
        }
    }
}
