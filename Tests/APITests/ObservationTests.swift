import API
import Domain
import HTTPTypes
import Synchronization
import Testing

/// What the server tells its log.
@Suite struct ObservationTests {
    /// The name of a key is anybody's choice; and of several credentials the one counts that lets the request in.
    @Test func aRequestComesInTheNameOfWhatLetItIn() async throws {
        let names = Mutex<[String?]>([])
        let server = try TestServer(readAccess: .keys) { observation in
            if case .request(_, _, _, _, _, let principal) = observation { names.withLock { $0.append(principal) } }
        }
        server.archive.hold("boss@example.com", scopes: [.read])
        let both: HTTPFields = [HTTPField.Name("x-api-key")!: TestServer.key, .authorization: "Bearer boss@example.com"]
        for headers: HTTPFields in [both, [HTTPField.Name("x-api-key")!: TestServer.key], [:]] {
            _ = try await server.send(.get, "/v1/feed", headers: headers)
        }
        #expect(names.withLock { $0 } == ["boss@example.com (2)", "tester", nil])
    }

    @Test func aRequestIsNamedByItsRouteAndOneThatMatchedNoneIsNot() async throws {
        let routes = Mutex<[String?]>([])
        let server = try TestServer { observation in
            if case .request(_, _, let route, _, _, _) = observation { routes.withLock { $0.append(route) } }
        }
        _ = try await server.get("/v1/posts/1")
        _ = try await server.get("/favicon.svg")
        #expect(routes.withLock { $0 } == ["/v1/posts/{statusId}", nil])
    }
}
