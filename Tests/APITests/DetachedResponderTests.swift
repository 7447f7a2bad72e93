import API
import Domain
import JSON
import NIOCore
import Synchronization
import Testing

@Suite("Answers without a socket")
struct DetachedResponderTests {
    private static func ask(
        _ server: TestServer, method: String = "GET", _ target: String, headers: [(name: String, value: String)] = [("host", "test")]
    ) async -> DetachedAnswer {
        await DetachedResponder(server.server).respond(method: method, target: target, headers: headers, body: [], on: DetachedConnection())
    }

    private static func code(_ answer: DetachedAnswer) async throws -> String? {
        let bytes = try #require(try await answer.bytes(atMost: 1 << 20))
        guard case .object(let object) = try JSONReader.read(bytes), case .string(let code)? = object["code"] else { return nil }
        return code
    }

    private static func header(_ name: String, of answer: DetachedAnswer) -> String? {
        answer.headers.first { $0.name.lowercased() == name }?.value
    }

    @Test("An answer is whole; its owner tells its length")
    func whole() async throws {
        let answer = await Self.ask(try TestServer(), "/health/live")
        #expect(answer.status == 200)
        #expect(try await answer.bytes(atMost: 100) == Array("{\"ok\":true}".utf8))
        #expect(Self.header("content-length", of: answer) == nil)
        #expect(Self.header("x-content-type-options", of: answer) == "nosniff")
    }

    @Test("HEAD gets the length and no body")
    func head() async throws {
        let answer = await Self.ask(try TestServer(), method: "HEAD", "/health/live")
        #expect(Self.header("content-length", of: answer) == "11")
        #expect(try await answer.bytes(atMost: 0) == [])
    }

    @Test("What the parser of a socket would refuse is refused in its words", arguments: ["BREW", "get", "PROPF IND", ""])
    func methods(_ method: String) async throws {
        let answer = await Self.ask(try TestServer(), method: method, "/health/live")
        #expect(answer.status == 400)
        #expect(try await Self.code(answer) == "malformed_request")
        #expect(Self.header("content-security-policy", of: answer) != nil)
        #expect(Self.header("cache-control", of: answer) == "no-store")
    }

    @Test("A header that no socket would take, or no host, is refused")
    func headers() async throws {
        let server = try TestServer()
        for headers in [[("host", "a"), ("x-a", "b\u{0}c")], [("host", "a"), ("x a", "b")], [], [("host", "a b")]] {
            #expect(try await Self.code(await Self.ask(server, "/health/live", headers: headers)) == "malformed_request")
        }
    }

    private static let posts = (0..<9).map { Post.sample(id: "\($0)", at: Timestamp(microseconds: 5)) }

    @Test("An answer that is too large gives way to a problem that names the public address")
    func tooLarge() async throws {
        let faults = Mutex(0)
        let server = try TestServer(publicURL: "https://feed.example.com") { event in
            if case .fault = event { faults.withLock { $0 += 1 } }
        }
        server.archive.state.withLock { $0.posts = Self.posts }
        let answer = await Self.ask(server, "/v1/feed.csv")
        #expect(try await answer.bytes(atMost: 100) == nil)
        #expect(faults.withLock { $0 } == 0)
        let other = DetachedResponder(server.server).tooLarge(answer)
        #expect(other.status == 422)
        #expect(try await Self.code(other) == "too_large_here")
        #expect(String(decoding: try #require(try await other.bytes(atMost: 10_000)), as: UTF8.self).contains("https://feed.example.com"))
        #expect(Self.header("x-request-id", of: other) == Self.header("x-request-id", of: answer))
        #expect(Self.header("content-disposition", of: other) == nil)
        #expect(Self.header("content-type", of: other) == "application/problem+json")
    }

    @Test("A body that breaks off is an error, and gives way to a problem where nothing of it was sent")
    func brokenOff() async throws {
        let faults = Mutex<[String]>([])
        let server = try TestServer { event in
            if case .fault(let id, let text) = event { faults.withLock { $0.append("\(id): \(text)") } }
        }
        server.archive.state.withLock { ($0.posts, $0.lateError) = (Self.posts, .unavailable("gone")) }
        let answer = await Self.ask(server, "/v1/feed.ndjson")
        #expect(answer.status == 200)
        await #expect(throws: (any Error).self) { _ = try await answer.bytes(atMost: 1 << 20) }
        let other = DetachedResponder(server.server).brokenOff(answer, by: CancellationError())
        let id = Self.header("x-request-id", of: answer) ?? ""
        #expect(faults.withLock { $0.last } == "\(id): The answer broke off: CancellationError()")
        #expect(other.status == 503)
        #expect(try await Self.code(other) == "unavailable")
        #expect(Self.header("retry-after", of: other) == "5")
    }

    @Test("A request is given up at the deadline of who holds its client")
    func deadline() async throws {
        let server = try TestServer()
        let connection = DetachedConnection(until: .now)
        server.archive.state.withLock { $0.beforePage = { try? await Task.sleep(for: .seconds(600)) } }
        let answer = await DetachedResponder(server.server).respond(
            method: "GET", target: "/v1/feed", headers: [("host", "test")], body: [], on: connection)
        #expect(answer.status == 503)
        #expect(try await Self.code(answer) == "timeout")
    }

    @Test("A server may have the routes of the sign-in alone")
    func signInAlone() async throws {
        let server = try TestServer(readAccess: .oidc, routes: .signIn)
        for path in ["/v1/feed", "/v1/me", "/health/live", "/v1/health", "/v1/openapi.yaml"] {
            #expect(await Self.ask(server, path).status == 404)
        }
        #expect(await Self.ask(server, "/api/v1/auth/sign-in").status == 303)
        #expect(await Self.ask(server, method: "PUT", "/v1/auth/sign-in").status == 405)
        #expect(server.archive.state.withLock { $0.answersRead } == 0)
        // No archive is told of the refusal.
        await server.server.settle()
        #expect(server.archive.state.withLock { $0.recorded.isEmpty })
    }
}
