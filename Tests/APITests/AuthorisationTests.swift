import API
import Domain
import HTTPTypes
import JSON
import Testing

@Suite struct AuthorisationTests {
    private static let operations = [
        "/v1/ingest/posts/batch", "/v1/ingest/metrics/batch", "/v1/ingest/reports/batch", "/v1/ingest/runs",
        "/v1/ingest/watch-accounts/batch", "/v1/ingest/embeddings/batch",
    ]

    @Test(arguments: operations)
    func nobodyWritesWithoutAKey(path: String) async throws {
        let server = try TestServer(keys: [IngestKey(name: "a", secret: "one"), IngestKey(name: "b", secret: "two")])
        for headers: HTTPFields in [
            [:], [.authorization: "Bearer three"], [.authorization: "Basic one"], [HTTPField.Name("x-api-key")!: "on"],
            [HTTPField.Name("x-api-key")!: ""],
        ] {
            let answer = try await server.send(.post, path, headers: headers, body: Array("{".utf8))
            #expect(answer.status == 401)
            #expect(answer.headers[.wwwAuthenticate] != nil)
            // The key comes before the parameters.
            #expect(try await server.send(.post, path + "?nonsense=1", headers: headers, body: []).status == 401)
        }
        for headers: HTTPFields in [[.authorization: "Bearer one"], [.authorization: "bearer two"], [HTTPField.Name("x-api-key")!: "two"]] {
            // The body is looked at only now, and is no JSON.
            #expect(try await server.send(.post, path, headers: headers, body: Array("{".utf8)).status == 400)
        }
    }

    @Test(arguments: operations)
    func aServerWithoutKeysTakesNoWrites(path: String) async throws {
        let server = try TestServer(keys: [])
        let answer = try await server.post(path, "{}")
        #expect(answer.status == 503)
        #expect(try answer.json["code"] == .string("ingest_disabled"))
        #expect(answer.headers[.retryAfter] == nil)
    }

    @Test func aKeyWithoutBytesMatchesNothing() async throws {
        for (keys, status) in [([""], 503), (["", "one"], 401)] {
            let server = try TestServer(keys: keys.map { IngestKey(name: "a", secret: $0) })
            for headers: HTTPFields in [[HTTPField.Name("x-api-key")!: ""], [.authorization: "Bearer "], [:]] {
                let answer = try await server.send(.post, Self.operations[0], headers: headers, body: Array("{".utf8))
                #expect(answer.status == status)
            }
        }
    }
}
