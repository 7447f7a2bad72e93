import API
import Domain
import Foundation
import HTTPTypes
import Synchronization
import Testing
import Yams

/// The document and the server have the same operations, and each operation answers with the described statuses and no other.
@Suite struct DocumentTests {
    private typealias Operation = (method: String, template: String, statuses: Set<Int>)

    private func document() async throws -> [String: Any] {
        try #require(try Yams.load(yaml: try await TestServer().get("/v1/openapi.yaml").body) as? [String: Any])
    }

    private func described() async throws -> [Operation] {
        let document = try await document()
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        return paths.flatMap { template, operations in
            operations.map { method, operation in
                (method.uppercased(), template, Set((operation["responses"] as? [String: Any] ?? [:]).keys.compactMap(Int.init)))
            }
        }
    }

    /// With the parameters of its query, which of them may be repeated, and whether it takes a key.
    @Test func everyRouteIsDescribedAndEveryDescriptionIsARoute() async throws {
        let document = try await document()
        let components = try #require(document["components"] as? [String: [String: [String: Any]]])
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        let described = paths.flatMap { template, operations in
            operations.map { method, operation in
                let parameters = (operation["parameters"] as? [[String: Any]] ?? []).map { parameter in
                    (parameter["$ref"] as? String).flatMap { components["parameters"]?[$0.components(separatedBy: "/").last ?? ""] }
                        ?? parameter
                }.filter { $0["in"] as? String == "query" }
                func names(repeatable: Bool) -> Set<String> {
                    Set(
                        parameters.filter { (($0["schema"] as? [String: Any])?["type"] as? String == "array") == repeatable }
                            .compactMap { $0["name"] as? String })
                }
                return Server.Operation(
                    method: method.uppercased(), template: template, single: names(repeatable: false), repeatable: names(repeatable: true),
                    scope: (operation["x-scope"] as? String).flatMap(Scope.init))
            }
        }
        let routes = try TestServer().server.operations
        #expect(Set(described) == Set(routes))
        #expect(routes.count > 10)
    }

    /// Every way in which a caller or the archive can go wrong is tried on every operation.
    @Test func everyOperationAnswersWithTheDescribedStatusesAndNoOther() async throws {
        for operation in try await described() {
            var seen: Set<Int> = []
            let limit = Dictionary(uniqueKeysWithValues: RateKind.allCases.map { ($0, 1) })
            let readAccess: ReadAccess =
                operation.template.hasPrefix("/v1/auth/") || operation.template.contains("feed-tokens") ? .oidc : .keys
            let server = try TestServer(readAccess: readAccess, maximumItems: 2, maximumBodyBytes: 400)
            let limited = try TestServer(readAccess: readAccess, requestsPerMinute: limit)
            server.archive.hold("reads", scopes: [.read])
            server.archive.hold("operates", scopes: [.ops])
            server.archive.hold("token", scopes: [.feed], view: "", owner: Self.reader)
            server.archive.state.withLock { $0.origin = BatchOrigin(ingestKey: "test") }
            let cookie = operation.template.contains("feed-tokens") ? try TestServer.cookie(of: Self.reader) : nil
            let path = operation.template.replacing("{statusId}", with: "1").replacing("{batchId}", with: "1")
                .replacing("{tokenId}", with: "\(server.archive.state.withLock(\.access.revision))")
            let right =
                operation.template.contains("ingest")
                ? TestServer.key : ["audit", "ops"].contains { operation.template.contains("/v1/\($0)") } ? "operates" : "reads"
            let wrong = right == TestServer.key ? "reads" : TestServer.key
            func send(
                _ query: String = "", _ body: String = #"{"items": []}"#, key: String? = nil, type: String = "application/json",
                tag: String? = nil, site: String? = "same-origin", expect: String? = nil
            ) async throws {
                let method = try #require(HTTPRequest.Method(operation.method))
                var headers: HTTPFields = [.contentType: type, HTTPField.Name("x-api-key")!: key ?? right]
                if key == nil { headers[.cookie] = cookie }
                headers[HTTPField.Name("Sec-Fetch-Site")!] = site
                headers[.ifNoneMatch] = tag
                headers[.expect] = expect
                let answer = try await server.send(method, path + query, headers: headers, body: method == .post ? Array(body.utf8) : [])
                seen.insert(answer.status)
            }
            // By two of nobody's.
            for _ in 0..<2 {
                let answer = try await limited.send(try #require(HTTPRequest.Method(operation.method)), path)
                if answer.status == 429 { seen.insert(429) }
            }
            server.archive.state.withLock { $0.posts = [Post.sample(id: "1", at: Timestamp(microseconds: 0))] }
            try await send()
            try await send(tag: "*")
            server.archive.state.withLock { ($0.posts, $0.origin) = ([], nil) }
            try await send()
            try await send(expect: "nonsense")
            try await send("?nonsense=1")
            try await send("?limit=x")
            try await send("?code=")
            try await send("", "{")
            try await send(site: nil)
            try await send("", key: "unknown")
            try await send("", key: wrong)
            try await send("", type: "text/plain")
            try await send("", #"{"items": [1, 2, 3]}"#)
            try await send("", String(repeating: " ", count: 500))
            try await send("", #"{"handle": "a", "confirm": 99}"#)
            try await send("", Self.goodBody(for: operation.template))
            if cookie != nil {
                for number in 1...50 { server.archive.hold("token \(number)", scopes: [.feed], view: "", owner: Self.reader) }
                try await send("", Self.goodBody(for: operation.template))
            }
            for error in [ArchiveError.unavailable(""), .outdatedSchema(""), .fault("")]
                + (operation.method == "POST" && right == TestServer.key ? [.repeatedKey] : [])
            {
                server.archive.state.withLock { $0.error = error }
                try await send("", Self.goodBody(for: operation.template))
            }
            // Where nobody signs in.
            if operation.template.hasPrefix("/v1/auth/"), operation.method == "GET" {
                seen.insert(try await TestServer().get(operation.template).status)
            }
            #expect(seen == operation.statuses, "\(operation.method) \(operation.template)")
        }
    }

    private static let reader = "ada@example.com"

    /// A body that reaches the archive.
    private static func goodBody(for template: String) -> String {
        let time = "2026-02-22T09:30:00Z"
        let item =
            switch template.split(separator: "/").dropFirst(2).first {
            case "feed-tokens": #"{"view":"tier=teammate"}"#
            case "purge-handle": #"{"handle":"a","confirm":3}"#
            case "posts":
                #"{"status_id":"1","url":"https://x.example/1","author_handle":"a","discovered_at":"\#(time)","last_seen_at":"\#(time)"}"#
            case "metrics":
                #"{"status_id":"1","snapshot_type":"latest_observed","snapshot_at":"\#(time)","likes":1,"reposts":1,"replies":1,"views":1}"#
            case "reports": #"{"status_id":"1","reported_at":"\#(time)"}"#
            case "watch-accounts": #"{"handle":"a","tier":"teammate"}"#
            case "embeddings": #"{"status_id":"1","backend":"b","model":"m","vector":[1],"text_hash":"h"}"#
            default: #"{"run_at":"\#(time)","mode":"both"}"#
            }
        return template.hasSuffix("batch") ? #"{"items":[\#(item)]}"# : item
    }
}
