import AsyncHTTPClient
import Foundation
import Synchronization
import Testing

@testable import AWS

@Suite("Credentials of a container")
struct ContainerCredentialsTests {
    private static func answer(_ key: String, expires: String) -> LoopbackServer.Reply {
        .text(
            """
            {"AccessKeyId": "\(key)", "SecretAccessKey": "s", "Token": "t/+=", "Expiration": "\(expires)"}
            """)
    }

    private static func source(_ server: LoopbackServer, _ more: [String: String] = [:]) throws -> CredentialSource {
        let endpoint = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.address + "/v2/role"]
        return try CredentialSource(environment: endpoint.merging(more) { $1 }, http: .ofTests)
    }

    @Test("They are asked for once while they are good, whoever asks")
    func kept() async throws {
        try await LoopbackServer.with { _ in
            Self.answer("ASIA1", expires: "2099-01-01T00:00:00Z")
        } _: { server in
            let source = try Self.source(server, ["AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic abc"])
            let expected = AWSCredentials(accessKeyID: "ASIA1", secretAccessKey: "s", sessionToken: "t/+=")
            try await withThrowingTaskGroup(of: AWSCredentials.self) { group in
                for _ in 0..<8 { group.addTask { try await source.current() } }
                for try await credentials in group { #expect(credentials == expected) }
            }
            #expect(server.requests.count == 1)
            #expect(server.requests.first?.headers["authorization"] == "Basic abc")
        }
    }

    @Test("Shortly before they expire, new ones are asked for; what is still good serves while there are none")
    func renewed() async throws {
        let soon = Date.now.addingTimeInterval(290).ISO8601Format()
        let replies = Replies([Self.answer("ASIA1", expires: soon), .text("no", status: 500), Self.answer("ASIA2", expires: soon)])
        try await LoopbackServer.with { _ in
            replies.next()
        } _: { server in
            let endpoint = try #require(
                try ContainerEndpoint(environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.address + "/v2/role"]))
            let source = ContainerCredentials(endpoint, http: .ofTests, pause: .zero)
            #expect(try await source.current().accessKeyID == "ASIA1")
            #expect(try await source.current().accessKeyID == "ASIA1")
            #expect(try await source.current().accessKeyID == "ASIA2")
        }
    }

    @Test("After a failure the endpoint has its rest")
    func pause() async throws {
        try await LoopbackServer.with { _ in
            .text("no", status: 500)
        } _: { server in
            let source = try Self.source(server)
            for _ in 0..<3 { await #expect(throws: CredentialError.self) { try await source.current() } }
            #expect(server.requests.count == 1)
        }
    }

    @Test("Who is cancelled does not wait for an endpoint that says nothing")
    func cancelled() async throws {
        try await LoopbackServer.with { _ in
            LoopbackServer.Reply(isSilent: true)
        } _: { server in
            let source = try Self.source(server)
            let waiting = Task { try await source.current() }
            while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            waiting.cancel()
            let error = await #expect(throws: CredentialError.self) { try await waiting.value }
            #expect(error?.description.contains("was not waited for") == true)
        }
    }

    @Test("The file with the token is read each time, for it is replaced")
    func tokenFile() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let soon = Date.now.addingTimeInterval(60).ISO8601Format()
        try await LoopbackServer.with { _ in
            Self.answer("ASIA1", expires: soon)
        } _: { server in
            let source = try Self.source(server, ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": file])
            for token in ["first", "second"] {
                try Data("\(token)\n".utf8).write(to: URL(fileURLWithPath: file))
                _ = try await source.current()
            }
            #expect(server.requests.map { $0.headers["authorization"] } == ["first", "second"])
        }
    }

    @Test("An answer without credentials is an error without its text", arguments: ["{}", "planted", "{\"AccessKeyId\": 1}"])
    func senseless(_ text: String) async throws {
        try await LoopbackServer.with { _ in
            .text(text)
        } _: { server in
            let error = await #expect(throws: CredentialError.self) { try await Self.source(server).current() }
            #expect(error?.description.contains("no set of credentials") == true)
            #expect(error?.description.contains("planted") == false)
        }
    }

    @Test("An endpoint that says nothing is given up")
    func silent() async throws {
        try await LoopbackServer.with { _ in
            LoopbackServer.Reply(isSilent: true)
        } _: { server in
            let error = await #expect(throws: CredentialError.self) { try await Self.source(server).current() }
            #expect(error?.description.contains("did not answer") == true)
        }
    }

    @Test(
        "Settings that make no sense are refused",
        arguments: [
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/role"],
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.example.com/role"],
            ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "role"], ["AWS_ACCESS_KEY_ID": "AKID"], [:],
        ])
    func senselessSettings(_ environment: [String: String]) {
        #expect(throws: CredentialError.self) { try CredentialSource(environment: environment, http: .ofTests) }
    }

    @Test("The environment comes first, as in a function")
    func environment() async throws {
        let source = try CredentialSource(
            environment: [
                "AWS_ACCESS_KEY_ID": "ASIA", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/role",
            ], http: .ofTests)
        #expect(try await source.current() == AWSCredentials(accessKeyID: "ASIA", secretAccessKey: "s", sessionToken: "t"))
    }
}

extension HTTPClient {
    /// Lives as long as the tests do.
    static let ofTests = HTTPClient(configuration: .forAWS)
}

/// Replies that are given one after the other; the last one stays.
final class Replies: Sendable {
    private let rest: Mutex<[LoopbackServer.Reply]>

    init(_ replies: [LoopbackServer.Reply]) { rest = Mutex(replies) }

    func next() -> LoopbackServer.Reply {
        rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
}
