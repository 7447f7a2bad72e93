import AsyncHTTPClient
import Domain
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import NIOSSL

/// Asks a running server a few questions that every reader asks, and checks the answers. It only reads, or writes with
/// `dry_run`, so it may be pointed at production.
struct SmokeTest: Sendable {
    /// Without a slash at the end.
    let address: String
    let keys: Keys
    private let client: HTTPClient

    /// The keys that it sends.
    struct Keys: Sendable {
        /// Nil where everybody may read.
        var reading: String?
        /// Nil leaves the dry run out.
        var ingest: String?
    }

    /// Runs `body` with a test of the server at `address`, without a slash at the end.
    ///
    /// - Parameter authority: a file with the certificates of authorities, as PEM, that are trusted beside those of the system.
    static func with<Value: Sendable>(
        address: String, keys: Keys = Keys(), trusting authority: String? = nil, _ body: (SmokeTest) async throws -> Value
    ) async throws -> Value {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.tlsConfiguration = try authority.map(trust)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let value = try await body(SmokeTest(address: address, keys: keys, client: client))
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    private static func trust(_ file: String) throws -> TLSConfiguration {
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(file), !certificates.isEmpty else {
            throw Failure("The file \(file), which --ca names, cannot be read or holds no certificate in PEM.")
        }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.additionalTrustRoots = [.certificates(certificates)]
        return configuration
    }

    struct Check: Sendable {
        var name: String
        /// What was wrong; nil when nothing was.
        var failure: String?
    }

    /// The checks, in order; the later ones are made even when an earlier one failed, unless the server is not reached.
    ///
    /// - Parameter isClosed: whether nobody shall read without a key.
    func run(isClosed: Bool) async -> [Check] {
        var checks: [Check] = []
        var isReached = true
        func check(_ name: String, _ body: () async throws -> Void) async {
            guard isReached else { return }
            do {
                try await body()
                checks.append(Check(name: name, failure: nil))
            } catch {
                let reason = Unreachable.reason(error, at: address)
                isReached = reason == nil
                checks.append(Check(name: name, failure: reason ?? (error as? Wrong)?.reason ?? "\(error)"))
            }
        }
        await check("GET /v1/health says ok") { try await demand(object("/v1/health")["ok"] == .boolean(true), "ok is not true") }
        await check("GET /health/ready answers 200") { _ = try await object("/health/ready") }
        await check("GET /v1/stats/summary counts posts") {
            guard case .number? = try await object("/v1/stats/summary")["posts"] else { throw Wrong("there is no number of posts") }
        }
        await check("GET /v1/feed goes on where it stopped") { try await walk() }
        await check("GET /v1/posts/{id} is the post of the feed") { try await detail() }
        await check("GET /v1/watch-accounts answers 200") { _ = try await get("/v1/watch-accounts") }
        await check("GET /v1/feed?nonsense=1 is refused and the parameter named") {
            let answer = try await get("/v1/feed?nonsense=1", status: 400)
            try demand(answer.contains("nonsense"), "the answer does not name the parameter")
        }
        await check("GET /v1/openapi.yaml is the contract") {
            try demand(try await get("/v1/openapi.yaml").hasPrefix("openapi:"), "it is no OpenAPI document")
        }
        if isClosed {
            for path in Self.closedPaths {
                await check("GET \(path) without a key is refused") { _ = try await get(path, status: 401, with: nil) }
            }
        }
        await check("POST /v1/ingest/runs without a key is refused") { _ = try await post(with: nil, status: 401, 503) }
        if keys.ingest != nil {
            await check("POST /v1/ingest/runs?dry_run=true answers and writes nothing") { try await rehearseWriting() }
        }
        return checks
    }

    /// One address of each kind that shows posts.
    private static let closedPaths = ["/v1/feed", "/v1/feed.csv", "/v1/feed.atom", "/v1/changes", "/v1/stream", "/v1/stats/summary"]

    /// The files of the feed page.
    func page() async -> [Check] {
        var checks: [Check] = []
        for (path, start) in [("/", "<!doctype html>"), ("/js/app.js", "import"), ("/config.js", "/**")] {
            do {
                try demand(try await get(path).hasPrefix(start), "it is another file")
                checks.append(Check(name: "GET \(path)", failure: nil))
            } catch { checks.append(Check(name: "GET \(path)", failure: "\(error)")) }
        }
        return checks
    }

    /// Two small pages have no post in common.
    private func walk() async throws {
        let first = try await object("/v1/feed?limit=2")
        guard case .string(let cursor)? = first["next_cursor"] else { return }
        let second = try await object("/v1/feed?limit=2&cursor=\(cursor)")
        let (ids, next) = (Self.ids(first), Self.ids(second))
        try demand(ids.count == 2 && !next.isEmpty, "a page is shorter than it has to be")
        try demand(Set(ids).isDisjoint(with: next), "two pages have a post in common")
    }

    private func detail() async throws {
        guard let id = Self.ids(try await object("/v1/feed?limit=1")).first else { return }
        let answer = try await object("/v1/posts/\(id)")
        guard case .object(let post)? = answer["post"], case .array? = answer["snapshots"] else {
            throw Wrong("post or snapshots are missing")
        }
        try demand(post["status_id"] == .string(id), "it is another post")
    }

    private func rehearseWriting() async throws {
        let before = try await get("/v1/stats/summary")
        _ = try await post(with: \.ingest, status: 200)
        try demand(try await get("/v1/stats/summary") == before, "the counts changed")
    }

    private static func ids(_ page: JSONObject) -> [String] {
        guard case .array(let items)? = page["items"] else { return [] }
        return items.compactMap { item in
            if case .object(let post) = item, case .string(let id)? = post["status_id"] { id } else { nil }
        }
    }

    /// An answer that is not what it has to be.
    struct Wrong: Error {
        var reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private func demand(_ condition: Bool, _ reason: String) throws {
        guard condition else { throw Wrong(reason) }
    }

    private func object(_ path: String) async throws -> JSONObject {
        guard case .object(let object) = try JSONReader.read(try await get(path)) else { throw Wrong("the answer is no JSON object") }
        return object
    }

    /// The body of the answer, whose status has to be `status`.
    private func get(_ path: String, status: Int = 200) async throws -> String {
        try await get(path, status: status, with: \.reading)
    }

    private func get(_ path: String, status: Int, with key: KeyPath<Keys, String?>?) async throws -> String {
        try await send(HTTPClientRequest(url: address + path), with: key, [status])
    }

    private func post(with key: KeyPath<Keys, String?>?, status: Int...) async throws -> String {
        var request = HTTPClientRequest(url: address + "/v1/ingest/runs?dry_run=true")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: #"{"run_at": "2026-01-01T00:00:00Z", "mode": "manual", "note": "smoke test"}"#))
        return try await send(request, with: key, status)
    }

    private func send(_ request: HTTPClientRequest, with key: KeyPath<Keys, String?>?, _ statuses: [Int]) async throws -> String {
        var request = request
        if let value = key.flatMap({ keys[keyPath: $0] }) { request.headers.add(name: "x-api-key", value: value) }
        let answer = try await client.execute(request, timeout: .seconds(30))
        guard statuses.contains(Int(answer.status.code)) else {
            let wanted = statuses.map(String.init).joined(separator: " or ")
            throw Wrong("the status is \(answer.status.code) and not \(wanted)\(remedy(for: answer.status, with: key))")
        }
        // Only now: another answer than the expected one may have no end.
        return String(buffer: try await answer.body.collect(upTo: 16 << 20))
    }

    /// What to do about a key that is missing or refused.
    private func remedy(for status: HTTPResponseStatus, with key: KeyPath<Keys, String?>?) -> String {
        guard let key, status == .unauthorized || status == .forbidden else { return "" }
        let (setting, scope) = key == \.ingest ? (Setting.apiKey.name, "ingest") : (Setting.smokeKey.name, "read")
        if keys[keyPath: key] == nil { return ": reading is closed. Set \(setting) (or _FILE) to a key with the scope \(scope)" }
        return status == .forbidden ? ": the key of \(setting) lacks the scope \(scope)" : ": the key of \(setting) is not known there"
    }
}
