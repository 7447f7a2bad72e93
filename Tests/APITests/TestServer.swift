import API
import AsyncHTTPClient
import Domain
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import NIOEmbedded
import Synchronization

/// A server without a socket.
struct TestServer {
    static let key = "a-key-for-tests"

    let archive = MemoryArchive()
    let server: Server

    init(
        readAccess: ReadAccess = .open, keys: [IngestKey] = [IngestKey(name: "tester", secret: Self.key)], maximumItems: Int = 1_000,
        maximumBodyBytes: Int = 1 << 20,
        cursorKey: [UInt8] = [1], maximumWait: Duration = .seconds(30), maximumStreams: Int = 100, maximumDownloads: Int = 5,
        publicURL: String? = nil,
        allowedOrigins: Set<String> = [], requestsPerMinute: [RateKind: Int] = [:], webRoot: String? = nil,
        routes: RouteSet = .all, signIn: SignInConfiguration = .ofNoProvider, keyPatience: Duration = .seconds(60),
        observe: @escaping @Sendable (ServerEvent) -> Void = { _ in }
    ) throws {
        var configuration = ServerConfiguration(
            readAccess: readAccess, ingestKeys: keys, cursorKey: cursorKey, maximumItems: maximumItems, maximumBodyBytes: maximumBodyBytes,
            requestsPerMinute: requestsPerMinute, maximumDownloads: maximumDownloads, publicURL: publicURL, webRoot: webRoot,
            maximumWait: maximumWait, maximumStreams: maximumStreams, allowedOrigins: allowedOrigins)
        configuration.routes = routes
        configuration.keyPatience = keyPatience
        server = try Server(
            configuration: configuration, reading: archive, writing: archive, probing: archive, keeping: archive, operating: archive,
            auditing: archive,
            signIn: readAccess == .oidc ? SignIn(signIn, http: .toNoProvider) : nil, observe: observe)
    }

    struct Answer {
        var status: Int
        var headers: HTTPFields
        var bytes: [UInt8]

        var body: String { String(decoding: bytes, as: UTF8.self) }
        var tag: String { headers[.eTag] ?? "none" }

        /// The members of the body, a JSON object.
        var json: JSONObject {
            get throws {
                guard case .object(let object) = try JSONReader.read(body) else { return JSONObject() }
                return object
            }
        }
    }

    func get(_ path: String) async throws -> Answer { try await send(.get, path) }

    func post(_ path: String, _ body: String, headers: HTTPFields = [:]) async throws -> Answer {
        var all: HTTPFields = [.contentType: "application/json", HTTPField.Name("x-api-key")!: Self.key]
        for field in headers { all[field.name] = field.value }
        return try await send(.post, path, headers: all, body: Array(body.utf8))
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8] = [], authority: String? = "test",
        on connection: DetachedConnection? = nil, refreshing: Bool = true
    ) async throws -> Answer {
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: authority, path: path, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let logger = Logger(label: "test")
        let context =
            connection.map { APIContext(source: DetachedSource($0, logger: logger)) }
            ?? APIContext(source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: logger))
        if refreshing { await server.refreshAccess() }
        let response = try await server.makeResponder().respond(to: request, context: context)
        let writer = BodyCollector()
        // A stream ends with its connection, and the testing channel cannot be watched.
        let isEndless = response.headers[.contentType]?.hasPrefix("text/event-stream") == true && connection == nil
        if !isEndless { try await response.body.write(writer) }
        return Answer(status: response.status.code, headers: response.headers, bytes: writer.bytes.withLock { $0 })
    }
}

extension HTTPClient {
    /// Lives as long as the tests do.
    static let toNoProvider = HTTPClient(configuration: SignIn.clientConfiguration)
}

extension SignInConfiguration {
    /// Nobody listens at its issuer.
    static let ofNoProvider = SignInConfiguration(
        issuer: "http://127.0.0.1:1", clientID: "xmonitor", admission: Admission(isForEverybody: true),
        sessionKeys: [String(repeating: "k", count: 32)], publicURL: "http://127.0.0.1:8080")
}

final class BodyCollector: ResponseBodyWriter {
    let bytes = Mutex<[UInt8]>([])

    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += buffer.readableBytesView } }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
