import API
import Domain
import JSON
import Synchronization
import Testing

@Suite struct HealthTests {
    /// The probe has one connection: whoever asks meanwhile shares the next one.
    @Test func manyWhoAskAtOnceShareAProbe() async throws {
        let server = try TestServer()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 { group.addTask { try await server.get("/health/ready").status } }
            for try await status in group { #expect(status == 200) }
        }
        #expect(server.archive.state.withLock(\.probes) < 200)
        server.archive.state.withLock { $0.error = .unavailable("gone") }
        #expect(try await server.get("/health/ready").status == 503)
        #expect(try await server.get("/v1/health").json["ok"] == .boolean(false))
    }
}
