import Domain
import HTTPTypes
import Synchronization
import Testing

@testable import API

/// `ETag`, `If-None-Match` and 304, on every operation that is read.
@Suite struct ConditionalGetTests {
    private let server: TestServer

    /// An address of each operation that reads; streams and files are sent while they are read, and have no tag, a sign-in leads on, and only
    /// a reader has feed tokens.
    private static let routes = ((try? TestServer())?.server.routes ?? []).filter {
        $0.method == .get && !["/v1/stream", "/v1/feed.csv", "/v1/feed.ndjson", "/v1/me/feed-tokens"].contains($0.template)
            && !$0.template.hasPrefix("/v1/auth/")
    }
    private static let addresses = routes.map(address)
    private static let ofTheArchive = routes.filter { $0.caching == .archive }.map(address)

    private static func address(_ route: Route) -> String { route.template.replacing(/\{\w+\}/, with: "1") }

    init() throws {
        server = try TestServer()
        server.archive.state.withLock { state in
            state.posts = [.sample(id: "1", at: Timestamp(microseconds: 5))]
            state.origin = BatchOrigin(ingestKey: "test")
        }
        server.archive.hold("operates", scopes: [.ops])
    }

    private func get(_ path: String, _ tag: String? = nil, method: HTTPRequest.Method = .get) async throws -> TestServer.Answer {
        var headers: HTTPFields = [HTTPField.Name("x-api-key")!: path.hasSuffix("/v1/audit") ? "operates" : TestServer.key]
        headers[.ifNoneMatch] = tag
        return try await server.send(method, path, headers: headers)
    }

    private var answersRead: Int { server.archive.state.withLock { $0.answersRead } }

    @Test func thereAreSome() { #expect(Self.addresses.count > 10 && Self.ofTheArchive.count > 4) }

    @Test(arguments: addresses, ["", "/api"])
    func whoHasTheAnswerIsNotSentIt(path: String, prefix: String) async throws {
        guard prefix.isEmpty || path.hasPrefix("/v1/") else { return }
        let first = try await get(prefix + path)
        #expect(first.status == 200 && first.tag.hasPrefix("W/\"") && first.tag.count > 20)
        for _ in 0..<3 {
            let again = try await get(prefix + path, first.tag)
            #expect(again.status == 304 && again.bytes.isEmpty && again.tag == first.tag)
            #expect(again.headers[.cacheControl] == first.headers[.cacheControl] && again.headers[.vary] == first.headers[.vary])
            #expect(again.headers[.contentLength] == nil && again.headers[.contentType] == nil)
        }
        for (tag, status) in [("*", 304), ("W/\"x\", \(first.tag)", 304), ("W/\"x\"", 200), ("nonsense", 200)] {
            let again = try await get(prefix + path, tag)
            #expect(again.status == status && again.tag == first.tag && again.bytes == (status == 304 ? [] : first.bytes))
        }
    }

    @Test(arguments: addresses)
    func headHasTheHeadersOfGetAndNoBody(path: String) async throws {
        let whole = try await get(path)
        for _ in 0..<2 {
            var headers = try await get(path, method: .head)
            #expect(headers.status == 200 && headers.bytes.isEmpty)
            #expect(headers.headers[.contentLength] == "\(whole.bytes.count)")
            for name in [HTTPField.Name("x-request-id")!] { headers.headers[name] = whole.headers[name] }
            #expect(headers.headers == whole.headers)
            #expect(try await get(path, whole.tag, method: .head).status == 304)
            #expect(try await get(path, "W/\"x\"", method: .head).status == 200)
        }
    }

    /// The first time the archive is asked; then it says that nothing changed, and is not asked for the answer.
    @Test(arguments: ofTheArchive)
    func nothingIsReadTwiceOfOneVersion(path: String) async throws {
        let first = try await get(path)
        _ = try await get(path, first.tag)
        let before = answersRead
        #expect(try await get(path, first.tag).status == 304)
        #expect(try await get("/api" + path, first.tag).status == 304)
        #expect(try await get(path, "*").status == 304)
        #expect(try await get(path, first.tag, method: .head).status == 304)
        #expect(try await get(path, method: .head).headers[.contentLength] == "\(first.bytes.count)")
        #expect(answersRead == before)
        // The answer itself was not kept while nobody asked for it again. Now it is.
        for condition in ["W/\"other\"", nil, "W/\"other\""] {
            let again = try await get(path, condition)
            #expect(again.bytes == first.bytes && again.tag == first.tag && again.status == 200)
            #expect(answersRead == before + 1)
        }
        // Another version: the same answer, found by making it.
        server.archive.state.withLock { $0.version = "2" }
        #expect(try await get(path, first.tag).status == 304)
        #expect(answersRead == before + 2)
        #expect(try await get(path).bytes == first.bytes)
        #expect(answersRead == before + 3)
    }

    /// The first two times: then it is known to be asked for repeatedly, and of which version it is.
    @Test(arguments: ofTheArchive, ["gzip", "identity"])
    func whatIsAskedForRepeatedlyIsMadeOnceOfAVersion(path: String, encoding: String) async throws {
        // Long enough to be compressed.
        server.archive.state.withLock { $0.posts = (1...50).map { .sample(id: "\($0)", at: Timestamp(microseconds: $0)) } }
        let key = HTTPField.Name("x-api-key")!
        let before = answersRead
        var answers: [TestServer.Answer] = []
        for _ in 0..<5 { answers.append(try await server.send(.get, path, headers: [key: TestServer.key, .acceptEncoding: encoding])) }
        #expect(answersRead == before + 2)
        #expect(server.archive.state.withLock { $0.versionsRead } == 4)
        for var answer in answers {
            answer.headers[.requestID] = answers[0].headers[.requestID]
            #expect(answer.status == 200 && answer.headers == answers[0].headers && answer.bytes == answers[0].bytes)
        }
        // For who takes it otherwise it is made for itself.
        let other = encoding == "gzip" ? "identity" : "gzip"
        let another = try await server.send(.get, path, headers: [key: TestServer.key, .acceptEncoding: other])
        #expect(another.headers[.contentEncoding] != answers[0].headers[.contentEncoding] || another.bytes == answers[0].bytes)
        #expect(answersRead == before + 3)
    }

    /// A change is in the answer to whoever asks after it, whoever kept what.
    @Test func whatIsKeptIsNotSentOfAnotherVersion() async throws {
        for number in 1...20 {
            server.archive.state.withLock { state in
                state.version = "\(number)"
                state.posts = [.sample(id: "\(number)", at: Timestamp(microseconds: 5))]
            }
            for _ in 0..<3 { #expect(try await get("/v1/feed").body.contains("\"status_id\":\"\(number)\"")) }
        }
    }

    @Test(arguments: addresses.filter { !ofTheArchive.contains($0) })
    func whatDependsOnMoreThanTheArchiveIsMadeEachTime(path: String) async throws {
        let first = try await get(path)
        _ = try await get(path, first.tag)
        #expect(server.archive.state.withLock { $0.versionsRead } == 0)
    }

    @Test func aChangeIsSeenAndSoIsItsUndoing() async throws {
        let before = try await get("/v1/feed")
        _ = try await get("/v1/feed", before.tag)
        let posts = server.archive.state.withLock { state in
            state.version = "2"
            defer { state.posts = [] }
            return state.posts
        }
        let after = try await get("/v1/feed", before.tag)
        #expect(after.status == 200 && after.tag != before.tag)
        #expect(try await get("/v1/posts/1", "*").status == 404)
        server.archive.state.withLock { ($0.version, $0.posts) = ("3", posts) }
        #expect(try await get("/v1/feed", after.tag).bytes == before.bytes)
        #expect(try await get("/v1/feed", before.tag).status == 304)
        #expect(try await get("/v1/posts/1", "*").status == 304)
    }

    /// An answer that is newer than its version is made anew with the next version, and no older one is ever taken for it.
    @Test func whatIsWrittenBetweenVersionAndAnswerIsNoticed() async throws {
        let before = try await get("/v1/feed")
        // The version of before, and an answer of after: as if the commit had come between the two.
        server.archive.state.withLock { $0.posts = [] }
        let after = try await get("/v1/feed", before.tag)
        #expect(after.status == 200)
        server.archive.state.withLock { $0.version = "2" }
        #expect(try await get("/v1/feed", before.tag).status == 200)
        #expect(try await get("/v1/feed", after.tag).status == 304)
    }

    @Test func aReceiptIsForItsHolderAlone() async throws {
        let receipt = try await get("/v1/ingest/batches/1")
        #expect(receipt.headers[.cacheControl] == "private, no-cache")
        #expect(try await server.send(.get, "/v1/ingest/batches/1", headers: [.ifNoneMatch: receipt.tag]).status == 401)
    }

    @Test func errorsHaveNoTag() async throws {
        for path in ["/v1/posts/unknown", "/v1/feed?limit=0", "/v1/nothing"] {
            for method in [HTTPRequest.Method.get, .head] {
                let answer = try await get(path, "*", method: method)
                #expect(answer.status >= 400 && answer.headers[.eTag] == nil && answer.headers[.cacheControl] == "no-store")
                #expect(answer.bytes.isEmpty == (method == .head))
            }
        }
        server.archive.state.withLock { $0.error = .unavailable("") }
        #expect(try await get("/v1/feed", "*").status == 503)
    }

    /// The table of answers is bounded, and forgets in favour of what is asked.
    @Test func anyNumberOfAddressesIsServed() async throws {
        let first = try await get("/v1/feed")
        for number in 0..<2_200 {
            #expect(try await get("/v1/feed?q=\(number)", "*").status == 304)
            if number % 500 == 0 { #expect(try await get("/v1/feed", first.tag).status == 304) }
        }
        let before = answersRead
        #expect(try await get("/v1/feed", first.tag).status == 304)
        #expect(answersRead == before)
        #expect(try await get("/v1/feed?q=0", "*").status == 304)
        #expect(answersRead == before + 1)
    }
}
