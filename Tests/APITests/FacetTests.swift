import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

@Suite struct FacetTests {
    private let server: TestServer

    init() throws { server = try TestServer() }

    @Test func everyFacetIsNamedAsItsFilter() async throws {
        server.archive.state.withLock { state in
            state.facets.tiers[.influencer] = 5
            state.facets.tiers[nil] = 2
            (state.facets.significant[true], state.facets.significant[false]) = (1, 6)
            state.facets.reported[false] = 7
            for (index, handle) in ["ada", "bob", "cy"].enumerated() { state.facets.handles[handle] = Int64(4 - index) }
            state.facets.sourceQueries[nil] = 7
        }
        let answer = try await server.get("/v1/facets?top=2&tier=influencer&tier=none")
        #expect(
            answer.body == """
                {"partial":false,"covered_since":null,"total":7,\
                "tier":{"teammate":0,"influencer":5,"ecosystem":0,"none":2},\
                "significant":{"true":1,"false":6},"reported":{"true":0,"false":7},\
                "handle":{"top":[{"value":"ada","posts":4},{"value":"bob","posts":3}],"other_values":1,"other_posts":2},\
                "source_query":{"top":[{"value":null,"posts":7}],"other_values":0,"other_posts":0}}
                """)
        #expect(server.archive.state.withLock { $0.filter } == PostFilter(tiers: [.influencer, nil]))
    }

    @Test func aPartialAnswerSaysHowFarItGotAndIsNotKept() async throws {
        server.archive.state.withLock { $0.coveredSince = Timestamp(microseconds: 5) }
        let first = try await server.get("/v1/facets")
        let answer = try first.json
        #expect(answer["partial"] == .boolean(true) && answer["covered_since"] == .string("1970-01-01T00:00:00.000005Z"))
        #expect(first.headers[.cacheControl] == "no-store")
        // The archive is the same, and another try gets further.
        let headers: HTTPFields = [.ifNoneMatch: try #require(first.headers[.eTag])]
        #expect(try await server.send(.get, "/v1/facets", headers: headers).status == 304)
        server.archive.state.withLock { $0.coveredSince = nil }
        let second = try await server.send(.get, "/v1/facets", headers: headers)
        #expect(second.status == 200 && second.headers[.cacheControl] != "no-store")
        #expect(try second.json["partial"] == .boolean(false))
    }

    @Test(arguments: [
        ("top=0", "top"), ("top=101", "top"), ("top=x", "top"), ("top=1&top=2", "top"), ("limit=5", "limit"), ("bucket=day", "bucket"),
        ("sort=likes", "sort"), ("since=2026-02-23&until=2026-02-22", "since"),
    ])
    func aWrongParameterIsNamed(query: String, parameter: String) async throws {
        let answer = try await server.get("/v1/facets?\(query)")
        #expect(answer.status == 400)
        #expect(try answer.json["parameter"] == .string(parameter))
        #expect(server.archive.state.withLock { $0.filter } == nil)
    }
}
