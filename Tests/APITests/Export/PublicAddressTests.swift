import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

/// Where the links of a feed lead.
@Suite struct PublicAddressTests {
    private func links(_ server: TestServer, _ path: String, headers: HTTPFields = [:], authority: String? = "test") async throws
        -> [String: String]
    {
        let position = FeedPosition(rank: 0, statusID: "1")
        server.archive.state.withLock { state in
            state.pages = Array(repeating: FeedPage(posts: [], next: .after(position), previous: .before(position)), count: 10)
        }
        let atom = try XMLText(try await server.send(.get, path, headers: headers, authority: authority).body)
        let links = atom.elements.filter { $0.path == "feed/link" }.map { ($0.attributes["rel"] ?? "", $0.attributes["href"] ?? "") }
        return Dictionary(uniqueKeysWithValues: links)
    }

    @Test func linksKeepTheViewAndLeadOn() async throws {
        let server = try TestServer()
        let view = "http://test/api/v1/feed.atom?exclude=a%20%26b&limit=3&q=%E6%97%A5%2B&tier=none&tier=teammate"
        let first = try await links(server, "/api/v1/feed.atom?tier=none&q=%E6%97%A5%2b&limit=3&exclude=a+%26b&tier=teammate")
        #expect(first["self"] == view && first["first"] == view)
        #expect(first["alternate"] == "http://test/?exclude=a%20%26b&q=%E6%97%A5%2B&tier=none&tier=teammate")
        let next = try #require(first["next"])
        #expect(next.hasPrefix(view + "&cursor="))
        let second = try await links(server, String(next.dropFirst("http://test".count)))
        #expect(second["self"] == next && second["first"] == view)
        #expect(server.archive.state.withLock { $0.start } == .after(FeedPosition(rank: 0, statusID: "1")))
        // The cursors are those of the feed.
        let cursor = try #require(next.split(separator: "cursor=").last)
        let page = try await server.get("/v1/feed?tier=teammate&tier=none&q=%E6%97%A5%2b&exclude=a+%26b&cursor=\(cursor)")
        #expect(page.status == 200)
    }

    @Test func theSettingGoesFirst() async throws {
        let server = try TestServer(publicURL: "https://monitor.example/archive")
        let links = try await links(server, "/v1/feed.atom")
        #expect(links["self"] == "https://monitor.example/archive/v1/feed.atom" && links["alternate"] == "https://monitor.example/archive/")
        #expect(try await self.links(server, "/v1/feed.atom", authority: nil)["self"] == "https://monitor.example/archive/v1/feed.atom")
    }

    /// Anybody can say that a request was forwarded, and what was made for him may be kept for others.
    @Test func whatIsForwardedIsNotBelieved() async throws {
        let forwarded: HTTPFields = [
            HTTPField.Name("X-Forwarded-Host")!: "evil.example", HTTPField.Name("X-Forwarded-Proto")!: "javascript",
            HTTPField.Name("Forwarded")!: "host=evil.example;proto=https",
        ]
        #expect(try await links(TestServer(), "/v1/feed.atom", headers: forwarded)["self"] == "http://test/v1/feed.atom")
    }

    @Test(arguments: [nil, "", "a\"b", "a b", "a/b", "user@host", "a<b", "é.example"])
    func withoutASaneHostThereAreNoLinks(host: String?) async throws {
        let answer = try await TestServer().send(.get, "/v1/feed.atom", authority: host)
        #expect(try answer.status == 400 && answer.json["code"] == .string("invalid_header") && answer.json["parameter"] == .string("Host"))
    }
}
