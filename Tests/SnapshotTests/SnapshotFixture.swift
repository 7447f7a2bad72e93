import Foundation
import GRDB
import Schema
import Snapshot

/// A temporary folder with a snapshot that a test writes itself.
struct SnapshotFixture {
    let folder: URL

    var database: String { folder.appendingPathComponent("x_monitor.db").path }
    var rejects: String { folder.appendingPathComponent("rejects.jsonl").path }

    init() throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("xmonitor-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Runs `sql` on the SQLite file, which is in WAL mode as the collector's is.
    func sqlite(_ sql: String) throws {
        let queue = try DatabaseQueue(path: database)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: sql)
        }
        try queue.close()
    }

    static func importer(_ path: String, rejects: String, label: String? = nil, maximumRejects: Int? = nil) -> Importer {
        Importer(
            Snapshot(path: path),
            options: .init(label: label, rejectPath: rejects, maximumRejects: maximumRejects, schemaVersion: Migration.latest))
    }

    /// Imports the SQLite file, or `path`.
    func importer(_ path: String? = nil, label: String? = nil, maximumRejects: Int? = nil) -> Importer {
        Self.importer(path ?? database, rejects: rejects, label: label, maximumRejects: maximumRejects)
    }

    /// Validates the SQLite file, or `path`.
    func validator(_ path: String? = nil, samples: Int = 0, seed: Int64 = 1) -> Validator {
        Validator(Snapshot(path: path ?? database), options: .init(samples: samples, seed: seed, schemaVersion: Migration.latest))
    }

    /// Writes `<table>.jsonl`.
    func jsonLines(_ table: String, _ lines: [String]) throws {
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent(table + ".jsonl"))
    }

    /// The lines of the reject file, empty when there is none.
    func rejectLines() -> [String] {
        ((try? String(contentsOfFile: rejects, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    static let tweets = """
        CREATE TABLE tweets (
            status_id, url, author_handle, author_display, body_text, posted_relative, source_query, watch_tier, is_significant,
            significance_reason, significance_version, likes, reposts, replies, views, initial_likes, initial_reposts,
            initial_replies, initial_views, likes_24h, reposts_24h, replies_24h, views_24h, refresh_24h_at, refresh_24h_status,
            refresh_24h_delta_likes, refresh_24h_delta_reposts, refresh_24h_delta_replies, refresh_24h_delta_views, discovered_at,
            last_seen_at);
        """

    /// Inserts a tweet that is in order but for `values`, which are SQL expressions.
    static func tweet(_ id: String, _ values: [String: String] = [:]) -> String {
        var row = [
            "status_id": "'\(id)'", "url": "'https://x.example/\(id)'", "author_handle": "'ada'", "body_text": "'text of \(id)'",
            "is_significant": "0", "likes": "1", "reposts": "2", "replies": "3", "views": "4",
            "discovered_at": "'2026-02-22T09:30:00.123456Z'", "last_seen_at": "'2026-02-22T10:30:00Z'",
        ]
        row.merge(values) { $1 }
        let names = row.keys.sorted()
        return "INSERT INTO tweets (\(names.joined(separator: ", "))) VALUES (\(names.map { row[$0] ?? "NULL" }.joined(separator: ", ")));"
    }
}
