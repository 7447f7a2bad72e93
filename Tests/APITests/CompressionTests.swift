import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import API

@Suite struct CompressionTests {
    private let server: TestServer

    init() throws {
        server = try TestServer()
        server.archive.state.withLock { state in
            state.posts = (0..<40).map { .sample(id: "\($0)", at: Timestamp(microseconds: Int64($0))) }
        }
    }

    private func get(_ path: String, _ encoding: String?, _ method: HTTPRequest.Method = .get) async throws -> TestServer.Answer {
        try await server.send(method, path, headers: encoding.map { [.acceptEncoding: $0] } ?? [:])
    }

    private static let taken = [
        "gzip", "GZIP", "x-gzip", "*", "gzip, deflate, br", "br;q=1, gzip;q=0.1", "gzip;q=0.001", "gzip ; q=1.000", "deflate,*;q=0.5",
        "identity;q=0.5, gzip;q=0.5", "identity;q=0, gzip", "nonsense;q=x, gzip", "\tgzip\t;\tq=0.9", "gzip;q=1,gzip;q=0.5", "*, br;q=0",
        ",gzip",
    ]
    private static let refused = [
        nil, "", "br", "identity", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *", "gzip;q=0.4, identity;q=0.5", "gzip;q=2",
        "gzip;q=-1",
        "gzip;q=0.1234", "gzip;q", "gzip;x=1", "gzipped", "identity, *;q=0", "gzip;q=1.001", "gzip;q=.5",
    ]

    @Test(arguments: taken) func whoTakesGzipGetsItAndTheSameBytesInIt(encoding: String) async throws {
        let plain = try await get("/v1/feed", nil)
        let answer = try await get("/v1/feed", encoding)
        #expect(answer.headers[.contentEncoding] == "gzip" && answer.headers[.contentLength] == "\(answer.bytes.count)")
        #expect(answer.bytes.count < plain.bytes.count / 4)
        #expect(gunzip(answer.bytes) == plain.bytes)
        #expect(answer.tag == plain.tag && answer.headers[.vary] == plain.headers[.vary])
        #expect(try await server.send(.get, "/v1/feed", headers: [.acceptEncoding: encoding, .ifNoneMatch: plain.tag]).status == 304)
        let headers = try await get("/v1/feed", encoding, .head)
        #expect(headers.bytes.isEmpty && headers.headers[.contentEncoding] == "gzip" && headers.headers[.contentLength] == nil)
        #expect(headers.tag == plain.tag)
    }

    @Test(arguments: refused) func whoDoesNotGetsTheBytes(encoding: String?) async throws {
        let answer = try await get("/v1/feed", encoding)
        #expect(answer.headers[.contentEncoding] == nil && answer.bytes.first == UInt8(ascii: "{"))
        // What another caller would get is another thing, and a cache has to know.
        #expect(answer.headers[.vary] == "Accept-Encoding")
    }

    @Test func shortAnswersErrorsAndEventsAreSentAsTheyAre() async throws {
        for path in ["/v1/health", "/v1/stats/summary", "/v1/stream", "/v1/posts/unknown", "/v1/feed?limit=0"] {
            #expect(try await get(path, "gzip").headers[.contentEncoding] == nil, "\(path)")
        }
        #expect(try await get("/v1/stream", "gzip").headers[.vary] == nil)
        #expect(try await get("/v1/openapi.yaml", "gzip").headers[.contentEncoding] == "gzip")
    }

    /// In every order of requests: what is sent again for one caller is not what another one takes.
    @Test(arguments: ["identity;q=0, gzip", "gzip, *;q=0"])
    func aCallerThatRefusesTheBytesAsTheyAreGetsShortAnswersCompressed(encoding: String) async throws {
        for path in ["/v1/health", "/v1/stats/summary"] {
            let plain = try await get(path, "gzip")
            for _ in 0..<3 {
                let answer = try await get(path, encoding)
                #expect(answer.headers[.contentEncoding] == "gzip" && gunzip(answer.bytes) == plain.bytes, "\(path)")
                #expect(try await get(path, "gzip").bytes == plain.bytes, "\(path)")
            }
        }
    }

    /// Whatever the parts of a stream are.
    @Test(arguments: 0..<30) func aStreamIsTheSameAfterwards(seed: UInt64) async throws {
        var random = Seeded(state: seed)
        let parts = (0..<Int.random(in: 0...20, using: &random)).map { _ in
            let repeats = Bool.random(using: &random)
            return [UInt8]((0..<Int.random(in: 0...30_000, using: &random)).map { _ in repeats ? 7 : .random(in: 0...255, using: &random) })
        }
        let body = ResponseBody { writer in
            for part in parts { try await writer.write(ByteBuffer(bytes: part)) }
            try await writer.finish(nil)
        }
        let stream = Response(status: .ok, headers: [.contentType: "text/csv; charset=utf-8"], body: body)
        let answer = try await Compression.apply(to: stream, for: Request(.get, accepting: "gzip"))
        #expect(answer.headers[.contentEncoding] == "gzip" && answer.headers[.contentLength] == nil && answer.body.contentLength == nil)
        let collector = BodyCollector()
        try await answer.body.write(collector)
        #expect(gunzip(collector.bytes.withLock { $0 }) == parts.flatMap { $0 })
    }
}

extension Request {
    fileprivate init(_ method: HTTPRequest.Method, accepting encoding: String) {
        self.init(
            head: HTTPRequest(method: method, scheme: "http", authority: "test", path: "/", headerFields: [.acceptEncoding: encoding]),
            body: RequestBody(buffer: ByteBuffer()))
    }
}
