internal import Domain
internal import Postgres

/// The batches that were accepted: their numbers and their receipts.
enum BatchQueries {
    /// What a batch of ingest brought.
    enum Kind: String {
        case posts, metrics, reports, runs, embeddings
        case watchAccounts = "watch_accounts"
    }

    /// A number for a batch, before it is recorded, and when it came, which its row will say too.
    static let next = Statement(
        "batches.next", "SELECT nextval('batches_id_seq'), now()",
        decode: { (number: try $0.int64(0), receivedAt: Timestamp(microseconds: try $0.timestamp(1))) })

    /// Two requests with the same key go one after the other.
    static func lock(_ origin: BatchOrigin, key: String) -> Statement<Void> {
        Statement("batches.lock", "SELECT pg_advisory_xact_lock(hashtextextended(\(text: origin.ingestKey + "\u{1F}" + key), 0))")
    }

    /// Until the end of the transaction no other one of this kind is under way, or none that is alone.
    static func enter(_ kind: Kind, alone: Bool) -> Statement<Void> {
        let lock = alone ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared"
        return Statement("batches.enter", "SELECT \(unescaped: lock)(hashtextextended(\(text: kind.rawValue), 0))")
    }

    struct Earlier: Sendable {
        var kind: String
        var bodyHash: String
        var result: BatchResult
    }

    /// The batch that came with the same key before.
    static func find(_ origin: BatchOrigin, key: String) -> Statement<Earlier> {
        Statement(
            "batches.find",
            """
            SELECT id, kind, body_hash, outcomes, received_at FROM batches
            WHERE ingest_key = \(text: origin.ingestKey) AND idempotency_key = \(text: key)
            """,
            decode: { row in
                let (outcomes, retiered) = try StoredOutcomes.read(try row.jsonb(3))
                return Earlier(
                    kind: try row.text(1), bodyHash: try row.text(2),
                    result: BatchResult(
                        batchID: try row.int64(0), receivedAt: Timestamp(microseconds: try row.timestamp(4)), outcomes: outcomes,
                        retiered: retiered))
            })
    }

    /// Records a batch and what it changed.
    ///
    /// - Parameter rejected: items that were rejected before they came here.
    static func record(
        _ id: Int64, _ kind: Kind, _ origin: BatchOrigin, _ result: BatchResult, changes: BatchChanges, rejected: Int
    ) -> Statement<Void> {
        let counts = OutcomeCounts(result.outcomes)
        let kept = origin.idempotencyKey == nil ? nil : StoredOutcomes.write(result)
        func number(_ value: Int) -> SQL { "\(int32: Int32(clamping: value))" }
        return Statement(
            "batches.record",
            """
            \(ChangeRecord.insert(changes).map { "WITH recorded AS (\($0))" } ?? "")
            INSERT INTO batches (id, kind, ingest_key, source, body_hash, idempotency_key, outcomes, inserted, updated, unchanged, stale, rejected)
            VALUES (\(int64: id), \(text: kind.rawValue), \(text: origin.ingestKey), \(text: origin.source), \(text: origin.bodyHash),
                    \(text: origin.idempotencyKey), \(jsonbBytes: kept), \(number(counts.inserted)), \(number(counts.updated)),
                    \(number(counts.unchanged)), \(number(counts.stale)), \(number(counts.rejected + rejected)))
            """)
    }

    static func receipt(_ id: Int64) -> Statement<Receipt> {
        Statement(
            "batches.receipt",
            """
            SELECT id, kind, received_at, ingest_key, source, body_hash, idempotency_key, label,
                   inserted::BIGINT, updated::BIGINT, unchanged::BIGINT, stale::BIGINT, rejected::BIGINT
            FROM batches WHERE id = \(int64: id)
            """,
            decode: { row in
                var counts: OutcomeCounts?
                if let inserted = try row.int64OrNil(8) {
                    var found = OutcomeCounts()
                    (found.inserted, found.updated) = (Int(inserted), Int(try row.int64(9)))
                    (found.unchanged, found.stale, found.rejected) = (
                        Int(try row.int64(10)), Int(try row.int64(11)), Int(try row.int64(12))
                    )
                    counts = found
                }
                return Receipt(
                    batchID: try row.int64(0), kind: try row.text(1), receivedAt: Timestamp(microseconds: try row.timestamp(2)),
                    ingestKey: try row.textOrNil(3), source: try row.textOrNil(4), bodyHash: try row.textOrNil(5),
                    idempotencyKey: try row.textOrNil(6), label: try row.textOrNil(7), counts: counts)
            })
    }
}
