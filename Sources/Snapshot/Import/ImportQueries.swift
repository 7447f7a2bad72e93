internal import Domain
internal import Foundation
internal import Postgres

/// What the database remembers of imports, finished and unfinished.
enum ImportQueries {
    /// Only one import at a time; held until the transaction ends. "snapshot" in ASCII, as a number.
    static let lock = Statement(
        "import.lock", "SELECT pg_try_advisory_xact_lock(x'736e617073686f74'::BIGINT)", decode: { try $0.bool(0) })

    struct Known: Sendable {
        var id: Int64
        var snapshotHash: String
    }

    static func find(label: String) -> Statement<Known> {
        Statement(
            "import.find", "SELECT id, snapshot_hash FROM batches WHERE label = \(text: label)",
            decode: { row in Known(id: try row.int64(0), snapshotHash: try row.text(1)) })
    }

    static func begin(label: String, hash: String, at now: Timestamp) -> Statement<Int64> {
        Statement(
            "import.begin",
            """
            INSERT INTO batches (kind, label, snapshot_hash, received_at)
            VALUES ('import', \(text: label), \(text: hash), \(timestamp: now.microseconds)) RETURNING id
            """, decode: { try $0.int64(0) })
    }

    /// The clock by which an import judges the moments of a snapshot: the database's, as it was when the import began that is under way
    /// or that is repeated, so that the same import stays the same.
    static func clock(of hash: String, label: String) -> Statement<Timestamp> {
        Statement(
            "import.clock",
            """
            SELECT coalesce(
                (SELECT received_at FROM batches WHERE label = \(text: label)),
                (SELECT min(staged_at) FROM import_stages
                 WHERE snapshot_hash = \(text: hash) AND staged_at < \(timestamp: Timestamp.latest.microseconds)),
                clock_timestamp())
            """, decode: { Timestamp(microseconds: try $0.timestamp(0)) })
    }

    /// The clock by which the last import of a snapshot judged its moments; the database's of now when there was none.
    static func clockOfLastImport(of hash: String) -> Statement<Timestamp> {
        Statement(
            "import.clock-of-last",
            "SELECT coalesce(max(received_at), clock_timestamp()) FROM batches WHERE snapshot_hash = \(text: hash)",
            decode: { Timestamp(microseconds: try $0.timestamp(0)) })
    }

    /// Keeps what the first run of an import did; later runs change nothing.
    static func finish(_ id: Int64, _ summary: [ImportSummary.Table]) throws -> Statement<Void> {
        Statement(
            "import.finish",
            "UPDATE batches SET summary = \(jsonbBytes: try json(summary)) WHERE id = \(int64: id) AND summary IS NULL")
    }

    struct Stage: Sendable {
        var snapshotHash: String
        var stagedRows: Int64
        var rejectBytes: Int64
        /// The clock by which its moments were judged.
        var now: Timestamp
        var summary: ImportSummary.Table
    }

    static func stage(of table: SourceTable) -> Statement<Stage> {
        Statement(
            "import.stage",
            "SELECT snapshot_hash, staged_rows, reject_bytes, staged_at, ledger FROM import_stages WHERE target = \(text: table.target)",
            decode: { row in
                Stage(
                    snapshotHash: try row.text(0), stagedRows: try row.int64(1), rejectBytes: try row.int64(2),
                    now: Timestamp(microseconds: try row.timestamp(3)),
                    summary: try JSONDecoder().decode(ImportSummary.Table.self, from: Data(try row.jsonb(4).utf8)))
            })
    }

    static func record(_ stage: Stage, of table: SourceTable) throws -> Statement<Void> {
        Statement(
            "import.record-stage",
            """
            INSERT INTO import_stages (target, snapshot_hash, staged_rows, reject_bytes, staged_at, ledger)
            VALUES (\(text: table.target), \(text: stage.snapshotHash), \(int64: stage.stagedRows), \(int64: stage.rejectBytes),
                    \(timestamp: stage.now.microseconds), \(jsonbBytes: try json(stage.summary)))
            """)
    }

    static func forgetStage(of table: SourceTable) -> Statement<Void> {
        Statement("import.forget-stage", "DELETE FROM import_stages WHERE target = \(text: table.target)")
    }

    /// Keys in order, so that the same summary is the same text.
    private static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(try encoder.encode(value))
    }
}
