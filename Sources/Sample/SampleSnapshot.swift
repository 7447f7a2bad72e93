public import Domain
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// A synthetic snapshot in the shape of a collector's: fictional people around a fictional privacy coin.
public struct SampleSnapshot: Sendable {
    /// Number of rows in `tweets`.
    public let posts: Int
    /// Chooses the contents: one seed, one content, on every machine.
    public let seed: UInt64
    /// Moves the whole sample so that it looks as if it had been collected until this moment, some minutes after each post was written;
    /// nil for the sample of the documentation, which ends by 2026-03-01.
    public let end: Timestamp?

    /// From this number of posts on, some rows are faulty on purpose.
    public static let leastPostsWithFaults = 50
    /// How many rows of `tweets` the import rejects, in samples that hold faults.
    public static let rejectedPosts = Fault.allCases.count(where: \.isRejected)

    public init(posts: Int, seed: UInt64, endingAt end: Timestamp? = nil) {
        self.posts = posts
        self.seed = seed
        self.end = end
    }

    /// Writes the snapshot, in WAL mode and in bounded memory. It gets its name when it is complete.
    ///
    /// - Parameter progress: Is told how many posts are written.
    /// - Throws: `SampleError` when there is a file at `path`, or when the file cannot be written; `CancellationError`.
    public func write(to path: String, progress: (Int) -> Void) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw SampleError.alreadyThere(path) }
        let unfinished = path + ".unfinished"
        Self.remove(unfinished)
        do {
            try writeTables(to: unfinished, progress)
            try FileManager.default.moveItem(atPath: unfinished, toPath: path)
        } catch {
            Self.remove(unfinished)
            if error is CancellationError { throw error }
            throw SampleError.cannotWrite(path, reason: (error as? DatabaseError)?.message ?? error.localizedDescription)
        }
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    private func writeTables(to path: String, _ progress: (Int) -> Void) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            // A sample that broke off is made anew, so it need not survive a power cut.
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        }
        // A whole path: SQLite takes `file:…` for an address and `:memory:` for no file at all.
        let queue = try DatabaseQueue(path: URL(fileURLWithPath: path).path, configuration: configuration)
        try queue.write { db in
            try db.execute(sql: Self.schema)
            try writeRows(db, progress)
        }
        try queue.close()
    }

    private func writeRows(_ db: Database, _ progress: (Int) -> Void) throws {
        let insert = try Inserts(db)
        let end = end?.microseconds ?? Clock.end
        for (index, author) in Author.watched.enumerated() {
            try insert.watch.execute(arguments: [author.handle, author.tier, iso(end - Int64(index + 1) * 86_400_000_000)])
        }
        let faults = posts >= Self.leastPostsWithFaults ? Fault.allCases : []
        for var found in Findings(posts: posts, seed: seed, end: self.end) {
            let number = found.number
            let place = (number - 5) / 5
            let fault = number % 5 == 0 && faults.indices.contains(place) ? faults[place] : nil
            fault?.spoil(&found.post)
            try insert.tweet.execute(arguments: StatementArguments(found.post.row))
            if fault?.isRejected != true {
                if found.isReported { try writeReport(of: found.post, insert) }
                if number > posts - 1_000 { try writeEmbedding(of: found.post, insert) }
            }
            if let run = found.run { try write(run, at: found.post.discovered, insert) }
            if number % 1_000 == 0 || number == posts {
                try Task.checkCancellation()
                progress(number)
            }
        }
        if self.end != nil {
            for mode in ["priority", "discovery", "both"] { try write(Found.Run(mode: mode, posts: 0), at: end, insert) }
        }
        guard !faults.isEmpty else { return }
        try insert.report.execute(arguments: ["404", iso(end), "team-chat", "Its post was never captured.", "#watch"])
        try insert.embedding.execute(arguments: ["404", "local", "hashed-words", 3, "[1,2,3]", "0", iso(end)])
        try insert.run.execute(arguments: [iso(end), "weekly", 0, 0, 0, "local-dispatcher"])
        try insert.run.execute(arguments: [iso(end), "refresh-24h", 12, 0, 0, "local-dispatcher"])
    }

    /// A quarter of an hour after it was found, if that has come.
    private func writeReport(of post: SamplePost, _ insert: Inserts) throws {
        let moment = min(post.discovered + 900_000_000, end?.microseconds ?? .max)
        try insert.report.execute(arguments: [post.id, iso(moment), "team-chat", post.text, "#watch"])
    }

    private func writeEmbedding(of post: SamplePost, _ insert: Inserts) throws {
        let vector = Vector.of(post.text)
        let arguments: StatementArguments = [
            post.id, "local", "hashed-words", Vector.dimensions, vector.json, vector.hash, iso(post.discovered),
        ]
        try insert.embedding.execute(arguments: arguments)
    }

    private func write(_ run: Found.Run, at moment: Int64, _ insert: Inserts) throws {
        try insert.run.execute(arguments: [iso(moment), run.mode, run.posts, run.posts / 5, run.posts / 8, "local-dispatcher"])
    }

    private static let schema = """
        CREATE TABLE tweets (\(SamplePost.columns.joined(separator: ", ")));
        CREATE TABLE watch_accounts (handle TEXT, tier TEXT, note TEXT, added_at TEXT);
        CREATE TABLE reports (status_id TEXT, reported_at TEXT, channel TEXT, summary TEXT, destination TEXT);
        CREATE TABLE runs (
            run_at TEXT, mode TEXT, fetched_count INTEGER, significant_count INTEGER, reported_count INTEGER, note TEXT, source TEXT);
        CREATE TABLE tweet_embeddings (
            status_id TEXT, backend TEXT, model TEXT, dims INTEGER, vector_json TEXT, text_hash TEXT, updated_at TEXT);
        CREATE TABLE settings (key TEXT, value TEXT);
        INSERT INTO settings VALUES ('schema', '7');
        CREATE VIRTUAL TABLE tweets_fts USING fts5 (body_text);
        """
}

/// The statements that write a sample, prepared once.
private struct Inserts {
    let tweet, watch, report, run, embedding: Statement

    init(_ db: Database) throws {
        func insert(_ table: String, _ columns: [String]) throws -> Statement {
            let marks = columns.map { _ in "?" }.joined(separator: ", ")
            return try db.makeStatement(sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
        }
        tweet = try insert("tweets", SamplePost.columns)
        watch = try insert("watch_accounts", ["handle", "tier", "added_at"])
        report = try insert("reports", ["status_id", "reported_at", "channel", "summary", "destination"])
        run = try insert("runs", ["run_at", "mode", "fetched_count", "significant_count", "reported_count", "source"])
        embedding = try insert(
            "tweet_embeddings", ["status_id", "backend", "model", "dims", "vector_json", "text_hash", "updated_at"])
    }
}

/// Why a sample was not written.
public enum SampleError: Error, CustomStringConvertible {
    /// There is a file at this path, and it is not overwritten.
    case alreadyThere(String)
    case cannotWrite(String, reason: String)

    public var description: String {
        switch self {
        case .alreadyThere(let path): "\(path) is there already. Delete it or choose another name."
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason). Nothing of it was kept."
        }
    }
}
