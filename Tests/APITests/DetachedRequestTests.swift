import AsyncHTTPClient
import Domain
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import API

/// Requests that came by no socket of the server.
@Suite struct DetachedRequestTests {
    private let server: TestServer

    init() throws {
        server = try TestServer()
        server.archive.hold("operates", scopes: [.ops])
        server.archive.state.withLock { state in
            state.posts = (1...3).map { .sample(id: "\($0)", at: Timestamp(microseconds: Int64($0))) }
        }
    }

    /// Every route, by each of its methods and prefixes. The body of a stream has no end, and a test of its own.
    @Test func everyRouteAnswersAsOverASocket() async throws {
        try await overSocket { http, port in
            for (method, path) in requests where method != "GET" || !path.hasSuffix("/v1/stream") {
                let body = method == "POST" ? #"{"items":[],"handle":"a","confirm":3}"# : ""
                let key = path.contains("/ops/") || path.contains("/audit") ? "operates" : TestServer.key
                let headers = ["x-api-key": key, "content-type": "application/json", "x-request-id": "the-same-id"]
                let detached = try await server.send(
                    try #require(HTTPRequest.Method(method)), path,
                    headers: HTTPFields(headers.map { HTTPField(name: HTTPField.Name($0)!, value: $1) }), body: Array(body.utf8),
                    authority: "127.0.0.1:\(port)", on: DetachedConnection())

                var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
                request.method = .init(rawValue: method)
                for (name, value) in headers { request.headers.add(name: name, value: value) }
                if !body.isEmpty { request.body = .bytes(ByteBuffer(string: body)) }
                let answer = try await http.execute(request, timeout: .minutes(5))
                let bytes = Array(try await answer.body.collect(upTo: 1 << 24).readableBytesView)

                #expect(detached.status < 500, "\(method) \(path)")
                #expect(detached.status == Int(answer.status.code), "\(method) \(path)")
                #expect(detached.bytes == bytes, "\(method) \(path)")
                let named = Set(answer.headers.map { $0.name.lowercased() }).subtracting(Self.ofTheSocket)
                #expect(Set(detached.headers.map(\.name.canonicalName)).subtracting(Self.ofTheSocket) == named, "\(method) \(path)")
                for name in named {
                    let value = HTTPField.Name(name).flatMap { detached.headers[$0] }
                    #expect(value == answer.headers[name].joined(separator: ", "), "\(method) \(path): \(name)")
                }
            }
        }
    }

    @Test func whoWaitsForChangesIsAnswered() async throws {
        let answer = try await server.send(.get, "/v1/changes?wait=1", on: DetachedConnection())
        #expect(answer.status == 200)
        #expect(try answer.json["items"] == .array([]))
    }

    /// A collector that always asks for the most is answered earlier, and not refused.
    @Test(arguments: [("30", 1, 1), ("1", 20, 1), ("30", 30, 30)])
    func aServerThatMayNotWaitLongAnswersEarlier(asked: String, maximum: Int, waits: Int) throws {
        let query = try QueryParameters(Self.request("/v1/changes?wait=\(asked)"), ["wait"])
        #expect(try ChangesQuery(query, maximumWait: .seconds(maximum)).wait == .seconds(waits))
    }

    @Test func moreThanTheContractAllowsIsRefusedHowLittleAServerMayWait() async throws {
        #expect(try await TestServer(maximumWait: .seconds(1)).get("/v1/changes?wait=31").status == 400)
    }

    /// Long before its time.
    @Test(.timeLimit(.minutes(10))) func aClosedConnectionEndsTheWait() async throws {
        let (connection, poller) = (DetachedConnection(), ChangePoller(server.archive))
        try await Self.request("/v1/changes?wait=30").withDisconnectSignal(on: connection) { disconnect in
            async let wait: Void = poller.wait(at: .beginning, for: .seconds(3_600), until: disconnect)
            connection.close()
            await wait
        }
    }

    @Test(.timeLimit(.minutes(10))) func aStreamLastsAsLongAsItsConnection() async throws {
        let connection = DetachedConnection()
        async let answer = server.send(.get, "/v1/stream?after=now", on: connection)
        while server.archive.state.withLock(\.endsAsked) < 2 { await Task.yield() }
        connection.close()
        #expect(try await answer.body.hasPrefix("retry: 3000\nid: "))
    }

    /// Its owner gets an error in the place of the rest, and can tell its reader.
    @Test(arguments: ["/v1/feed.csv", "/v1/feed.ndjson"]) func aDownloadIsBrokenOffWithItsConnection(path: String) async throws {
        let connection = DetachedConnection()
        server.archive.state.withLock { $0.afterPiece = { connection.close() } }
        await #expect(throws: BrokenOff.self) { _ = try await server.send(.get, path, on: connection) }
    }

    /// Where all unknown callers come from one unknown address, one of them would use up what all may ask. A key is counted as ever.
    @Test func unknownCallersAreNotCountedTogether() async throws {
        let limited = try TestServer(requestsPerMinute: [.reads: 1, .ingest: 1])
        for _ in 0..<3 { #expect(try await limited.send(.get, "/v1/feed", on: DetachedConnection()).status == 200) }
        let key: HTTPFields = [HTTPField.Name("x-api-key")!: TestServer.key]
        let statuses = try await [
            limited.send(.get, "/v1/feed", headers: key, on: DetachedConnection()).status,
            limited.send(.get, "/v1/feed", headers: key, on: DetachedConnection()).status,
        ]
        #expect(statuses == [200, 429])
    }

    @Test func whatIsAddedAfterTheEndIsCalledAtOnce() {
        let connection = DetachedConnection()
        let calls = Mutex(0)
        connection.whenClosed { calls.withLock { $0 += 1 } }
        #expect(!connection.isClosed && calls.withLock { $0 } == 0)
        connection.close()
        connection.close()
        connection.whenClosed { calls.withLock { $0 += 1 } }
        #expect(connection.isClosed && calls.withLock { $0 } == 2)
    }

    private static func request(_ path: String) -> Request {
        Request(head: HTTPRequest(method: .get, scheme: "http", authority: "x", path: path), body: RequestBody(buffer: ByteBuffer()))
    }

    private var requests: [(method: String, path: String)] {
        server.server.routes.flatMap { route in
            route.prefixes.flatMap { prefix in
                route.methods.map { method in
                    let path = (prefix + route.template).replacing("{statusId}", with: "1").replacing("{batchId}", with: "1")
                        .replacing("{tokenId}", with: "1")
                    return (method.rawValue, path)
                }
            }
        }
    }

    /// What a connection adds, and what it decides.
    private static let ofTheSocket: Set<String> = ["date", "connection", "content-length", "transfer-encoding"]

    private func overSocket(_ body: (HTTPClient, Int) async throws -> Void) async throws {
        let (ports, report) = AsyncStream<Int>.makeStream()
        let application = server.server.makeApplication(host: "127.0.0.1", port: 0) { report.yield($0) }
        let running = Task { try await application.run() }
        defer { running.cancel() }
        var found = ports.makeAsyncIterator()
        let port = try #require(await found.next())
        try await HTTPClient.withHTTPClient(configuration: .init(redirectConfiguration: .disallow)) { try await body($0, port) }
    }
}
