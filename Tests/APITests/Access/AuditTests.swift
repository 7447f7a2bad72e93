import API
import Domain
import Foundation
import HTTPTypes
import JSON
import Synchronization
import Testing

/// What the audit is told of requests, and how it is read.
@Suite struct AuditTests {
    private static let key = HTTPField.Name("x-api-key")!

    @Test func everyActionIsInTheCatalogue() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/security.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let catalogue = try #require(text.split(separator: "\n## Audit\n").last?.split(separator: "\n## ").first)
        for action in AuditEvent.Action.allCases { #expect(catalogue.contains("`\(action.rawValue)`"), "\(action)") }
    }

    private func refuse(_ server: TestServer, _ key: String?, _ path: String, times: Int = 1) async throws {
        for _ in 0..<times {
            #expect(try await [401, 403].contains(server.send(.get, path, headers: key.map { [Self.key: $0] } ?? [:]).status))
        }
    }

    /// Code, route, subject and count of each row.
    private func told(_ server: TestServer) -> [String: Int] {
        let events = server.archive.state.withLock(\.recorded).filter { $0.action == .accessRefused }
        var rows: [String: Int] = [:]
        for event in events {
            guard case .string(let code)? = event.details["code"], case .string(let route)? = event.details["route"],
                case .number(let count)? = event.details["count"]
            else { continue }
            rows["\(code) \(route) \(event.subject ?? "-")", default: 0] += Int(count) ?? 0
        }
        return rows
    }

    @Test func refusalsAreSummedUpAndToldOnce() async throws {
        let server = try TestServer(readAccess: .keys)
        server.archive.hold("reads", scopes: [.read])
        try await refuse(server, "nonsense", "/v1/feed", times: 3)
        try await refuse(server, nil, "/v1/feed", times: 2)
        try await refuse(server, "reads", "/v1/audit")
        #expect(server.archive.state.withLock(\.recorded).isEmpty)
        await server.server.flushJournal()
        await server.server.flushJournal()
        #expect(told(server) == ["key_unknown /v1/feed -": 3, "no_credential /v1/feed -": 2, "not_allowed /v1/audit reads (2)": 1])
    }

    @Test func whatTheArchiveCouldNotBeToldItIsToldLater() async throws {
        let server = try TestServer(readAccess: .keys)
        try await refuse(server, "nonsense", "/v1/feed")
        server.archive.state.withLock { $0.error = .unavailable("gone") }
        await server.server.flushJournal()
        server.archive.state.withLock { $0.error = nil }
        try await refuse(server, "nonsense", "/v1/feed")
        await server.server.flushJournal()
        #expect(told(server) == ["key_unknown /v1/feed -": 2])
    }

    @Test func aFloodOfDistinctRefusalsIsFewRows() async throws {
        let server = try TestServer(readAccess: .keys)
        for number in 0..<130 { server.archive.hold("key \(number)", scopes: [.read]) }
        for number in 0..<130 { try await refuse(server, "key \(number)", "/v1/audit") }
        await server.server.flushJournal()
        let rows = told(server)
        #expect(rows.values.reduce(0, +) == 130)
        // A minute may end in between, and then there are twice as many.
        #expect(rows.count <= 201)
    }

    @Test func eachPageFollowsTheOneBefore() async throws {
        let server = try TestServer(readAccess: .keys)
        server.archive.hold("operates", scopes: [.ops])
        let entries = (1...120).reversed().map { number in
            AuditEntry(
                id: Int64(number), at: Timestamp(microseconds: Int64(number / 7) * 1_000_000), action: "key.created", principal: "p",
                subject: nil, details: JSONObject())
        }
        server.archive.state.withLock { $0.audit = entries }
        var (seen, cursor): ([String], String?) = ([], nil)
        repeat {
            let query = cursor.map { "&cursor=\($0)" } ?? ""
            let answer = try await server.send(.get, "/v1/audit?limit=50" + query, headers: [Self.key: "operates"])
            #expect(answer.status == 200 && answer.headers[.cacheControl]?.contains("private") == true)
            guard case .array(let items)? = try answer.json["items"] else { break }
            for case .object(let item) in items { if case .number(let id)? = item["id"] { seen.append(id) } }
            if case .string(let next)? = try answer.json["next_cursor"] { cursor = next } else { cursor = nil }
        } while cursor != nil
        #expect(seen == entries.map { "\($0.id)" })
    }

    @Test func aCursorBelongsToItsSince() async throws {
        let server = try TestServer(readAccess: .keys)
        server.archive.hold("operates", scopes: [.ops])
        server.archive.state.withLock { state in
            state.audit = (0..<3).map {
                AuditEntry(id: $0, at: Timestamp(microseconds: 1), action: "a.b", principal: "p", subject: nil, details: JSONObject())
            }
        }
        let headers: HTTPFields = [Self.key: "operates"]
        guard case .string(let cursor)? = try await server.send(.get, "/v1/audit?limit=1", headers: headers).json["next_cursor"] else {
            Issue.record("no cursor")
            return
        }
        let answer = try await server.send(.get, "/v1/audit?since=2026-01-01&cursor=\(cursor)", headers: headers)
        #expect(try answer.status == 400 && answer.json["code"] == .string("invalid_cursor"))
    }
}
