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
        read: { (number: try $0.int64(), receivedAt: try $0.moment()) })

    /// Two requests with the same key go one after the other.
    static func lock(_ origin: BatchOrigin, key: String) -> Statement<Void> {
        Statement("batches.lock", "SELECT pg_advisory_xact_lock(hashtextextended(\(text: origin.ingestKey + "\u{1F}" + key), 0))")
    }

    /// Until the end of the transaction no other one of this kind is under way, or none that is alone.
    static func enter(_ kind: Kind, alone: Bool) -> Statement<Void> {
        let lock: SQL = alone ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared"
        return Statement("batches.enter", "SELECT \(lock)(hashtextextended(\(text: kind.rawValue), 0))")
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
            SELECT kind, body_hash, id, received_at, outcomes FROM batches
            WHERE ingest_key = \(text: origin.ingestKey) AND idempotency_key = \(text: key)
            """,
            read: { row in
                let (kind, bodyHash, id, receivedAt) = (try row.text(), try row.text(), try row.int64(), try row.moment())
                let (outcomes, retiered) = try StoredOutcomes.read(try row.jsonb())
                return Earlier(
                    kind: kind, bodyHash: bodyHash,
                    result: BatchResult(batchID: id, receivedAt: receivedAt, outcomes: outcomes, retiered: retiered))
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
            INSERT INTO batches
                (id, kind, ingest_key, source, body_hash, idempotency_key, outcomes, inserted, updated, unchanged, stale, blocked, erased, rejected)
            VALUES (\(int64: id), \(text: kind.rawValue), \(text: origin.ingestKey), \(text: origin.source), \(text: origin.bodyHash),
                    \(text: origin.idempotencyKey), \(jsonbBytes: kept), \(number(counts.inserted)), \(number(counts.updated)),
                    \(number(counts.unchanged)), \(number(counts.stale)), \(number(counts.blocked)), \(number(counts.erased)),
                    \(number(counts.rejected + rejected)))
            """)
    }

    static func receipt(_ id: Int64) -> Statement<Receipt> {
        Statement(
            "batches.receipt",
            """
            SELECT id, kind, received_at, ingest_key, source, body_hash, idempotency_key, label, undone_at,
                   inserted::BIGINT, updated::BIGINT, unchanged::BIGINT, stale::BIGINT, rejected::BIGINT,
                   coalesce(blocked, 0)::BIGINT, coalesce(erased, 0)::BIGINT
            FROM batches WHERE id = \(int64: id)
            """,
            read: { row in
                Receipt(
                    batchID: try row.int64(), kind: try row.text(), receivedAt: try row.moment(), ingestKey: try row.textOrNil(),
                    source: try row.textOrNil(), bodyHash: try row.textOrNil(), idempotencyKey: try row.textOrNil(),
                    label: try row.textOrNil(), undoneAt: try row.momentOrNil(), counts: try row.outcomeCountsOrNil())
            })
    }
}

extension RowReader {
    /// In seven columns, of which an import has the last two alone; nil for it.
    fileprivate mutating func outcomeCountsOrNil() throws -> OutcomeCounts? {
        var counts: [Int] = []
        for _ in 0..<7 { if let count = try int64OrNil() { counts.append(Int(count)) } }
        guard counts.count == 7 else { return nil }
        var found = OutcomeCounts()
        (found.inserted, found.updated, found.unchanged) = (counts[0], counts[1], counts[2])
        (found.stale, found.rejected, found.blocked, found.erased) = (counts[3], counts[4], counts[5], counts[6])
        return found
    }
}
