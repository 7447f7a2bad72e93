import Domain
import Foundation
import HTTPTypes
import JSON
import Synchronization
import Testing
import Yams

/// Each filter of the table is one everywhere: in queries, in cursors, in the names of files, in the document, and in the page.
@Suite struct FilterFieldTests {
    private let server: TestServer

    init() throws { server = try TestServer() }

    @Test(arguments: PostFilter.Field.allCases)
    func itReachesTheArchiveFromEveryView(field: PostFilter.Field) async throws {
        for view in ParameterTests.views {
            for (name, value) in field.examples {
                #expect(try await server.get("\(view)?\(name)=\(value)").status == 200)
                let filter = try #require(server.archive.state.withLock { $0.filter })
                #expect(filter.uses(field), "\(view) \(name)")
                for other in PostFilter.Field.allCases where other != field && !view.hasSuffix("timeline") {
                    #expect(!filter.uses(other), "\(view) \(name) \(other)")
                }
            }
        }
    }

    @Test(arguments: PostFilter.Field.allCases)
    func aCursorIsBoundToIt(field: PostFilter.Field) async throws {
        for (name, value) in field.examples {
            server.archive.state.withLock { ($0.posts, $0.version) = ([.sample(id: "1", at: Timestamp(microseconds: 5))], name) }
            let with = "\(name)=\(value)"
            for (made, used) in [("", with), (with, ""), (with, with)] {
                let page = try await server.get("/v1/feed?\(made)")
                guard case .string(let cursor)? = try page.json["next_cursor"] else { throw NoCursor() }
                let answer = try await server.get("/v1/feed?\(used)&cursor=\(cursor)")
                #expect(answer.status == (made == used ? 200 : 400), "\(made) \(used)")
                if made != used { #expect(try answer.json["code"] == .string("invalid_cursor")) }
            }
        }
    }

    private struct NoCursor: Error {}

    @Test(arguments: PostFilter.Field.allCases)
    func theNameOfAFileTellsIt(field: PostFilter.Field) async throws {
        for (name, value) in field.examples {
            let header = try await server.get("/v1/feed.csv?\(name)=\(value)").headers[.contentDisposition]
            #expect(header != "attachment; filename=\"xmonitor.csv\"", "\(name)")
        }
    }

    @Test func theDocumentHasEachForEveryView() async throws {
        let document = try #require(try Yams.load(yaml: try await server.get("/v1/openapi.yaml").body) as? [String: Any])
        let components = try #require(document["components"] as? [String: [String: Any]])
        let shared = try #require(components["parameters"] as? [String: [String: Any]])
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        for field in PostFilter.Field.allCases {
            for name in field.parameters {
                let (key, parameter) = try #require(shared.first { $0.value["name"] as? String == name }, "\(name)")
                let schema = try #require(parameter["schema"] as? [String: Any])
                #expect((schema["type"] as? String == "array") == field.isRepeatable, "\(name)")
                for view in ParameterTests.views {
                    let references = try #require(paths[view]?["get"]?["parameters"] as? [[String: Any]])
                    #expect(references.contains { $0["$ref"] as? String == "#/components/parameters/\(key)" }, "\(view) \(name)")
                }
            }
        }
    }
}

extension FilterFieldTests {
    /// The table of the page has the same names.
    @Test func thePageHasEach() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../web/js/address/filters.js")
        let table = try String(contentsOf: file, encoding: .utf8)
        for field in PostFilter.Field.allCases {
            for name in field.parameters {
                #expect(table.contains("\n  \(name): \(field.isRepeatable ? "many" : "one")("), "\(name)")
            }
        }
    }
}

extension PostFilter.Field {
    /// A value for each of its parameters.
    fileprivate var examples: [(name: String, value: String)] {
        parameters.compactMap { name in ParameterTests.valid[name]?.last.map { (name, isCount ? "3" : $0) } }
    }

    private var isCount: Bool { if case .count = kind { true } else { false } }
}

extension PostFilter {
    fileprivate func uses(_ field: Field) -> Bool {
        switch field.kind {
        case .range(_, let since, let until): self[keyPath: since] != nil || self[keyPath: until] != nil
        case .tiers(let member): !self[keyPath: member].isEmpty
        case .handles(let member), .texts(let member): !self[keyPath: member].isEmpty
        case .text(let member): self[keyPath: member] != nil
        case .flag(let member): self[keyPath: member] != nil
        case .count(let member): self[keyPath: member] > 0
        }
    }
}
