import Foundation
import Postgres
import Sample
import Snapshot
import TestDatabase
import Testing

/// An export is the same bytes every time, and the archive that it becomes is the one that its database becomes.
@Suite struct ExportTests {
    private struct Result: Equatable {
        var contents: [String]
        /// Without the numbers of the rows, which follow the order of the source.
        var rejects: [String]
        var tables: [ImportSummary.Table]
    }

    private func imported(_ path: String, _ fixture: SnapshotFixture) async throws -> Result {
        try await TestDatabase.with { database async throws in
            try await database.connect { connection async throws in
                let summary = try await fixture.importer(path).run(connection)
                let rejects = fixture.rejectLines().map { $0.replacing(#/"row":\d+/#, with: "") }.sorted()
                #expect(rejects.count == summary.rejected)
                try? FileManager.default.removeItem(atPath: fixture.rejects)
                return Result(
                    contents: try await ArchiveContents.read(connection), rejects: rejects, tables: summary.tables.map(Self.withoutOrder))
            }
        }
    }

    /// Which keys a tally remembers follows the order of the source, too.
    private static func withoutOrder(_ table: ImportSummary.Table) -> ImportSummary.Table {
        var table = table
        for index in table.rejects.indices { table.rejects[index].firstKeys = [] }
        for index in table.changes.indices { table.changes[index].firstKeys = [] }
        return table
    }

    private func bytes(_ folder: String) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0))) })
    }

    /// Exports twice, and imports both forms.
    private func isTheSameArchive(_ write: (SnapshotFixture) throws -> Void) async throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try write(fixture)
        let snapshot = Snapshot(path: fixture.database)
        let folders = ["one", "two"].map { fixture.folder.appendingPathComponent($0).path }
        let manifests = try folders.map { try Exporter(snapshot, to: $0).run() }
        #expect(manifests[0] == manifests[1])
        #expect(try bytes(folders[0]) == bytes(folders[1]))
        let database = try await imported(fixture.database, fixture)
        let folder = try await imported(folders[0], fixture)
        #expect(folder == database)
        #expect(manifests[0].files.map(\.rows) == database.tables.map(\.read))
    }

    @Test(arguments: FaultySnapshot.allCases) func ofAFaultySnapshot(_ fault: FaultySnapshot) async throws {
        try await isTheSameArchive { try $0.sqlite(fault.sql) }
    }

    @Test func ofTheSample() async throws {
        try await isTheSameArchive { try SampleSnapshot(posts: 707, seed: 1).write(to: $0.database) { _ in } }
    }

    private func exported(_ sql: String, table: String) throws -> [String] {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite(sql)
        let folder = fixture.folder.appendingPathComponent("out").path
        _ = try Exporter(Snapshot(path: fixture.database), to: folder).run()
        return try String(contentsOfFile: "\(folder)/\(table).jsonl", encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test func valuesAreWrittenRawAndWithoutLoss() throws {
        let lines = try exported(
            """
            CREATE TABLE runs (run_at, mode, a, b, c, d, e, f, g);
            INSERT INTO runs VALUES (' x ', NULL, 9223372036854775807, 0.1, 1e999, -1e999, x'00fF', CAST(x'61ff' AS TEXT), 'é"' || char(0) || '😀');
            """, table: "runs")
        #expect(
            lines == [
                #"{"run_at":" x ","mode":null,"a":9223372036854775807,"b":0.1,"c":1e999,"d":-1e999,"e":{"$blob":"00ff"},"f":{"$text":"61ff"},"g":"é\"\u0000😀"}"#
            ])
    }

    @Test func rowsAreInTheOrderOfTheKeysInTheArchive() throws {
        let lines = try exported(
            """
            CREATE TABLE runs (run_at, mode, source, note);
            INSERT INTO runs VALUES ('2026-02-22T12:00:00Z', 'both', 'z', 4), ('2026-02-22T12:00:00Z', 'both', 'a', 3),
                ('2026-02-22T13:30:00+02:00', 'refresh-24h', 'x', 1), ('2026-02-22T11:30:00Z', 'refresh24h', 'x', 2),
                ('1999-12-31T23:59:59Z', 'both', 'x', 0);
            """, table: "runs")
        #expect(lines.map { String($0.suffix(9)) } == (0...4).map { #""note":\#($0)}"# })
    }

    @Test func theLastOfTwoRowsIsTheOneStoredLast() async throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite(FaultySnapshot.storedInAnotherOrderThanIndexed.sql)
        let contents = try await imported(fixture.database, fixture).contents
        #expect(contents.filter { $0.contains(#""note": "last""#) }.count == 1)
    }

    @Test func aForeignFolderIsLeftAlone() throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite(SnapshotFixture.tweets)
        let folder = fixture.folder.appendingPathComponent("out").path
        let notes = folder + "/notes.txt"
        func refused() { #expect(throws: SnapshotError.self) { try Exporter(Snapshot(path: fixture.database), to: folder).run() } }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: notes))
        refused()
        try FileManager.default.removeItem(atPath: notes)
        _ = try Exporter(Snapshot(path: fixture.database), to: folder).run()
        try fixture.sqlite(SnapshotFixture.tweet("1"))
        #expect(try Exporter(Snapshot(path: fixture.database), to: folder + "/").run().files[0].rows == 1)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: notes))
        refused()
        #expect(try bytes(folder).keys.sorted() == ["manifest.json", "notes.txt", "tweets.jsonl"])
        try FileManager.default.removeItem(atPath: folder)
        try Data("a file".utf8).write(to: URL(fileURLWithPath: folder))
        refused()
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path).filter { $0.hasPrefix("out") } == ["out"])
    }
}
