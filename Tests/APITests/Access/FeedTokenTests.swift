import API
import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

/// What a feed token opens: one view, as Atom, RSS and JSON Feed.
@Suite struct FeedTokenTests {
    private static let formats = ["/v1/feed.atom", "/v1/feed.rss", "/v1/feed.json", "/api/v1/feed.atom"]
    private static let name = HTTPField.Name("x-api-key")!

    private func server(_ readAccess: ReadAccess = .keys, publicURL: String? = nil) throws -> TestServer {
        let server = try TestServer(readAccess: readAccess, publicURL: publicURL)
        server.archive.state.withLock { $0.posts = [Post.sample(id: "1", at: Timestamp(microseconds: 0))] }
        server.archive.hold("token", scopes: [.feed], view: "sort=likes&tier=teammate")
        server.archive.hold("reads", scopes: [.read])
        return server
    }

    @Test(arguments: formats, [ReadAccess.keys, .open])
    func theViewOfTheTokenIsTheWholeQuery(path: String, readAccess: ReadAccess) async throws {
        let server = try server(readAccess)
        let answer = try await server.get(path + "?token=token")
        #expect(answer.status == 200)
        let (filter, sort) = server.archive.state.withLock { ($0.filter, $0.sort) }
        #expect(filter?.tiers == [.teammate] && sort == .likes)
        // The links are for its holder: the token is in them, and the view is not.
        #expect(answer.body.contains("\(path)?token=token"))
        #expect(!answer.body.contains("tier=teammate&"))
        #expect(answer.headers[.cacheControl] == "private, no-cache")
        for other in ["tier=influencer", "sort=views", "limit=5", "q=x"] {
            let refused = try await server.get(path + "?token=token&" + other)
            #expect(refused.status == 400)
            #expect(refused.body.contains("its own view"))
        }
        #expect(try await server.get(path + "?token=token&token=token").status == 400)
        #expect(try await server.get(path + "?token=mistyped").status == 401)
    }

    @Test func theNextPageIsThatOfTheView() async throws {
        let server = try server()
        let first = try await server.get("/v1/feed.json?token=token")
        let link = try first.json["next_url"]
        guard case .some(.string(let next)) = link else { throw Missing() }
        let path = try #require(next.split(separator: "test", maxSplits: 1).last.map(String.init))
        server.archive.state.withLock { $0.filter = nil }
        #expect(try await server.get(path).status == 200)
        let (filter, start) = server.archive.state.withLock { ($0.filter, $0.start) }
        #expect(filter?.tiers == [.teammate] && start != .first)
        // The same cursor in another view is none.
        server.archive.hold("other", scopes: [.feed], view: "")
        #expect(try await server.get(path.replacing("token=token", with: "token=other")).status == 400)
    }

    struct Missing: Error {}

    /// Whoever reads it in another way has the feed under the same name.
    @Test func theTokenIsNoPartOfTheNameOfAFeed() async throws {
        let server = try server()
        let answer = try await server.get("/v1/feed.atom?token=token")
        #expect(answer.body.contains("<id>tag:xmonitor,2026:feed/sort=likes/tier=teammate</id>"))
    }

    @Test func aTokenInAHeaderShowsItsViewToo() async throws {
        let server = try server()
        for headers: HTTPFields in [[.authorization: "Bearer token"], [Self.name: "token"]] {
            server.archive.state.withLock { $0.filter = nil }
            #expect(try await server.send(.get, "/v1/feed.atom", headers: headers).status == 200)
            #expect(server.archive.state.withLock { $0.filter }?.tiers == [.teammate])
            #expect(try await server.send(.get, "/v1/feed.atom?tier=influencer", headers: headers).status == 400)
        }
    }

    @Test func aTokenOpensNothingElse() async throws {
        let server = try server()
        for path in ["/v1/feed", "/v1/feed.csv", "/v1/feed.ndjson", "/v1/posts/1", "/v1/changes", "/v1/stats/summary", "/v1/openapi.yaml"] {
            #expect(try await server.get(path + "?token=token").status == 401)
            #expect(try await server.send(.get, path, headers: [.authorization: "Bearer token"]).status == 403)
        }
        #expect(try await server.post("/v1/ingest/runs", "{}", headers: [Self.name: "token"]).status == 403)
    }

    /// The holder of a token and others ask at one address, where answers are kept.
    @Test(arguments: [nil, "https://feed.example.com"])
    func noAnswerIsKeptForAnybodyElse(publicURL: String?) async throws {
        let server = try server(publicURL: publicURL)
        for _ in 1...3 {
            for (key, tiers) in [("token", [WatchTier.teammate]), ("reads", [])] {
                server.archive.state.withLock { $0.filter = PostFilter(text: "nobody asked") }
                let answer = try await server.send(.get, "/v1/feed.atom", headers: [Self.name: key])
                #expect(answer.headers[.cacheControl] == "private, no-cache")
                #expect(answer.body.contains("tier=teammate</id>") == (key == "token"))
                let filter = server.archive.state.withLock { $0.filter }
                // An answer of the reader may be a kept one; that of the token is always made of its view.
                if key == "token" { #expect(filter?.tiers == tiers.map(Optional.some)) }
            }
        }
    }

    @Test func aTokenThatIsOverIsRefusedAsOneThatNeverWas() async throws {
        let server = try server()
        server.archive.hold("old", scopes: [.feed], view: "", expiresAt: Timestamp(microseconds: 1))
        server.archive.hold("gone", scopes: [.feed], view: "", revokedAt: Timestamp(microseconds: 1))
        var bodies: Set<String> = []
        for token in ["old", "gone", "none"] {
            let answer = try await server.send(.get, "/v1/feed.atom?token=\(token)", headers: [HTTPField.Name("x-request-id")!: "12345678"])
            #expect(answer.status == 401)
            bodies.insert(answer.body)
        }
        #expect(bodies.count == 1)
    }

    @Test func theLogNamesTheHolderAndNotTheToken() async throws {
        let events = Mutex<[String]>([])
        let server = try TestServer(readAccess: .keys) { event in events.withLock { $0.append("\(event)") } }
        server.archive.hold("xmf_secret", scopes: [.feed], view: "")
        server.archive.state.withLock { $0.access.keys[0].name = "Ada" }
        _ = try await server.get("/v1/feed.atom?token=xmf_secret")
        _ = try await server.get("/v1/feed.atom?token=xmf_secret&nonsense=1")
        _ = try await server.get("/v1/feed.atom?token=xmf_wrong")
        let text = events.withLock { $0.joined(separator: "\n") }
        #expect(text.contains("Ada") && !text.contains("xmf_"))
    }

    @Test func aViewIsReadAsTheQueryOfTheFeedIs() throws {
        #expect(try FeedView("tier=teammate&handle=@Ada&sort=views").text == "handle=%40Ada&sort=views&tier=teammate")
        #expect(try FeedView("?q=a+b").text == "q=a%20b")
        #expect(try FeedView("").text == "")
        for wrong in [
            "tier=nobody", "limit=5", "cursor=x", "token=x", "sort=x", "q=", "q=%", "nonsense", "q=" + String(repeating: "x", count: 3_000),
        ] {
            #expect(throws: FeedView.Malformed.self) { try FeedView(wrong) }
        }
    }
}
