import Domain
import HTTPTypes
import JSON
import Testing

/// The description as JSON, of which the contract's tests prove that it says what it says as YAML.
@Suite struct DescriptionTests {
    @Test func itIsJSON() async throws {
        let answer = try await TestServer().get("/v1/openapi.json")
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        #expect(try answer.json["openapi"] == .string("3.1.0"))
    }

    /// A page shows the operations in the order in which they are written.
    @Test func theOrderIsKept() async throws {
        let json = try await TestServer().get("/v1/openapi.json").json
        let paths = try #require(json["paths"]?.object)
        let written = try await TestServer().get("/v1/openapi.yaml").body.split(separator: "\n")
            .filter { $0.hasPrefix("  /") }.map { String($0.dropFirst(2).dropLast()) }
        #expect(paths.members.map(\.name) == written)
    }
}
