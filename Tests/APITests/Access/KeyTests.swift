import API
import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

/// Keys of the archive as a caller and the log see them.
@Suite struct KeyTests {
    private let refusals = Refusals()
    private let server: TestServer

    final class Refusals: Sendable {
        let all = Mutex<[AccessRefusal]>([])
    }

    init() throws {
        server = try TestServer(readAccess: .keys) { [refusals] event in
            if case .refusal(_, let refusal) = event { refusals.all.withLock { $0.append(refusal) } }
        }
        let (past, future) = (Timestamp(microseconds: 1), Timestamp.latest)
        server.archive.hold("reads", scopes: [.read], expiresAt: future, revokedAt: future)
        server.archive.hold("expired", scopes: [.read], expiresAt: past)
        server.archive.hold("revoked", scopes: [.read], revokedAt: past)
    }

    private func get(_ headers: HTTPFields, _ path: String = "/v1/feed") async throws -> TestServer.Answer {
        try await server.send(.get, path, headers: headers)
    }

    @Test func aCallerLearnsNotWhyAKeyIsRefusedAndTheLogDoes() async throws {
        var details: Set<JSONValue?> = []
        for key in ["mistyped", "expired", "revoked"] {
            let answer = try await get([HTTPField.Name("x-api-key")!: key])
            #expect(answer.status == 401)
            details.insert(try answer.json["detail"])
        }
        #expect(details == [.string("This key is not known here.")])
        let found = refusals.all.withLock { $0 }
        #expect(found.map(\.code) == ["key_unknown", "key_expired", "key_revoked"])
        #expect(found.map(\.subject) == [nil, "expired (3)", "revoked (4)"])
    }

    @Test func aWrongKeyBesideARightOneDoesNoHarm() async throws {
        let name = HTTPField.Name("x-api-key")!
        for headers: HTTPFields in [
            [name: "mistyped", .authorization: "Bearer reads"], [name: "reads", .authorization: "Bearer mistyped"],
            [name: "revoked", .authorization: "bearer   reads"],
        ] {
            #expect(try await get(headers).status == 200)
        }
        #expect(try await get([name: TestServer.key, .authorization: "Bearer reads"]).status == 200)
    }

    @Test func aKeyIsNoParameterOfAnAddress() async throws {
        for path in ["/v1/feed.atom?token=reads", "/v1/feed?token=reads", "/v1/feed.atom?token=\(TestServer.key)"] {
            #expect(try await get([:], path).status == 401)
        }
        #expect(refusals.all.withLock { $0 }.map(\.code) == ["key_in_address", "no_credential", "key_in_address"])
    }

    /// Without the end of its encoding, so that nobody takes it for a whole one.
    @Test func aDownloadBreaksOffWhenItsReaderMayReadNoLonger() async throws {
        server.archive.state.withLock { state in
            state.posts = (1...6).map { Post.sample(id: "\($0)", at: Timestamp(microseconds: 0)) }
            state.afterPiece = { [server] in
                server.archive.state.withLock { $0.access = AccessState(revision: 99) }
                await server.server.refreshAccess()
            }
        }
        await #expect(throws: (any Error).self) { try await get([.authorization: "Bearer reads"], "/v1/feed.ndjson") }
        #expect(server.archive.state.withLock(\.downloads) == 1)
    }
}
