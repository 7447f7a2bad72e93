import Domain
import Foundation
import Postgres
import Sample
import Schema
import Snapshot

/// The sample that `xmonitor up` shows: it ends when it is made. An old one is replaced, so that the feed is of today.
struct DemoSample {
    let posts: Int
    let seed: UInt64
    /// The state folder.
    let folder: String
    let database: ConnectionOptions

    /// From this age on a sample is old, in microseconds: twelve hours.
    private static let oldAge: Int64 = 12 * 3_600_000_000

    private var path: String { "\(folder)/sample-\(posts)-\(seed).db" }
    /// Says which import brings the sample into the archive, and when the sample ends: `LABEL TIME`. It is there before the import, so that
    /// no sample is without it.
    private var mark: String { path + ".imported" }

    /// Imports and validates a sample, unless there is one that is not old.
    func ensure() async throws {
        try OwnFolder.make(folder, remedy: OwnFolder.stateRemedy)
        let now = Timestamp.now
        if let (label, end) = marked, try await onConnection(database, { try await Importer.hasImported(label, $0) }) {
            if now.microseconds - end.microseconds < Self.oldAge { return say("The sample of \(end.iso8601) was imported before.") }
            say("Taking back the sample of \(end.iso8601), which is old")
            let undo = Undo(label: label, options: .init(isForced: true, schemaVersion: Migration.latest))
            _ = try await onConnection(database) { try await undo.run($0) }
        }
        for file in ["", "-wal", "-shm", ".imported", ".rejects.jsonl"] { try? FileManager.default.removeItem(atPath: path + file) }
        try await write(endingAt: now)
        let label = "sample-\(posts)-\(seed)-\(now.iso8601)"
        try PrivateFile.write(Array("\(label) \(now.iso8601)".utf8), to: mark)
        let options = Importer.Options(label: label, rejectPath: path + ".rejects.jsonl", schemaVersion: Migration.latest)
        say(try await importSnapshot(path, options, into: database).text)
        let report = try await validateSnapshot(path, .init(schemaVersion: Migration.latest), against: database)
        guard report.agrees else { throw Failure("The imported sample differs from its snapshot:\n\(report.markdown)") }
        say("Validated: every cell of the archive agrees with the snapshot.")
    }

    /// What the mark says; nil without one.
    private var marked: (label: String, end: Timestamp)? {
        guard let text = try? String(contentsOfFile: mark, encoding: .utf8) else { return nil }
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 2, let end = try? Timestamp(iso8601: words[1]) else { return nil }
        return (words[0], end)
    }

    private func write(endingAt end: Timestamp) async throws {
        say("Generating \(posts) sample posts: \(path)")
        let progress = ProgressLine()
        let (path, posts, sample) = (path, posts, SampleSnapshot(posts: posts, seed: seed, endingAt: end))
        try await cancelledByInterrupt {
            try sample.write(to: path) { progress.show("writing posts", done: $0, total: posts) }
        }
        progress.finish()
    }
}
