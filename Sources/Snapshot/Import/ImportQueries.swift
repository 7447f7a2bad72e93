internal import Domain
internal import JSON
internal import Postgres
internal import Store

/// What the database remembers of imports, finished and unfinished.
enum ImportQueries {
    /// Only one import at a time; held until the transaction ends.
    static let lock = Statement("import.lock", "SELECT pg_try_advisory_xact_lock(\(ImportLock.key))", read: { try $0.bool() })

    struct Known: Sendable {
        var id: Int64
        var snapshotHash: String
    }

    /// The import that has the label; one that was taken back has it no longer.
    static func find(label: String) -> Statement<Known> {
        Statement(
            "import.find", "SELECT id, snapshot_hash FROM batches WHERE label = \(text: label) AND undone_at IS NULL",
            read: { row in Known(id: try row.int64(), snapshotHash: try row.text()) })
    }

    static func begin(label: String, hash: String, at now: Timestamp) -> Statement<Int64> {
        Statement(
            "import.begin",
            """
            INSERT INTO batches (kind, label, snapshot_hash, received_at)
            VALUES ('import', \(text: label), \(text: hash), \(timestamp: now.microseconds)) RETURNING id
            """, read: { try $0.int64() })
    }

    /// The clock by which an import judges the moments of a snapshot: the database's, as it was when the import began that is under way
    /// or that is repeated, so that the same import stays the same.
    static func clock(of hash: String, label: String) -> Statement<Timestamp> {
        Statement(
            "import.clock",
            """
            SELECT coalesce(
                (SELECT received_at FROM batches WHERE label = \(text: label) AND undone_at IS NULL),
                (SELECT min(staged_at) FROM import_stages
                 WHERE snapshot_hash = \(text: hash) AND staged_at < \(timestamp: Timestamp.latest.microseconds)),
                clock_timestamp())
            """, read: { Timestamp(microseconds: try $0.timestamp()) })
    }

    /// The clock by which the last import of a snapshot judged its moments; the database's of now when there was none.
    static func clockOfLastImport(of hash: String) -> Statement<Timestamp> {
        Statement(
            "import.clock-of-last",
            "SELECT coalesce(max(received_at), clock_timestamp()) FROM batches WHERE snapshot_hash = \(text: hash) AND undone_at IS NULL",
            read: { Timestamp(microseconds: try $0.timestamp()) })
    }

    /// Keeps what the first run of an import did; later runs change nothing.
    static func finish(_ id: Int64, _ summary: [ImportSummary.Table]) -> Statement<Void> {
        var writer = JSONWriter()
        writer.array { writer in for table in summary { table.write(to: &writer) } }
        return Statement(
            "import.finish",
            "UPDATE batches SET summary = \(jsonbBytes: writer.bytes) WHERE id = \(int64: id) AND summary IS NULL")
    }

    struct Stage: Sendable {
        var snapshotHash: String
        var stagedRows: Int64
        var rejectBytes: Int64
        /// The clock by which its moments were judged.
        var now: Timestamp
        var summary: ImportSummary.Table

        /// The summary as it is kept: as for a program, and which target columns the source has no column for.
        fileprivate var tally: [UInt8] {
            var writer = JSONWriter()
            writer.object { writer in
                writer.key("summary")
                summary.write(to: &writer)
                writer.key("missing")
                if let missing = summary.missing {
                    writer.array { writer in for column in missing { writer.string(column) } }
                } else {
                    writer.null()
                }
            }
            return writer.bytes
        }

        /// The summary that `text` keeps; nil when another release wrote it, so that the table is staged anew.
        fileprivate static func summary(in text: String) throws -> ImportSummary.Table? {
            guard case .object(let tally) = try JSONReader.read(text), let summary = tally["summary"] else { return nil }
            return try? ImportSummary.Table(summary, missing: tally["missing"])
        }
    }

    /// Nil for a stage that another release left.
    static func stage(of table: SourceTable) -> Statement<Stage?> {
        Statement(
            "import.stage",
            "SELECT snapshot_hash, staged_rows, reject_bytes, staged_at, tally FROM import_stages WHERE target = \(text: table.target.name)",
            read: { row in
                let (hash, rows, bytes) = (try row.text(), try row.int64(), try row.int64())
                let now = Timestamp(microseconds: try row.timestamp())
                guard let summary = try Stage.summary(in: try row.jsonb()) else { return nil }
                return Stage(snapshotHash: hash, stagedRows: rows, rejectBytes: bytes, now: now, summary: summary)
            })
    }

    static func record(_ stage: Stage, of table: SourceTable) -> Statement<Void> {
        Statement(
            "import.record-stage",
            """
            INSERT INTO import_stages (target, snapshot_hash, staged_rows, reject_bytes, staged_at, tally)
            VALUES (\(text: table.target.name), \(text: stage.snapshotHash), \(int64: stage.stagedRows), \(int64: stage.rejectBytes),
                    \(timestamp: stage.now.microseconds), \(jsonbBytes: stage.tally))
            """)
    }

    static func forgetStage(of table: SourceTable) -> Statement<Void> {
        Statement("import.forget-stage", "DELETE FROM import_stages WHERE target = \(text: table.target.name)")
    }
}
