import Foundation
import Snapshot
import Testing

@Suite struct FileDigestTests {
    private let emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    private func withFolder(_ body: (SnapshotFixture) throws -> Void) throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try body(fixture)
    }

    @Test func ofAFileItIsWhatSha256sumSays() throws {
        try withFolder { fixture in
            try Data().write(to: URL(fileURLWithPath: fixture.database))
            #expect(try Snapshot(path: fixture.database).digest() == emptyDigest)
            try Data(repeating: UInt8(ascii: "a"), count: 1_000_000).write(to: URL(fileURLWithPath: fixture.database))
            #expect(
                try Snapshot(path: fixture.database).digest() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        }
    }

    @Test func theWriteAheadLogBelongsToTheDatabaseWhenItHoldsAnything() throws {
        try withFolder { fixture in
            try Data("database".utf8).write(to: URL(fileURLWithPath: fixture.database))
            let alone = try Snapshot(path: fixture.database).digest()
            try Data().write(to: URL(fileURLWithPath: fixture.database + "-wal"))
            #expect(try Snapshot(path: fixture.database).digest() == alone)
            try Data("a commit".utf8).write(to: URL(fileURLWithPath: fixture.database + "-wal"))
            #expect(try Snapshot(path: fixture.database).digest() != alone)
        }
    }

    @Test func ofAFolderItFollowsNamesAndContentsOfItsTables() throws {
        try withFolder { fixture in
            try fixture.jsonLines("tweets", ["{}"])
            try fixture.jsonLines("runs", ["{}"])
            let first = try Snapshot(path: fixture.folder.path).digest()
            #expect(first.count == 64)
            try Data("notes".utf8).write(to: fixture.folder.appendingPathComponent("notes.txt"))
            #expect(try Snapshot(path: fixture.folder.path + "/").digest() == first)
            try fixture.jsonLines("reports", [])
            let more = try Snapshot(path: fixture.folder.path).digest()
            try fixture.jsonLines("runs", ["{ }"])
            let changed = try Snapshot(path: fixture.folder.path).digest()
            #expect(Set([first, more, changed]).count == 3)
        }
    }

    @Test func aMissingFileIsNamed() {
        #expect(throws: SnapshotError.notFound("/nowhere/x.db")) { try Snapshot(path: "/nowhere/x.db").digest() }
    }
}
