import API
import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

/// The feed tokens that readers make for themselves.
@Suite struct ReaderTokenTests {
    private static let path = "/v1/me/feed-tokens"
    private static let (ada, bob) = ("ada@example.com", "bob@example.com")
    private let server: TestServer

    init() throws { server = try TestServer(readAccess: .oidc) }

    private func create(_ view: String = "tier=teammate", as reader: String = ada) async throws -> JSONObject {
        let answer = try await server.send(.post, Self.path, as: reader, #"{"view": "\#(view)"}"#)
        #expect(answer.status == 201)
        #expect(answer.headers[.cacheControl]?.contains("no-store") == true)
        return try answer.json
    }

    private func prefixes(of reader: String) async throws -> [JSONValue?] {
        guard case .array(let items)? = try await server.send(.get, Self.path, as: reader).json["items"] else { return [nil] }
        return items.map { item in if case .object(let token) = item { token["prefix"] } else { nil } }
    }

    private func text(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text), .number(let text): text
        default: ""
        }
    }

    @Test func aReaderMakesListsAndRevokesHisOwn() async throws {
        let made = try await create()
        let token = text(made["token"])
        #expect(token.hasPrefix("xmf_") && token.utf8.count == 47 && text(made["prefix"]) == String(token.prefix(8)))
        #expect(made["name"] == .string("XMonitor: teammate") && made["view"] == .string("tier=teammate"))
        #expect(try await server.get("/v1/feed.atom?token=\(token)").status == 200)
        let list = try await server.send(.get, Self.path, as: Self.ada)
        #expect(!list.body.contains(token) && list.headers[.cacheControl] == "private, no-cache")
        #expect(try await prefixes(of: Self.ada) == [made["prefix"]])
        // Another reader neither sees it nor revokes it.
        #expect(try await prefixes(of: Self.bob).isEmpty)
        let address = Self.path + "/" + text(made["id"])
        #expect(try await server.send(.delete, address, as: Self.bob).status == 404)
        #expect(try await server.send(.delete, address, as: Self.ada).status == 204)
        #expect(try await server.send(.delete, address, as: Self.ada).status == 404)
        #expect(try await prefixes(of: Self.ada).isEmpty)
        #expect(try await server.get("/v1/feed.atom?token=\(token)").status == 401)
    }

    @Test func aReaderHasABoundedNumberOfTokens() async throws {
        for number in 1...49 { server.archive.hold("token \(number)", scopes: [.feed], view: "", owner: Self.ada) }
        _ = try await create()
        let refused = try await server.send(.post, Self.path, as: Self.ada, #"{"view": ""}"#)
        #expect(refused.status == 409 && refused.body.contains("too_many_feed_tokens"))
        _ = try await create(as: Self.bob)
    }

    @Test func aPageOfAnotherOriginMakesAndRevokesNone() async throws {
        let id = text(try await create()["id"])
        for site in ["cross-site", "same-site", "none"] {
            #expect(try await server.send(.post, Self.path, as: Self.ada, #"{"view": ""}"#, site: site).status == 403)
            #expect(try await server.send(.delete, Self.path + "/" + id, as: Self.ada, site: site).status == 403)
        }
        #expect(try await prefixes(of: Self.ada).count == 1)
    }

    @Test func aKeyHasNoTokens() async throws {
        server.archive.hold("reads", scopes: [.read, .ops])
        for (method, path) in [(HTTPRequest.Method.get, Self.path), (.post, Self.path), (.delete, Self.path + "/1")] {
            #expect(try await server.send(method, path, headers: [.authorization: "Bearer reads"]).status == 403)
            #expect(try await server.send(method, path).status == 401)
        }
    }

    @Test(arguments: [
        (#"{"view": "tier=nobody"}"#, "/view"), (#"{"view": 1}"#, "/view"), (#"{}"#, "/view"), (#"{"view": "limit=5"}"#, "/view"),
        (#"{"view": "", "name": ""}"#, "/name"), (#"{"view": "", "name": "a\u0007"}"#, "/name"),
        (#"{"view": "", "scopes": ["read"]}"#, "/scopes"),
        (#"[]"#, nil), (#"{"#, nil),
    ])
    func whatIsNoRequestIsRefusedWithThePlaceOfTheFault(body: String, pointer: String?) async throws {
        let answer = try await server.send(.post, Self.path, as: Self.ada, body)
        #expect(answer.status == 400)
        if let pointer { #expect(try answer.json["pointer"] == .string(pointer)) }
        #expect(try await prefixes(of: Self.ada).isEmpty)
    }
}
