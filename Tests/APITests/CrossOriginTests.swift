import API
import Domain
import HTTPTypes
import Testing

/// Who may read from a page of another origin, and who may not.
@Suite struct CrossOriginTests {
    private static let friend = "https://feed.example.com"
    private static let strangers = [
        "https://evil.example.com", "https://feed.example.com.evil.example", "http://feed.example.com", "null", "https://FEED.example.com",
    ]

    private static func server(_ origins: Set<String> = [friend, "http://localhost:3000"]) throws -> TestServer {
        try TestServer(allowedOrigins: origins)
    }

    private static let names: [HTTPField.Name] = [
        .accessControlAllowOrigin, .accessControlAllowMethods, .accessControlAllowHeaders, .accessControlAllowCredentials,
        .accessControlExposeHeaders, .accessControlMaxAge,
    ]

    @Test(arguments: ["/v1/feed", "/api/v1/feed", "/v1/posts/unknown", "/v1/feed?limit=0", "/v1/nothing", "/v1/openapi.yaml", "/v1/health"])
    func aFriendReadsAnswersAndErrors(path: String) async throws {
        let server = try Self.server()
        for origin in [Self.friend, "http://localhost:3000"] {
            let answer = try await server.send(.get, path, headers: [.origin: origin])
            #expect(answer.headers[.accessControlAllowOrigin] == origin)
            #expect(answer.headers[.accessControlExposeHeaders] == "ETag, Retry-After, x-request-id")
            #expect(answer.headers[.accessControlAllowCredentials] == nil)
            #expect(answer.headers[.vary]?.contains("Origin") == true)
        }
    }

    @Test func aRevalidatedAnswerIsReadToo() async throws {
        let server = try Self.server()
        let answer = try await server.send(.get, "/v1/feed", headers: [.origin: Self.friend, .ifNoneMatch: "*"])
        #expect(answer.status == 304 && answer.headers[.accessControlAllowOrigin] == Self.friend)
    }

    @Test(arguments: strangers) func aStrangerDoesNot(origin: String) async throws {
        let server = try Self.server()
        for path in ["/v1/feed", "/v1/posts/unknown"] {
            let answer = try await server.send(.get, path, headers: [.origin: origin])
            #expect(Self.names.allSatisfy { answer.headers[$0] == nil })
            // A cache must not give the answer to a stranger to a friend.
            #expect(answer.headers[.vary]?.contains("Origin") == true)
        }
        #expect(try await preflight(server, "/v1/feed", origin).status == 405)
    }

    @Test func withoutASettingNobodyIsTold() async throws {
        let server = try Self.server([])
        for origin in [Self.friend] + Self.strangers {
            for answer in [
                try await server.send(.get, "/v1/feed", headers: [.origin: origin]), try await preflight(server, "/v1/feed", origin),
            ] {
                #expect(Self.names.allSatisfy { answer.headers[$0] == nil })
                #expect(answer.headers[.vary]?.contains("Origin") != true)
            }
        }
    }

    @Test func ingestIsNotForBrowsers() async throws {
        let server = try Self.server()
        for path in ["/v1/ingest/posts/batch", "/api/v1/ingest/runs", "/v1/ingest/batches/1"] {
            let answer = try await server.post(path, "{}", headers: [.origin: Self.friend])
            #expect(Self.names.allSatisfy { answer.headers[$0] == nil })
            for method in ["GET", "POST"] {
                #expect(try await preflight(server, path, Self.friend, method).status == 405)
            }
        }
    }

    @Test func whoAsksBeforehandIsToldWhatIsAllowed() async throws {
        let server = try Self.server()
        for (path, method) in [("/v1/feed", "GET"), ("/api/v1/posts/1", "HEAD")] {
            let answer = try await preflight(server, path, Self.friend, method)
            #expect(answer.status == 204 && answer.bytes.isEmpty)
            #expect(answer.headers[.accessControlAllowOrigin] == Self.friend)
            #expect(answer.headers[.accessControlAllowMethods] == "GET, HEAD")
            #expect(answer.headers[.accessControlAllowHeaders]?.contains("If-None-Match") == true)
            #expect(answer.headers[.accessControlMaxAge] == "86400")
            #expect(
                answer.headers[.vary]?.contains("Access-Control-Request-Method") == true
                    && answer.headers[.vary]?.contains("Origin") == true)
        }
        #expect(try await preflight(server, "/v1/feed", Self.friend, "POST").status == 405)
        #expect(try await preflight(server, "/v1/nothing", Self.friend).status == 404)
        // Without the question it is no preflight.
        #expect(try await server.send(.options, "/v1/feed", headers: [.origin: Self.friend]).status == 405)
    }

    private func preflight(
        _ server: TestServer, _ path: String, _ origin: String, _ method: String = "GET"
    ) async throws -> TestServer.Answer {
        try await server.send(
            .options, path,
            headers: [
                .origin: origin, .accessControlRequestMethod: method, HTTPField.Name("Access-Control-Request-Headers")!: "if-none-match",
            ])
    }
}
