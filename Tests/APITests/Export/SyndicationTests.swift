import Domain
import Foundation
import JSON
import Synchronization
import Testing

@testable import API

/// Atom, RSS and JSON Feed say the same of every view, and nothing in a post becomes markup.
@Suite struct SyndicationTests {
    private let server: TestServer

    init() throws { server = try TestServer() }

    /// What of `text` XML 1.0 can hold.
    private static func inXML(_ text: String) -> String {
        let isKept: (Unicode.Scalar) -> Bool = {
            $0.value >= 0x20 && $0.value != 0xFFFE && $0.value != 0xFFFF || "\t\n\r".unicodeScalars.contains($0)
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isKept($0) ? $0 : "\u{FFFD}" }))
    }

    /// What a reader shows of `html`, in which nothing but line breaks is an element.
    private static func shown(_ html: String) -> String {
        #expect(!html.replacing("<br>", with: "").unicodeScalars.contains("<"))
        return meant(html.replacingOccurrences(of: "<br>", with: "", options: .literal))
    }

    /// `text` without escapes.
    private static func meant(_ text: String) -> String {
        // Scalar by scalar: for Swift a sign with an accent on it is another character.
        [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].reduce(text) { text, pair in
            text.replacingOccurrences(of: pair.0, with: pair.1, options: .literal)
        }
    }

    /// `text` in XML, every break of a line as one sign.
    private static func lines(_ text: String) -> String {
        ["\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].reduce(inXML(text)) { text, end in
            text.replacingOccurrences(of: end, with: "\n", options: .literal)
        }
    }

    /// The pieces of nasty texts that leave nothing on a page.
    private static func hasSomethingToRead(_ text: String) -> Bool {
        let unseen: Set<UInt32> = [
            0x9, 0xA, 0xD, 0x20, 0xA0, 0x3000, 0x200B, 0xFEFF, 0x200F, 0x202E, 0x1, 0x8, 0xB, 0x1B, 0x7F, 0x85, 0xFFFE, 0xFFFF,
        ]
        return text.unicodeScalars.contains { !unseen.contains($0.value) || [0xFFFE, 0xFFFF].contains($0.value) }
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
        let texts = posts.compactMap(\.bodyText).filter(Self.hasSomethingToRead).map(Self.meant)
        #expect(bytes(atom.texts("feed/entry/content").map(Self.shown)) == bytes(texts.map(Self.lines)))
        let reasons = posts.compactMap(\.significanceReason).filter(Self.hasSomethingToRead)
        #expect(bytes(atom.texts("feed/entry/summary").map(Self.shown)) == bytes(reasons.map(Self.lines)))
        #expect(atom.texts("feed/entry/id") == posts.map { "tag:xmonitor,2026:posts/\($0.statusID)" })
        #expect(Set(atom.elements.filter { $0.path.hasSuffix("title") }.map(\.attributes)) == [["type": "text"]])
        #expect(Set(atom.elements.filter { $0.path.hasSuffix("content") }.map(\.attributes)) == [["type": "html"]])

        server.archive.state.withLock { $0.pages = [FeedPage(posts: posts, next: nil, previous: nil)] }
        let rss = try XMLText(try await server.get("/v1/feed.rss").body)
        #expect(bytes(rss.texts("rss/channel/item/description").map(Self.shown)) == bytes(texts.map(Self.lines)))
        #expect(rss.texts("rss/channel/item/guid") == atom.texts("feed/entry/id"))

        server.archive.state.withLock { $0.pages = [FeedPage(posts: posts, next: nil, previous: nil)] }
        let items = try members(try await server.get("/v1/feed.json").json, "items")
        #expect(items.map { $0["content_text"] } == posts.map { .string(Self.meant($0.bodyText ?? "")) })
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

    /// What X escaped is shown as it was meant, once, and is still text and no markup.
    @Test(arguments: [
        ("Central Baggage &amp; sent", "Central Baggage & sent"), ("&lt;b&gt; &amp;lt; &quot; &#38; &", "<b> &lt; &quot; &#38; &"),
        ("&amp;amp;", "&amp;"), ("&\u{301}amp; &am", "&\u{301}amp; &am"),
    ])
    func whatXEscapedIsShownAsItWasMeant(text: String, meant: String) async throws {
        var post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        post.bodyText = text
        server.archive.state.withLock { $0.pages = Array(repeating: FeedPage(posts: [post], next: nil, previous: nil), count: 3) }
        let item = try #require(try members(try await server.get("/v1/feed.json").json, "items").first)
        #expect(item["title"] == .string(meant) && item["content_text"] == .string(meant))
        let atom = try XMLText(try await server.get("/v1/feed.atom").body)
        #expect(atom.texts("feed/entry/title") == [meant] && atom.texts("feed/entry/content").map(Self.shown) == [meant])
        #expect(try XMLText(try await server.get("/v1/feed.rss").body).texts("rss/channel/item/description").map(Self.shown) == [meant])
    }

    /// Only the addresses of web pages are links, and they are addresses whatever was put into them.
    @Test(arguments: [
        ("https://x.com/a b", "https://x.com/a%20b"), ("HTTP://x.com/é\"<", "HTTP://x.com/%C3%A9%22%3C"), ("javascript:alert(1)", nil),
        ("https://x.com/?a=b&c=%41#d", "https://x.com/?a=b&c=%41#d"), ("data:text/html,x", nil), ("//x.com/", nil),
        ("https://x.com/100%", "https://x.com/100%25"), ("https://x.com/%zz%4", "https://x.com/%25zz%254"),
        ("https://x.com/%%41%", "https://x.com/%25%41%25"), ("https://x.com/a#b#c", "https://x.com/a#b%23c"),
        ("https://x.com/a[1]?b[]=c#[d]", "https://x.com/a%5B1%5D?b%5B%5D=c#%5Bd%5D"), ("https://x.com/a?b?c/d", "https://x.com/a?b?c/d"),
        ("http://[::1]:80/a", "http://[::1]:80/a"), ("http://[::zz]/", "http://%5B%3A%3Azz%5D/"), ("http://[::1", "http://%5B%3A:1"),
        ("https://é.com:x/", "https://%C3%A9.com%3Ax/"), ("https://a@b@c/", "https://a%40b@c/"),
        ("https://x.com\\a|b", "https://x.com/a%7Cb"),
        ("https://", nil), ("https:///a", nil), ("https://?a", nil), ("https://:80/", nil),
        ("https://x.com/\u{301}a", "https://x.com/%CC%81a"),
        ("https://x.com/a\u{0}b`{}^", "https://x.com/a%00b%60%7B%7D%5E"), ("https://x.com", "https://x.com"),
        ("https://x.com?", "https://x.com?"),
    ])
    func linksAreAddressesOfWebPages(url: String, link: String?) async throws {
        var post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        post.url = url
        server.archive.state.withLock { $0.pages = Array(repeating: FeedPage(posts: [post], next: nil, previous: nil), count: 3) }
        let atom = try XMLText(try await server.get("/v1/feed.atom").body)
        #expect(atom.elements.first { $0.path == "feed/entry/link" && $0.attributes["rel"] == "alternate" }?.attributes["href"] == link)
        #expect(try XMLText(try await server.get("/v1/feed.rss").body).texts("rss/channel/item/link").first == link)
        #expect(try members(try await server.get("/v1/feed.json").json, "items").first?["url"] == link.map { .string($0) })
    }

    /// Every address of the web comes out as the grammar has it (RFC 3986, appendix A), and what is one already as it is.
    @Test(arguments: 0..<40)
    func everyLinkIsAURI(_: Int) throws {
        let pieces = [
            "%", "%4", "%41", "#", "[", "]", "?", "/", "@", ":", "80", "a", "é", "[::1]", " ", "\\", "&=", "😀", "\u{301}", "\"<>", "{|}^`",
            "!$'()*+,;",
        ]
        let character = #"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"#
        let grammar = try Regex(
            #"[Hh][Tt][Tt][Pp][Ss]?://(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:\[::1\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)"#
                + #"(?::[0-9]*)?(?:/\#(character)*)*(?:\?(?:\#(character)|[/?])*)?(?:#(?:\#(character)|[/?])*)?"#)
        for _ in 0..<50 {
            let url = "https://x.com" + (0..<Int.random(in: 0...9)).map { _ in pieces.randomElement() ?? "" }.joined()
            var post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
            post.url = url
            guard let link = FeedEntry(post, base: "http://test").link else {
                // Of what stands before an @ nothing is a host.
                #expect(url.contains("@"))
                continue
            }
            #expect(link.wholeMatch(of: grammar) != nil, "\(url) \(link)")
            post.url = link
            #expect(FeedEntry(post, base: "http://test").link == link)
        }
    }

    /// What has nothing to read in it leaves no parentheses and no elements.
    @Test(arguments: ["", " ", "\n\t", "\u{A0}", "\u{200B}", "\u{FEFF}\u{2060}", "\u{3000}", "\u{3164}", "\u{1}"])
    func whatIsBlankIsLeftOut(blank: String) async throws {
        var post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        (post.authorDisplay, post.significanceReason, post.bodyText) = (blank, blank, blank)
        server.archive.state.withLock { $0.pages = Array(repeating: FeedPage(posts: [post], next: nil, previous: nil), count: 3) }
        let atom = try XMLText(try await server.get("/v1/feed.atom").body)
        #expect(atom.texts("feed/entry/author/name") == ["@ada"] && atom.texts("feed/entry/title") == ["A post by @ada"])
        #expect(atom.texts("feed/entry/summary") == [] && atom.texts("feed/entry/content") == [])
        let rss = try XMLText(try await server.get("/v1/feed.rss").body)
        #expect(rss.texts("rss/channel/item/dc:creator") == ["@ada"] && rss.texts("rss/channel/item/description") == [])
        let item = try #require(try members(try await server.get("/v1/feed.json").json, "items").first)
        #expect(item["summary"] == nil && item["title"] == .string("A post by @ada"))
    }

    /// A post without an address to lead to has to have contents (RFC 4287, 4.1.1.1), be they empty.
    @Test func anAtomEntryHasALinkOrContents() async throws {
        var post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        post.url = "https://"
        server.archive.state.withLock { $0.pages = [FeedPage(posts: [post], next: nil, previous: nil)] }
        let atom = try XMLText(try await server.get("/v1/feed.atom").body)
        #expect(atom.texts("feed/entry/content") == [""])
        #expect(atom.elements.allSatisfy { $0.path != "feed/entry/link" || $0.attributes["rel"] != "alternate" })
    }

    /// A post may vanish from X; its page in the archive stays.
    @Test func everyEntryLeadsToItsPageInTheArchiveToo() async throws {
        let post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        server.archive.state.withLock { $0.pages = Array(repeating: FeedPage(posts: [post], next: nil, previous: nil), count: 3) }
        let page = ["rel": "related", "type": "text/html", "href": "http://test/posts/1"]
        let atom = try XMLText(try await server.get("/v1/feed.atom").body)
        #expect(atom.elements.contains { $0.path == "feed/entry/link" && $0.attributes == page })
        let rss = try XMLText(try await server.get("/v1/feed.rss").body)
        #expect(rss.elements.contains { $0.path == "rss/channel/item/atom:link" && $0.attributes == page })
        let item = try #require(try members(try await server.get("/v1/feed.json").json, "items").first)
        #expect(item["external_url"] == .string("http://test/posts/1"))
    }

    /// Who comes from a feed finds the posts of that feed, from the first one on.
    @Test func aFeedLeadsToItsViewOfThePage() async throws {
        let view = "http://test/?q=%E6%97%A5&tier=none&tier=teammate"
        let asked = "tier=none&limit=3&q=%E6%97%A5&tier=teammate"
        server.archive.state.withLock { $0.pages = Array(repeating: FeedPage(posts: [], next: nil, previous: nil), count: 3) }
        #expect(try XMLText(try await server.get("/v1/feed.rss?\(asked)").body).texts("rss/channel/link") == [view])
        #expect(try await server.get("/v1/feed.json?\(asked)").json["home_page_url"] == .string(view))
        #expect(try await server.get("/v1/feed.json").json["home_page_url"] == .string("http://test/"))
    }

    @Test func aPageThatIsFullOfBytesIsNotFilledUp() async throws {
        let post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        let place = FeedStart.after(FeedPosition(rank: 0, statusID: "1"))
        server.archive.state.withLock {
            $0.pages =
                [FeedPage(posts: [], next: place, previous: nil)]
                + Array(repeating: FeedPage(posts: [post], next: place, previous: nil, isFull: true), count: 3)
        }
        #expect(try members(try await server.get("/v1/feed.json?limit=9").json, "items").count == 1)
        #expect(server.archive.state.withLock { $0.pages.count } == 2)
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
