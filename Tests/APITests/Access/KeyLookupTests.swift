import Domain
import HTTPTypes
import Synchronization
import Testing

@testable import API

/// Keys that the server does not know when they come: some are wrong, and some were made a moment ago.
@Suite struct KeyLookupTests {
    private func server(_ readAccess: ReadAccess = .keys, keyPatience: Duration = .seconds(60)) async throws -> TestServer {
        let server = try TestServer(readAccess: readAccess, keyPatience: keyPatience)
        await server.server.refreshAccess()
        return server
    }

    private func status(_ server: TestServer, _ key: String, _ path: String = "/v1/feed") async throws -> Int {
        try await server.send(.get, path, headers: [HTTPField.Name("x-api-key")!: key], refreshing: false).status
    }

    private func asked(_ server: TestServer) -> Int { server.archive.state.withLock(\.accessAsked) }

    @Test func aKeyThatWasMadeAMomentAgoIsGood() async throws {
        let server = try await server()
        server.archive.hold("reads", scopes: [.read])
        #expect(try await status(server, "reads") == 200)
        #expect(try await status(server, "reads") == 200)
        #expect(asked(server) == 2)
    }

    @Test func soIsATokenInTheAddressOfAFeed() async throws {
        let server = try await server()
        server.archive.hold("follows", scopes: [.feed], view: "")
        #expect(try await server.send(.get, "/v1/feed.atom?token=follows", refreshing: false).status == 200)
    }

    @Test func aKeyIsLookedUpOnlyWhereItIsNeeded() async throws {
        let server = try await server(.open)
        #expect(try await status(server, "wrong") == 200)
        #expect(try await status(server, "wrong", "/v1/audit") == 401)
        #expect(asked(server) == 2)
    }

    @Test func aRevokedKeyIsNotLookedUp() async throws {
        let server = try TestServer(readAccess: .keys)
        server.archive.hold("read", scopes: [.read], revokedAt: Timestamp(microseconds: 0))
        await server.server.refreshAccess()
        #expect(try await status(server, "read") == 401)
        #expect(asked(server) == 1)
    }

    /// Forty come at once, and the archive is asked ten times at most.
    @Test func thoseThatComeTogetherShareAReading() async throws {
        let server = try await server()
        server.archive.hold("reads", scopes: [.read])
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<40 { group.addTask { try await status(server, "reads") } }
            for try await status in group { #expect(status == 200) }
        }
        #expect(asked(server) < 12)
    }

    @Test(.timeLimit(.minutes(10))) func aFloodOfWrongKeysCostsTheArchiveLittleAndShutsNobodyOut() async throws {
        let server = try await server()
        let start = ContinuousClock.now
        for number in 0..<500 { #expect(try await status(server, "wrong \(number)") == 401) }
        let seconds = Int((.now - start).components.seconds)
        #expect((11...(13 + 2 * seconds)).contains(asked(server)))
        server.archive.hold("reads", scopes: [.read])
        while try await status(server, "reads") != 200 { _ = try await status(server, "wrong") }
    }

    @Test(.timeLimit(.minutes(10))) func anArchiveThatDoesNotAnswerHoldsARequestUpForAMoment() async throws {
        let server = try await server(keyPatience: .seconds(1))
        let release = OneShotEvent()
        server.archive.state.withLock { $0.beforeAccess = { await release.wait() } }
        #expect(try await status(server, "wrong") == 503)
        release.happen()
    }

    /// A key that was made just before the archive went away: nobody knows that it is wrong, and nobody is told of it.
    @Test func aKeyThatCannotBeLookedUpIsNotCalledWrong() async throws {
        let server = try await server()
        server.archive.hold("reads", scopes: [.read])
        server.archive.state.withLock { $0.accessError = .unavailable("gone") }
        for key in ["reads", "wrong"] {
            let answer = try await server.send(.get, "/v1/feed", headers: [HTTPField.Name("x-api-key")!: key], refreshing: false)
            #expect(answer.status == 503 && answer.headers[.retryAfter] != nil)
        }
        server.archive.state.withLock { $0.accessError = nil }
        #expect(try await status(server, "reads") == 200)
        #expect(try await status(server, "wrong") == 401)
    }

    /// The first request after an outage does not wait for the next time that the keys are read anyway.
    @Test func whatIsTooOldIsReadAgainWhenItIsNeeded() async throws {
        let server = try TestServer(readAccess: .keys, keyPatience: .seconds(60))
        server.archive.hold("reads", scopes: [.read])
        await server.server.refreshAccess()
        server.server.access.ring.update(nil, readAt: .now, at: Timestamp(microseconds: 0))
        #expect(try await status(server, "reads") == 200)
        #expect(asked(server) == 2)
    }
}
