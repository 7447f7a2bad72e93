import Domain
import HTTPTypes
import JSON
import Testing

@testable import API

@Suite struct RateLimitTests {
    @Test func eachCallerHasABucketOfHisOwnForEachKind() async throws {
        let server = try TestServer(readAccess: .keys, requestsPerMinute: [.reads: 3, .downloads: 1])
        server.archive.hold("ada", scopes: [.read])
        server.archive.hold("eve", scopes: [.read])
        func get(_ path: String, _ key: String?) async throws -> TestServer.Answer {
            try await server.send(.get, path, headers: key.map { [HTTPField.Name("x-api-key")!: $0] } ?? [:])
        }
        for left in [2, 1, 0] {
            let answer = try await get("/v1/feed", "ada")
            #expect(answer.status == 200)
            #expect(answer.headers[HTTPField.Name("RateLimit-Policy")!] == #""reads";q=3;w=60"#)
            #expect(answer.headers[HTTPField.Name("RateLimit")!]?.hasPrefix(#""reads";r=\#(left);t="#) == true)
        }
        let refused = try await get("/v1/freshness", "ada")
        #expect(refused.status == 429)
        #expect(try refused.json["code"] == .string("too_many_requests"))
        let wait = try #require(refused.headers[.retryAfter].flatMap(Int.init))
        #expect((1...20).contains(wait))
        #expect(refused.headers[HTTPField.Name("RateLimit")!] == #""reads";r=0;t=\#(wait)"#)
        // Neither others nor other kinds are counted with it, and health is never counted.
        #expect(try await get("/v1/feed", "eve").status == 200)
        #expect(try await get("/v1/feed.csv", "ada").status == 200)
        #expect(try await get("/v1/feed.csv", "ada").status == 429)
        for _ in 0..<9 { #expect(try await get("/health/live", "ada").status == 200) }
        // Whoever tries keys is counted by his address.
        let begun = ContinuousClock.now
        var tries = 0
        while tries < 40, try await get("/v1/feed", "try \(tries)").status == 401 { tries += 1 }
        // One more is let in for each 20 seconds that the tries took.
        #expect((3...3 + Int((ContinuousClock.now - begun) / .seconds(20))).contains(tries))
        #expect(try await get("/v1/feed", nil).status == 429)
    }

    /// What lets the request in is counted, whatever else it carries.
    @Test func moreCredentialsAreNoMoreBuckets() async throws {
        let server = try TestServer(readAccess: .keys, requestsPerMinute: [.reads: 2])
        server.archive.hold("reads", scopes: [.read])
        for number in 0..<3 { server.archive.hold("ops \(number)", scopes: [.ops]) }
        var statuses: [Int] = []
        for number in 0..<3 {
            let headers: HTTPFields = [HTTPField.Name("x-api-key")!: "ops \(number)", .authorization: "Bearer reads"]
            statuses.append(try await server.send(.get, "/v1/feed", headers: headers).status)
        }
        #expect(statuses == [200, 200, 429])
    }

    @Test func manyWrongKeysDoNotHideARightOne() async throws {
        let server = try TestServer(readAccess: .keys)
        server.archive.hold("reads", scopes: [.read])
        var headers: HTTPFields = [.authorization: "Bearer reads"]
        headers[values: HTTPField.Name("x-api-key")!] = (0..<9).map { "wrong \($0)" }
        #expect(try await server.send(.get, "/v1/feed", headers: headers).status == 200)
    }

    @Test func nothingIsCountedWithoutALimit() async throws {
        let server = try TestServer()
        for _ in 0..<50 {
            let answer = try await server.get("/v1/feed")
            #expect(answer.status == 200 && answer.headers[HTTPField.Name("RateLimit")!] == nil)
        }
    }

    @Test func anyNumberOfCallersTakesBoundedMemoryAndAFloodIsNotForgotten() throws {
        let limiter = RateLimiter(perMinute: [.reads: 10])
        let now = ContinuousClock.now
        for number in 0..<20_000 {
            _ = try limiter.take(.reads, by: nil, at: "\(number)", now: now)
            if number.isMultiple(of: 1_000) { _ = try? limiter.take(.reads, by: nil, at: "flood", now: now) }
        }
        #expect(throws: Problem.self) { try limiter.take(.reads, by: nil, at: "flood", now: now) }
    }
}
