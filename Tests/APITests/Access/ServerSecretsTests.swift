import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

@testable import API

/// Secrets that a running server is given anew.
@Suite struct ServerSecretsTests {
    private static let newKey = "another-key-for-tests"

    private func take(
        _ server: TestServer, keys: [IngestKey] = [], cursorKey: [UInt8]? = nil, sessionKeys: [String]? = nil
    ) {
        var signIn = SignInConfiguration.ofNoProvider
        if let sessionKeys { signIn.sessionKeys = sessionKeys }
        server.server.take(
            ServerSecrets(ingestKeys: keys, cursorKey: cursorKey, signIn: SignIn(signIn, http: .toNoProvider)))
    }

    private func ingest(_ server: TestServer, with key: String) async throws -> Int {
        try await server.post("/v1/ingest/posts/batch", #"{"items": []}"#, headers: [.apiKey: key]).status
    }

    @Test func keysOfCollectorsAreReplaced() async throws {
        let server = try TestServer()
        server.archive.hold("of-the-archive", scopes: [.ingest])
        let before = try await ingest(server, with: TestServer.key)
        #expect(before != 401)
        #expect(try await ingest(server, with: Self.newKey) == 401)
        take(server, keys: [IngestKey(name: "tester", secret: Self.newKey)])
        #expect(try await ingest(server, with: TestServer.key) == 401)
        #expect(try await ingest(server, with: Self.newKey) == before)
        #expect(try await ingest(server, with: "of-the-archive") == before)
        take(server)
        #expect(try await ingest(server, with: Self.newKey) == 401)
        #expect(try await ingest(server, with: "of-the-archive") == before)
    }

    @Test func aSessionIsGoodAsLongAsItsKeyIsOneOfThem() async throws {
        let server = try TestServer(readAccess: .oidc)
        let email = "ada@example.com"
        let old = SignInConfiguration.ofNoProvider.sessionKeys
        #expect(try await server.send(.get, "/v1/feed", as: email).status == 200)
        take(server, sessionKeys: [String(repeating: "n", count: 32)] + old)
        #expect(try await server.send(.get, "/v1/feed", as: email).status == 200)
        take(server, sessionKeys: [String(repeating: "n", count: 32)])
        #expect(try await server.send(.get, "/v1/feed", as: email).status == 401)
    }

    @Test func cursorsAndKeptPagesGoWithTheirKey() async throws {
        let server = try TestServer()
        server.archive.state.withLock { $0.posts = [.sample(id: "1", at: Timestamp(microseconds: 5))] }
        // Asked twice, the page is kept.
        _ = try await server.get("/v1/feed?limit=1")
        let kept = try await server.get("/v1/feed?limit=1")
        let cursor = try #require(kept.json["next_cursor"]?.text)
        take(server)
        #expect(try await server.get("/v1/feed?limit=1&cursor=\(cursor)").status == 200)
        take(server, cursorKey: [2])
        #expect(try await server.get("/v1/feed?limit=1&cursor=\(cursor)").json["code"] == .string("invalid_cursor"))
        let stale = try await server.send(.get, "/v1/feed?limit=1", headers: [.ifNoneMatch: kept.tag])
        #expect(stale.status == 200)
        let fresh = try #require(stale.json["next_cursor"]?.text)
        #expect(try await server.get("/v1/feed?limit=1&cursor=\(fresh)").status == 200)
    }
}
