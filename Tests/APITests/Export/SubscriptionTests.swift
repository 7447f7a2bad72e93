import Domain
import Foundation
import Synchronization
import Testing

/// Atom, RSS and JSON Feed say the same of every view, and nothing in a post becomes markup.
@Suite struct SubscriptionTests {
    private let server: TestServer

    init() throws { server = try TestServer() }

    /// What of `text` XML 1.0 can hold.
    private static func inXML(_ text: String) -> String {
        let isKept: (Unicode.Scalar) -> Bool = {
            $0.value >= 0x20 && $0.value != 0xFFFE && $0.value != 0xFFFF || "\t\n\r".unicodeScalars.contains($0)
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isKept($0) ? $0 : "\u{FFFD}" }))
    }

    private func members(_ json: JSONObject, _ name: String) throws -> [JSONObject] {
        guard case .array(let elements)? = json[name] else { return [] }
        return elements.compactMap { if case .object(let object) = $0 { object } else { nil } }
    }

    @Test(arguments: 0..<20)
    func everyTextIsReadBackAsText(_: Int) async throws {
        let posts = (0..<20).map(NastyText.post)
        server.archive.state.withLock { $0.posts = posts }
        func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

        server.archive.state.withLock { $0.pages = [FeedPage(posts: posts, next: nil, previous: nil)] }
        let atom = try XMLText(try await server.get("/v1/feed.atom").body)
        #expect(bytes(atom.texts("feed/entry/content")) == bytes(posts.map { Self.inXML($0.bodyText ?? "") }))
        #expect(bytes(atom.texts("feed/entry/summary")) == bytes(posts.compactMap(\.significanceReason).map(Self.inXML)))
        #expect(atom.texts("feed/entry/id") == posts.map { "tag:xmonitor,2026:posts/\($0.statusID)" })
        #expect(
            Set(atom.elements.filter { $0.path.hasSuffix("content") || $0.path.hasSuffix("title") }.map(\.attributes)) == [["type": "text"]]
        )

        server.archive.state.withLock { $0.pages = [FeedPage(posts: posts, next: nil, previous: nil)] }
        let rss = try XMLText(try await server.get("/v1/feed.rss").body)
        let html = rss.texts("rss/channel/item/description")
        #expect(html.allSatisfy { !$0.replacing("<br>", with: "").unicodeScalars.contains("<") })
        // Scalar by scalar: for Swift a sign with an accent on it is another character.
        let shown = html.map { text in
            [("<br>", ""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].reduce(text) { text, pair in
                text.replacingOccurrences(of: pair.0, with: pair.1, options: .literal)
            }
        }
        #expect(bytes(shown) == bytes(posts.map { Self.inXML($0.bodyText ?? "") }))
        #expect(rss.texts("rss/channel/item/guid") == atom.texts("feed/entry/id"))

        server.archive.state.withLock { $0.pages = [FeedPage(posts: posts, next: nil, previous: nil)] }
        let items = try members(try await server.get("/v1/feed.json").json, "items")
        #expect(items.map { $0["content_text"] } == posts.map { .string($0.bodyText ?? "") })
        #expect(items.map { $0["id"] } == atom.texts("feed/entry/id").map { .string($0) })
        let titles = items.map { item in if case .string(let title)? = item["title"] { title } else { "" } }
        #expect(titles.allSatisfy { !$0.isEmpty && $0.count <= 81 && !$0.contains(where: \.isNewline) })
        #expect(rss.texts("rss/channel/item/title") == titles.map(Self.inXML))
    }

    /// A title is the beginning of the text on one line, whole words of it.
    @Test(arguments: [
        ("one\n two\t three ", "one two three"), ("", "A post by @ada"), (" \n ", "A post by @ada"),
        (String(repeating: "seven77 ", count: 30), Array(repeating: "seven77", count: 9).joined(separator: " ") + " seven77…"),
        (String(repeating: "x", count: 500), String(repeating: "x", count: 80) + "…"),
    ])
    func theTitleIsTheBeginning(text: String, title: String) async throws {
        var post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        post.bodyText = text
        server.archive.state.withLock { $0.pages = [FeedPage(posts: [post], next: nil, previous: nil)] }
        #expect(try members(try await server.get("/v1/feed.json").json, "items").map { $0["title"] } == [.string(title)])
    }

    /// Only the addresses of web pages are links, and they are addresses whatever was put into them.
    @Test(arguments: [
        ("https://x.com/a b", "https://x.com/a%20b"), ("HTTP://x.com/é\"<", "HTTP://x.com/%C3%A9%22%3C"), ("javascript:alert(1)", nil),
        ("https://x.com/?a=b&c=%41#d", "https://x.com/?a=b&c=%41#d"), ("data:text/html,x", nil), ("//x.com/", nil),
    ])
    func linksAreAddressesOfWebPages(url: String, link: String?) async throws {
        var post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        post.url = url
        server.archive.state.withLock { $0.pages = Array(repeating: FeedPage(posts: [post], next: nil, previous: nil), count: 3) }
        let atom = try XMLText(try await server.get("/v1/feed.atom").body)
        #expect(atom.elements.first { $0.path == "feed/entry/link" }?.attributes["href"] == link)
        #expect(try XMLText(try await server.get("/v1/feed.rss").body).texts("rss/channel/item/link").first == link)
        #expect(try members(try await server.get("/v1/feed.json").json, "items").first?["url"] == link.map { .string($0) })
    }

    /// A short page that is not the end is filled from the pages behind it, within bounds, and says where it goes on.
    @Test func aShortPageDoesNotLookLikeTheEnd() async throws {
        func page(_ ids: [String], next: String?) -> FeedPage {
            FeedPage(
                posts: ids.map { Post.sample(id: $0, at: Timestamp(microseconds: 0)) },
                next: next.map { .after(FeedPosition(rank: 0, statusID: $0)) }, previous: nil)
        }
        func ids() async throws -> ([JSONValue?], hasNext: Bool) {
            let json = try await server.get("/v1/feed.json?limit=3").json
            return (try members(json, "items").map { $0["id"] }, json["next_url"] != nil)
        }
        func tags(_ ids: String...) -> [JSONValue?] { ids.map { .string("tag:xmonitor,2026:posts/" + $0) } }

        server.archive.state.withLock { $0.pages = [page([], next: "9"), page(["8"], next: "7"), page(["6", "5"], next: "5")] }
        #expect(try await ids() == (tags("8", "6", "5"), true))
        server.archive.state.withLock { $0.pages = [page([], next: "9"), page(["8"], next: nil)] }
        #expect(try await ids() == (tags("8"), false))
        server.archive.state.withLock { $0.pages = Array(repeating: page([], next: "9"), count: 50) }
        #expect(try await ids() == ([], true))
        #expect(server.archive.state.withLock { $0.pages.count } == 40)
    }

    @Test func anEmptyViewIsAValidFeed() async throws {
        server.archive.state.withLock { $0.pages = Array(repeating: FeedPage(posts: [], next: nil, previous: nil), count: 2) }
        let atom = try XMLText(try await server.get("/v1/feed.atom?q=a").body)
        #expect(atom.texts("feed/updated") == ["1970-01-01T00:00:00.000000Z"])
        #expect(atom.texts("feed/title") == ["XMonitor: “a”"] && atom.texts("feed/id") == ["tag:xmonitor,2026:feed/q=a"])
        #expect(try XMLText(try await server.get("/v1/feed.rss").body).texts("rss/channel/lastBuildDate") == [])
    }
}
