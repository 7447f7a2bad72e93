import Domain
import HTTPTypes
import Synchronization
import Testing

@testable import API

/// What a program does that is frozen between its requests, where nothing happens beside them.
@Suite struct AccessUpkeepTests {
    private let server: TestServer
    private let seconds = { (count: Int) in ContinuousClock.now + .seconds(count) }

    init() throws { server = try TestServer(readAccess: .keys, keyPatience: .seconds(1)) }

    private func read(_ key: String = "reads") async throws -> Int {
        try await server.send(.get, "/v1/feed", headers: [HTTPField.Name("x-api-key")!: key], on: DetachedConnection(), refreshing: false)
            .status
    }

    @Test func keysAreReadBeforeTheFirstRequest() async throws {
        server.archive.hold("reads", scopes: [.read])
        await server.server.prepare()
        #expect(server.archive.state.withLock(\.accessAsked) == 1)
        #expect(try await read() == 200)
        #expect(server.archive.state.withLock(\.accessAsked) == 1)
    }

    @Test func theyAreReadAgainOnlyAfterAWhile() async throws {
        await server.server.prepare()
        let (start, wall) = (ContinuousClock.now, Timestamp.now)
        for _ in 0..<5 { await server.server.upkeep.prepare(at: start, wall) }
        #expect(server.archive.state.withLock(\.accessAsked) == 1)
        server.archive.hold("reads", scopes: [.read])
        await server.server.upkeep.prepare(at: seconds(10))
        #expect(server.archive.state.withLock(\.accessAsked) == 2)
        #expect(try await read() == 200)
    }

    @Test(arguments: [-10_000_000, 10_000_000]) func theyAreReadAgainWhenTheClockOnTheWallHasGoneOnAlone(microseconds: Int64) async throws {
        await server.server.prepare()
        await server.server.upkeep.prepare(at: .now, Timestamp(microseconds: Timestamp.now.microseconds + microseconds * 2))
        #expect(server.archive.state.withLock(\.accessAsked) == 2)
    }

    /// The request goes on, and says itself what it cannot have.
    @Test(.timeLimit(.minutes(10))) func anArchiveThatDoesNotAnswerHoldsARequestUpForAMoment() async throws {
        let release = OneShotEvent()
        server.archive.state.withLock { $0.beforeAccess = { await release.wait() } }
        await server.server.prepare()
        #expect(try await read() == 503)
        release.happen()
    }

    @Test func whatWasNotedIsToldAtOnceAndThenAfterAWhile() async throws {
        server.archive.hold("reads", scopes: [.read])
        let (start, wall) = (ContinuousClock.now, Timestamp.now)
        await server.server.prepare()
        await server.server.upkeep.settle(at: start, wall)
        #expect(told == [0, 0])
        _ = try await (read(), read("unknown"))
        await server.server.upkeep.settle(at: start, wall)
        #expect(told == [1, 1])
        _ = try await (read(), read("unknown"))
        await server.server.upkeep.settle(at: start, wall)
        #expect(told == [1, 1])
        await server.server.upkeep.settle(at: start + .seconds(10), wall)
        #expect(told == [2, 2])
    }

    @Test(.timeLimit(.minutes(10))) func withoutTimeLeftNothingIsTold() async throws {
        _ = try await read("")
        await server.server.settle(until: .now)
        #expect(told == [0, 0])
        await server.server.settle(until: seconds(10))
        // It may go on after two seconds.
        while told != [1, 0] { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test(.timeLimit(.minutes(10))) func anArchiveThatIsNotToldInTimeHoldsNothingUp() async throws {
        let release = OneShotEvent()
        server.archive.state.withLock { $0.beforeRecord = { await release.wait() } }
        _ = try await read("")
        await server.server.settle(until: .now + .milliseconds(50))
        #expect(told == [0, 0])
        release.happen()
    }

    @Test(.timeLimit(.minutes(10))) func theFirstUseOfASessionIsToldAtOnce() async throws {
        let server = try TestServer(readAccess: .oidc)
        func use(_ session: String) {
            server.server.noteUse(of: [Principal(identity: .session(email: "ada@example.com", session: session), scopes: [.read])])
        }
        for (number, session) in ["one", "two", "three"].enumerated() {
            use(session)
            await server.server.settle()
            while server.archive.state.withLock(\.recorded).count <= number { try await Task.sleep(for: .milliseconds(1)) }
        }
        use("three")
        await server.server.settle()
        #expect(server.archive.state.withLock(\.recorded).count == 3)
    }

    @Test(.timeLimit(.minutes(10))) func aLongAnswerKeepsReadingWhoMayDoWhat() async throws {
        let keeping = Task { [server] in await server.server.upkeep.keepPrepared(every: .milliseconds(1)) }
        while server.archive.state.withLock(\.accessAsked) == 0 { try await Task.sleep(for: .milliseconds(1)) }
        keeping.cancel()
        await keeping.value
    }

    @Test func whatCouldNotBeToldIsToldLater() async throws {
        _ = try await read("")
        server.archive.state.withLock { $0.error = .unavailable("") }
        await server.server.settle()
        server.archive.state.withLock { $0.error = nil }
        await server.server.upkeep.settle(at: seconds(10))
        #expect(told == [1, 0])
    }

    /// How many events the audit has, and how often uses of keys were noted.
    private var told: [Int] { server.archive.state.withLock { [$0.recorded.count, $0.uses.count] } }
}
