import API
import Synchronization
import Testing

/// What the server tells its log.
@Suite struct ObservationTests {
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
