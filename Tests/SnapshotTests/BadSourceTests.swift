import Foundation
import Snapshot
import TestDatabase
import Testing

/// What cannot be read is named, and nothing is touched.
@Suite struct BadSourceTests {
    private func failure(_ path: String) async throws -> SnapshotError? {
        try await TestDatabase.with { database async throws in
            let rejects = NSTemporaryDirectory() + UUID().uuidString
            return await #expect(throws: SnapshotError.self) {
                try await database.connect { try await SnapshotFixture.importer(path, rejects: rejects).run($0) }
            }
        }
    }

    @Test func aMissingFile() async throws {
        #expect(try await failure("/nowhere/x_monitor.db") == .notFound("/nowhere/x_monitor.db"))
    }

    @Test func aFileThatIsNotSQLite() async throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try Data(String(repeating: "not a database ", count: 500).utf8).write(to: URL(fileURLWithPath: fixture.database))
        #expect(try await failure(fixture.database) == .notSQLite(fixture.database))
    }

    @Test func aDamagedFile() async throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite(
            SnapshotFixture.tweets + (1...2_000).map { SnapshotFixture.tweet("\($0)") }.joined() + "PRAGMA wal_checkpoint(TRUNCATE);")
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: fixture.database))
        for page in 4..<40 {
            try file.seek(toOffset: UInt64(page * 4_096))
            try file.write(contentsOf: Data(repeating: 0xAA, count: 4_096))
        }
        try file.close()
        let error = try await failure(fixture.database)
        guard case .damaged = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aFolderWithoutJSONLines() async throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        #expect(try await failure(fixture.folder.path) == .emptyFolder(fixture.folder.path))
    }

    @Test func aDatabaseWithoutOneOfTheTables() async throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite("CREATE TABLE something (a);")
        #expect(try await failure(fixture.database) == .nothingToImport(fixture.database))
    }

    @Test func rejectsThatCannotBeWritten() async throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite(SnapshotFixture.tweets)
        try await TestDatabase.with { database async throws in
            let error = await #expect(throws: SnapshotError.self) {
                try await database.connect {
                    try await SnapshotFixture.importer(fixture.database, rejects: "/nowhere/rejects.jsonl").run($0)
                }
            }
            guard case .cannotWriteRejects("/nowhere/rejects.jsonl", _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}
