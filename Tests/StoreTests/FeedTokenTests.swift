import Domain
import Postgres
import Store
import TestDatabase
import Testing

@Suite struct FeedTokenTests {
    /// Making and revoking in turn fills neither the archive nor the memory of the servers.
    @Test func revokedTokensCountForADay() async throws {
        try await TestDatabase.withArchive { archive, database in
            func make(_ number: Int) async throws -> AccessKey? {
                let digest = String(repeating: "\(number)", count: 64)
                let token = NewAccessKey(
                    prefix: "xmf_\(number)", digest: digest, name: "a", scopes: [.feed], view: "", owner: "ada@example.com",
                    createdBy: "ada@example.com")
                return try await archive.createFeedToken(token, limit: 3)
            }
            for number in 1...3 {
                let made = try #require(try await make(number))
                #expect(try await archive.revokeFeedToken(made.id, of: "ada@example.com"))
            }
            #expect(try await make(4) == nil)
            _ = try await database.connect { connection in
                try await connection.execute(Statement("test.age", "UPDATE access_keys SET revoked_at = now() - INTERVAL '25 hours'"))
            }
            #expect(try await make(5) != nil)
            // Those of yesterday are nothing that a server has to know.
            #expect(try await archive.accessState(since: nil)?.keys.count == 1)
        }
    }
}
