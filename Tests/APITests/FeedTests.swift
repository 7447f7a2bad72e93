import Domain
import JSON
import Synchronization
import Testing

@Suite struct FeedTests {
    private let server: TestServer

    init() throws { server = try TestServer() }

    /// Every way to ask wrongly is an error that names the parameter; nothing is ignored or clamped.
    @Test(arguments: [
        ("limit=0", "limit"), ("limit=201", "limit"), ("limit=ten", "limit"), ("limit=-1", "limit"), ("limit=1.0", "limit"),
        ("limit=", "limit"),
        ("limit=99999999999999999999", "limit"), ("limit=5&limit=6", "limit"), ("significant=yes", "significant"),
        ("significant=True", "significant"),
        ("reported=1", "reported"), ("tier=investor", "tier"), ("tier=", "tier"), ("tier=Teammate", "tier"), ("handle=@", "handle"),
        ("since=yesterday", "since"), ("since=2026-02-30", "since"), ("until=2026-02-22T25:00:00Z", "until"), ("until=2026-2-22", "until"),
        ("since=2026-02-22T09:30:00.1234567Z", "since"), ("since=2026-02-23&until=2026-02-22", "since"), ("tz=Mars/Olympus", "tz"),
        ("cursor=abc", "cursor"), ("cursor=AQAA", "cursor"), ("q=", "q"), ("page=2", "page"), ("Limit=5", "Limit"), ("limit", "limit"),
        ("q=\(String(repeating: "a", count: 1_025))", "q"), ("nonsense=1&limit=0", "nonsense"), ("limit=0&nonsense=1", "nonsense"),
        ("curve=1", "curve"), ("curve=", "curve"), ("curve=true&curve=true", "curve"), ("sort=newest", "sort"),
        ("sort=views&sort=likes", "sort"), ("sort=", "sort"), ("has_link=1", "has_link"),
        ("min_likes=-1", "min_likes"),
        ("min_views=1.2K", "min_views"), ("min_replies=3.7", "min_replies"), ("min_reposts=9223372036854775808", "min_reposts"),
        ("min_likes=1&min_likes=2", "min_likes"), ("posted_since=now", "posted_since"), ("posted_until=2026-13-01", "posted_until"),
        ("posted_since=2026-02-23&posted_until=2026-02-22", "posted_since"), ("exclude=", "exclude"), ("source_query", "source_query"),
        ("tier=none&tier=all", "tier"), (Array(repeating: "exclude=a", count: 51).joined(separator: "&"), "exclude"),
    ])
    func aWrongParameterIsNamed(query: String, parameter: String) async throws {
        let answer = try await server.get("/v1/feed?\(query)")
        #expect(answer.status == 400)
        #expect(try answer.json["parameter"] == .string(parameter))
        #expect(server.archive.state.withLock { $0.filter } == nil)
    }

    @Test func curvesComeWhereTheyAreAskedFor() async throws {
        server.archive.state.withLock { state in
            state.posts = ["1", "2"].map { .sample(id: $0, at: Timestamp(microseconds: 5)) }
            state.curves = [
                "1": [CurvePoint(at: Timestamp(microseconds: 0), views: 3), CurvePoint(at: Timestamp(microseconds: 1), views: 4)]
            ]
        }
        for query in ["", "?curve=false"] { #expect(try await !server.get("/v1/feed\(query)").body.contains("curve")) }
        #expect(server.archive.state.withLock { $0.curved } == nil)
        let body = try await server.get("/v1/feed?curve=true").body
        #expect(body.contains(#""curve":[{"at":"1970-01-01T00:00:00.000000Z","views":3},{"at":"1970-01-01T00:00:00.000001Z","views":4}]}"#))
        #expect(body.contains(#""curve":[]}"#))
        #expect(server.archive.state.withLock { $0.curved } == ["1", "2"])
        // Nothing else has them.
        for path in ["feed.csv", "feed.ndjson", "feed.atom", "facets"] {
            #expect(try await server.get("/v1/\(path)?curve=true").status == 400)
        }
    }

    @Test func everyFilterReachesTheArchive() async throws {
        _ = try await server.get(
            "/api/v1/feed?since=2026-02-22T09:30:00.000001Z&until=2026-02-23T00:00:00%2B01:00&tier=teammate&tier=none&handle=%40Ada&handle=bob&significant=true&reported=false&q=100%25+_&limit=7&posted_since=2026-02-21&posted_until=2026-02-21T12:00:00Z&source_query=priority&source_query=legacy&has_link=true&min_likes=1&min_reposts=2&min_replies=3&min_views=4&exclude=gm&exclude=GN&sort=velocity"
        )
        let filter = server.archive.state.withLock { $0.filter }
        #expect(
            filter
                == PostFilter(
                    since: try Timestamp(iso8601: "2026-02-22T09:30:00.000001Z"), until: try Timestamp(iso8601: "2026-02-22T23:00:00Z"),
                    postedSince: try Timestamp(iso8601: "2026-02-21T00:00:00Z"),
                    postedUntil: try Timestamp(iso8601: "2026-02-21T12:00:00Z"),
                    tiers: [.teammate, nil], handles: ["ada", "bob"], sourceQueries: ["priority", "legacy"], isSignificant: true,
                    isReported: false, hasLink: true, minimum: Counters(likes: 1, reposts: 2, replies: 3, views: 4), text: "100% _",
                    excluded: ["gm", "GN"]))
        #expect(server.archive.state.withLock { $0.sort } == .velocity)
        #expect(server.archive.state.withLock { $0.limit } == 7)
    }

    @Test func whatClocksShowIsReadInTheirZone() async throws {
        for (query, since, until) in [
            (
                "since=2026-03-01T09:30&until=2026-03-01T09:30:00.000001&tz=Europe/Berlin", "2026-03-01T08:30:00Z",
                "2026-03-01T08:30:00.000001Z"
            ),
            ("since=2026-03-01T09:30&until=2026-03-01T09:30", "2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"),
            // Half past two comes twice.
            ("since=2026-10-25T02:30&until=2026-10-25T02:30&tz=Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
            ("since=2026-10-25T02:30%2B01:00&until=2026-10-25T02:30&tz=Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z"),
            // And never.
            ("since=2026-03-29T02:10&until=2026-03-29T02:50&tz=Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T00:59:59.999999Z"),
            ("since=2011-12-30&until=2011-12-30&tz=Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-30T09:59:59.999999Z"),
            ("since=0001-01-01T00:00&until=9999-12-31&tz=Europe/Berlin", "0001-01-01T00:00:00Z", "9999-12-31T22:59:59.999999Z"),
            ("since=0001-01-01&until=9999-12-31T23:59&tz=America/New_York", "0001-01-01T04:56:02Z", "9999-12-31T23:59:59.999999Z"),
        ] {
            #expect(try await server.get("/v1/feed?\(query)").status == 200)
            #expect(server.archive.state.withLock { $0.filter?.since } == (try Timestamp(iso8601: since)), "\(query)")
            #expect(server.archive.state.withLock { $0.filter?.until } == (try Timestamp(iso8601: until)), "\(query)")
        }
    }

    @Test(arguments: [
        ("until=2026-02-22", "2026-02-22T23:59:59.999999Z"), ("until=2026-02-22&tz=Europe/Berlin", "2026-02-22T22:59:59.999999Z"),
        // A day of 23 hours and a day of 25.
        ("until=2026-03-29&tz=Europe/Berlin", "2026-03-29T21:59:59.999999Z"),
        ("until=2026-10-25&tz=Europe/Berlin", "2026-10-25T22:59:59.999999Z"),
        ("until=2026-03-08&tz=America/New_York", "2026-03-09T03:59:59.999999Z"),
    ])
    func aDayIsTheWholeDayInItsZone(query: String, last: String) async throws {
        _ = try await server.get("/v1/feed?\(query)")
        #expect(server.archive.state.withLock { $0.filter?.until } == (try Timestamp(iso8601: last)))
    }

    @Test func aDayBeginsAtItsOwnMidnight() async throws {
        _ = try await server.get("/v1/feed?since=2026-03-29&tz=Europe/Berlin")
        #expect(server.archive.state.withLock { $0.filter?.since } == (try Timestamp(iso8601: "2026-03-28T23:00:00Z")))
    }

    @Test func aCursorIsExactToTheMicrosecondAndBoundToItsFilter() async throws {
        for index in 0..<200 {
            let at = Timestamp(microseconds: 1_771_752_600_000_000 + Int64(index) * 7)
            server.archive.state.withLock { ($0.posts, $0.version) = ([.sample(id: "id-\(index)", at: at)], "\(index)") }
            let cursor = try #require(await server.get("/v1/feed?tier=teammate").json["next_cursor"]?.text)
            #expect(try await server.get("/v1/feed?tier=teammate&cursor=\(cursor)&limit=3").status == 200)
            #expect(server.archive.state.withLock { $0.start } == .after(FeedPosition(rank: at.microseconds, statusID: "id-\(index)")))
            let other = try await server.get("/v1/feed?tier=influencer&cursor=\(cursor)")
            #expect(other.status == 400)
            #expect(try other.json["code"] == .string("invalid_cursor"))
        }
    }

    /// Places before and behind every post, and beside one with the longest key that an index takes, in every order and both directions.
    @Test(arguments: PostSort.allCases)
    func everyCursorThatIsHandedOutIsTakenBack(sort: PostSort) async throws {
        let ids = ["", "1", "\u{10FFFF}", "/?&=%", String(repeating: "é", count: 500), String(repeating: "x", count: 2_700)]
        for (number, id) in ids.enumerated() {
            for rank in [Int64.min, -1, 0, .max] {
                let place = FeedPosition(rank: rank, statusID: id)
                server.archive.state.withLock { state in
                    state.version = "\(sort) \(number) \(rank)"
                    state.pages = [FeedPage(posts: [], next: .after(place), previous: .before(place))]
                }
                let answer = try await server.get("/v1/feed?sort=\(sort)&source_query=&min_replies=1000")
                for (name, start) in [("next_cursor", FeedStart.after(place)), ("prev_cursor", .before(place))] {
                    let cursor = try #require(answer.json[name]?.text, "\(name)")
                    #expect(try await server.get("/v1/feed?min_replies=1000&cursor=\(cursor)&source_query=&sort=\(sort)").status == 200)
                    #expect(server.archive.state.withLock { $0.start } == start)
                }
            }
        }
    }

    @Test func aTamperedCursorIsRefused() async throws {
        server.archive.state.withLock { $0.posts = [.sample(id: "1", at: Timestamp(microseconds: 5))] }
        let cursor = try #require(await server.get("/v1/feed").json["next_cursor"]?.text)
        for index in cursor.indices {
            var changed = cursor
            changed.replaceSubrange(index...index, with: cursor[index] == "A" ? "B" : "A")
            #expect(try await server.get("/v1/feed?cursor=\(changed)").status == 400)
        }
        let elsewhere = try TestServer(cursorKey: [2])
        #expect(try await elsewhere.get("/v1/feed?cursor=\(cursor)").status == 400)
    }

    @Test func bothDirectionsAreToldApart() async throws {
        server.archive.state.withLock { $0.posts = [.sample(id: "1", at: Timestamp(microseconds: 5))] }
        let next = try #require(await server.get("/v1/feed").json["next_cursor"]?.text)
        let previous = try #require(await server.get("/v1/feed?cursor=\(next)").json["prev_cursor"]?.text)
        _ = try await server.get("/v1/feed?cursor=\(previous)")
        #expect(
            server.archive.state.withLock { $0.start } == .before(FeedPosition(rank: 5, statusID: "1")))
    }

    @Test func membersWithoutAValueAreNull() async throws {
        server.archive.state.withLock { $0.posts = [.sample(id: "1", at: Timestamp(microseconds: 5))] }
        let item = try #require(await server.get("/v1/feed").json["items"]?.elements?.first?.object)
        for name in ["author_display", "watch_tier", "body_text", "significance_reason", "reported_at", "posted_at"] {
            #expect(item[name] == .null)
        }
        #expect(item["discovered_at"] == .string("1970-01-01T00:00:00.000005Z"))
    }
}

extension Post {
    static func sample(id: String, at: Timestamp) -> Post {
        Post(
            statusID: id, discoveredAt: at, authorHandle: "ada", authorDisplay: nil, watchTier: nil, bodyText: nil,
            url: "https://x.example/\(id)", isSignificant: false, significanceReason: nil, sourceQuery: nil,
            counters: Counters(), velocity: nil, reportedAt: nil)
    }
}
