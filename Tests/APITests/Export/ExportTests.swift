import API
import Domain
import HTTPTypes
import JSON
import Synchronization
import Testing

/// What is the same for every file and every feed.
@Suite struct ExportTests {
    private static let files = ["csv", "ndjson"]
    private static let feeds = ["atom", "rss", "json"]
    private let server: TestServer

    init() throws { server = try TestServer() }

    /// A whole view has no pages, and only CSV has a mark.
    @Test(arguments: files + feeds)
    func aParameterOfAnotherViewIsNamed(suffix: String) async throws {
        var wrong =
            Self.files.contains(suffix) ? [("limit=5", "limit"), ("cursor=a", "cursor")] : [("limit=0", "limit"), ("cursor=a", "cursor")]
        wrong += suffix == "csv" ? [("bom=1", "bom"), ("bom=true&bom=true", "bom")] : [("bom=true", "bom")]
        for (query, parameter) in wrong {
            let answer = try await server.get("/v1/feed.\(suffix)?\(query)")
            #expect(answer.status == 400 && answer.headers[.contentType] == "application/problem+json")
            #expect(try answer.json["parameter"] == .string(parameter))
        }
        #expect(server.archive.state.withLock { $0.filter } == nil)
    }

    @Test(arguments: files + feeds)
    func filtersAndOrderReachTheArchive(suffix: String) async throws {
        _ = try await server.get("/api/v1/feed.\(suffix)?tier=none&tier=teammate&q=a&sort=views&has_link=true")
        #expect(server.archive.state.withLock { $0.filter } == PostFilter(tiers: [nil, .teammate], hasLink: true, text: "a"))
        #expect(server.archive.state.withLock { $0.sort } == .views)
    }

    @Test(arguments: [
        ("csv", "", "xmonitor.csv"),
        ("csv", "since=2026-02-22&until=2026-02-22&tier=teammate&significant=true", "xmonitor-2026-02-22-teammate-significant.csv"),
        (
            "ndjson", "until=2026-02-23T00:00:00Z&since=2026-02-22&tier=none&reported=false",
            "xmonitor-2026-02-22-to-2026-02-23-without-tier-not-reported.ndjson"
        ),
        ("csv", "handle=%40Ada&q=a%22%0D%0Ab%3B%20../x&sort=likes", "xmonitor-ada-a-b-x-by-likes.csv"),
        ("csv", "q=%E6%97%A5%E6%9C%AC&exclude=gm", "xmonitor-without-gm.csv"),
        ("csv", "since=2026-02-22&min_likes=10", "xmonitor-since-2026-02-22-10-likes-or-more.csv"),
        ("atom", "has_link=true", "xmonitor-with-link.atom"), ("json", "source_query=priority", "xmonitor-found-by-priority.json"),
        ("rss", "posted_until=2026-02-22", "xmonitor-posted-until-2026-02-22.rss"),
    ])
    func theNameOfTheFileTellsTheFilters(suffix: String, query: String, name: String) async throws {
        let asked = Timestamp.now
        let answer = try await server.get("/v1/feed.\(suffix)" + (query.isEmpty ? "" : "?" + query))
        // A file has the day on which it was made; midnight may come in between.
        let dated = [asked, .now].map { name.replacing(".\(suffix)", with: "-\($0.iso8601.prefix(10)).\(suffix)") }
        let names = Self.files.contains(suffix) ? dated.map { "attachment; filename=\"\($0)\"" } : ["inline; filename=\"\(name)\""]
        #expect(names.contains(answer.headers[.contentDisposition] ?? ""))
    }

    @Test func theNameOfTheFileIsNoLongerThanFileSystemsTake() async throws {
        let handles = (0..<50).map { "handle=\(String(repeating: "a", count: 200))\($0)" }.joined(separator: "&")
        let header = try await server.get("/v1/feed.csv?\(handles)").headers[.contentDisposition]
        #expect(header.map { $0.utf8.count < 200 } == true)
    }

    /// The status tells of an archive that does not answer, and the ending tells of one that fell silent.
    @Test func aDownloadThatFailsOnItsWayIsNotWhole() async throws {
        server.archive.state.withLock { $0.posts = (0..<3).map(NastyText.post) }
        server.archive.state.withLock { $0.lateError = .unavailable("SELECT secret") }
        let faults = Mutex(0)
        let observed = try TestServer(observe: { observation in
            if case .fault = observation { faults.withLock { $0 += 1 } }
        })
        observed.archive.state.withLock { $0.lateError = .unavailable("gone") }
        await #expect(throws: ArchiveError.unavailable("gone")) { try await observed.get("/v1/feed.csv") }
        #expect(faults.withLock { $0 } == 1)
        await #expect(throws: ArchiveError.self) { try await server.get("/v1/feed.ndjson") }
    }

    @Test func headDownloadsNothing() async throws {
        for suffix in Self.files {
            let asked = Timestamp.now
            let answer = try await server.send(.head, "/v1/feed.\(suffix)?q=a")
            #expect(answer.status == 200 && answer.body.isEmpty)
            let names = [asked, .now].map { "attachment; filename=\"xmonitor-a-\($0.iso8601.prefix(10)).\(suffix)\"" }
            #expect(names.contains(answer.headers[.contentDisposition] ?? ""))
        }
        #expect(server.archive.state.withLock { $0.downloads } == 0)
    }

    /// A slot is free again whatever became of the download that had it.
    @Test func soManyDownloadsAndNoMore() async throws {
        let none = try TestServer(maximumDownloads: 0)
        let answer = try await none.get("/v1/feed.csv")
        #expect(try answer.status == 503 && answer.json["code"] == .string("too_many_downloads") && answer.headers[.retryAfter] != nil)
        #expect(try await none.get("/v1/feed.atom").status == 200)
        let one = try TestServer(maximumDownloads: 1)
        for _ in 0..<3 {
            #expect(try await one.get("/v1/feed.csv").status == 200)
            #expect(try await one.send(.head, "/v1/feed.csv").status == 200)
            one.archive.state.withLock { $0.error = .unavailable("") }
            #expect(try await one.get("/v1/feed.csv").status == 503)
            one.archive.state.withLock { ($0.error, $0.lateError) = (nil, .fault("")) }
            await #expect(throws: ArchiveError.self) { try await one.get("/v1/feed.csv") }
            one.archive.state.withLock { $0.lateError = nil }
        }
    }
}
