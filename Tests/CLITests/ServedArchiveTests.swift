import Postgres
import Testing

@testable import CLI

/// What a process and a function have of the same settings. Nothing is connected to: no database has to be there for it.
@Suite struct ServedArchiveTests {
    private func settings(_ values: [String: String]) -> Settings {
        var faults: [String] = []
        defer { #expect(faults == []) }
        return Settings(environment: values, &faults)
    }

    private func pools(_ mode: ServingMode, _ values: [String: String] = [:]) throws -> ArchivePools {
        try ArchivePools(settings(values), database: ConnectionOptions(conninfo: "host=/nowhere"), for: mode)
    }

    @Test func aFunctionHasOnePool() async throws {
        let pools = try pools(.function)
        for pool in [pools.writer, pools.follower, pools.prober] { #expect(pool === pools.reader) }
        await pools.close()
    }

    @Test func aReplicaHasItsOwn() async throws {
        let pools = try pools(.function, ["XMONITOR_READ_DATABASE_URL": "host=/nowhere-else"])
        #expect(pools.reader !== pools.writer)
        for pool in [pools.follower, pools.prober] { #expect(pool === pools.writer) }
        await pools.close()
    }

    @Test func aProcessHasOneForEachUse() async throws {
        let pools = try pools(.process)
        #expect(Set([pools.reader, pools.writer, pools.follower, pools.prober].map(ObjectIdentifier.init)).count == 4)
        await pools.close()
    }

    /// Others reach it always, whatever the other settings say.
    @Test func aFunctionIsToldWhoMayRead() throws {
        try ServedArchive.check(settings([:]), for: .process)
        #expect(throws: Failure.self) { try ServedArchive.check(settings([:]), for: .function) }
        try ServedArchive.check(settings(["XMONITOR_READ_ACCESS": "keys"]), for: .function)
    }

    @Test(arguments: ["0", "31", "x", "-1"]) func aSenselessWaitIsRefused(value: String) throws {
        #expect(throws: Failure.self) { try ServedArchive.check(settings(["XMONITOR_WAIT_MAXIMUM": value]), for: .process) }
    }
}
