import API
import Domain
import Foundation
import HTTPTypes
import Synchronization
import Testing

/// What the server tells its log.
@Suite struct ObservationTests {
    /// The name of a key is anybody's choice; and of several credentials the one counts that lets the request in.
    @Test func aRequestComesInTheNameOfWhatLetItIn() async throws {
        let names = Mutex<[String?]>([])
        let server = try TestServer(readAccess: .keys) { observation in
            if case .request(let request) = observation { names.withLock { $0.append(request.principal) } }
        }
        server.archive.hold("boss@example.com", scopes: [.read])
        let both: HTTPFields = [HTTPField.Name("x-api-key")!: TestServer.key, .authorization: "Bearer boss@example.com"]
        for headers: HTTPFields in [both, [HTTPField.Name("x-api-key")!: TestServer.key], [:]] {
            _ = try await server.send(.get, "/v1/feed", headers: headers)
        }
        #expect(names.withLock { $0 } == ["boss@example.com (2)", "tester", nil])
    }

    @Test func aRequestIsNamedByItsRouteOrItsFileAndOneThatMatchedNeitherIsNot() async throws {
        let routes = Mutex<[String?]>([])
        let web = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../web").path
        let server = try TestServer(webRoot: web) { observation in
            if case .request(let request) = observation { routes.withLock { $0.append(request.route) } }
        }
        for path in ["/v1/posts/1", "/favicon.svg", "/posts/1", "/nothing"] { _ = try await server.get(path) }
        #expect(routes.withLock { $0 } == ["/v1/posts/{statusId}", "/favicon.svg", "/index.html", nil])
    }
}
