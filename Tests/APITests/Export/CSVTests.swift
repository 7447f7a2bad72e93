import Domain
import Synchronization
import Testing

@Suite struct CSVTests {
    private let server: TestServer

    init() throws { server = try TestServer() }

    /// Whatever is in the texts, a reader of RFC 4180 gets them back, and no cell begins like a formula.
    @Test(arguments: 0..<40)
    func whatIsReadBackIsWhatWasThereAndNoFormula(_: Int) async throws {
        let posts = (0..<50).map(NastyText.post)
        server.archive.state.withLock { $0.posts = posts }
        let answer = try await server.get("/v1/feed.csv")
        let rows = try #require(CSVText.rows(answer.body))
        #expect(rows.first?.map(\.text) == CSVText.columns)
        #expect(rows.count == posts.count + 1)
        for (row, post) in zip(rows.dropFirst(), posts) {
            let cells = Dictionary(uniqueKeysWithValues: zip(CSVText.columns, row))
            #expect(row.count == CSVText.columns.count)
            // By bytes, because texts are equal for Swift that are the same to a reader.
            func text(_ column: String) -> [UInt8]? { cells[column].flatMap { $0.isNull ? nil : Array(CSVText.unguarded($0.text).utf8) } }
            #expect(text("body_text") == post.bodyText.map { Array($0.utf8) })
            #expect(text("author_display") == post.authorDisplay.map { Array($0.utf8) })
            #expect(text("significance_reason") == post.significanceReason.map { Array($0.utf8) })
            #expect(text("source_query") == post.sourceQuery.map { Array($0.utf8) })
            #expect(cells["replies"]?.text == "9223372036854775807")
            #expect(cells["views"]?.text == "\(post.counters.views)")
            #expect(cells["views_per_hour"]?.text == post.velocity.map { CSVText.thousandths($0.views) } ?? "")
            #expect(cells["likes_per_hour"]?.text == (post.velocity == nil ? "" : "-9223372036854775.808"))
            #expect(cells["discovered_at"]?.text == "2026-02-22T09:30:00.123456Z")
            #expect(cells["is_significant"]?.text == "\(post.isSignificant)")
            for column in ["body_text", "author_display", "significance_reason", "source_query", "url"] {
                #expect(cells[column].map { !CSVText.beginsLikeFormula($0.text) } == true, "\(column) \(cells[column]?.text ?? "")")
            }
        }
    }

    /// The decision, sign by sign.
    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@ada", "'@ada"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠a", "'＠a"),
        ("﹦1", "'﹦1"), (" =1", "' =1"), ("\u{A0}=1", "'\u{A0}=1"), ("\u{FEFF}=1", "'\u{FEFF}=1"), ("\u{200B}=1", "'\u{200B}=1"),
        ("'=1", "''=1"), ("' =1", "'' =1"), ("\t1", "'\t1"), ("\u{1B}1", "'\u{1B}1"), ("'tis", "'tis"), (" a", " a"), ("a=1", "a=1"),
        ("1-1", "1-1"),
        ("日本=1", "日本=1"), ("😀-1", "😀-1"), ("#=1", "#=1"), ("", "\"\""), ("\r=1", "\"'\r=1\""), ("\n=1", "\"'\n=1\""),
        ("=\"a\",1", "\"'=\"\"a\"\",1\""),
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a;b", "a;b"),
    ])
    func aTextThatCouldBeAFormulaGetsAnApostrophe(text: String, cell: String) async throws {
        var post = Post.sample(id: "1", at: Timestamp(microseconds: 0))
        post.bodyText = text
        server.archive.state.withLock { $0.posts = [post] }
        let body = try await server.get("/v1/feed.csv").body
        #expect(body.contains(",ada,,,\(cell),https://x.example/1,false,"), "\(body)")
    }

    @Test func theMarkOfUTF8IsThereOnlyWhenAskedFor() async throws {
        #expect(try await server.get("/v1/feed.csv").body.unicodeScalars.first == "s")
        #expect(try await server.get("/v1/feed.csv?bom=false").body.unicodeScalars.first == "s")
        #expect(try await server.get("/v1/feed.csv?bom=true").body.unicodeScalars.first == "\u{FEFF}")
    }

    @Test func aViewWithoutPostsIsARowOfNames() async throws {
        #expect(try await server.get("/v1/feed.csv").body == CSVText.columns.joined(separator: ",") + "\r\n")
        #expect(try await server.get("/v1/feed.ndjson").body == "")
    }

    @Test func everyLineIsThePostOfTheFeed() async throws {
        server.archive.state.withLock { $0.posts = (0..<7).map(NastyText.post) }
        let lines = try await server.get("/v1/feed.ndjson").body.split(separator: "\n", omittingEmptySubsequences: false)
        let feed = try await server.get("/v1/feed").body
        #expect(feed.hasPrefix("{\"items\":[" + lines.dropLast().joined(separator: ",") + "],"))
        #expect(lines.count == 8 && lines.last == "")
    }
}
