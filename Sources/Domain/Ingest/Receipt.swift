/// Who sends a batch, and how it may be repeated.
public struct BatchOrigin: Hashable, Sendable {
    /// Answer exactly what a real call would, and write nothing.
    public var isDryRun: Bool
    /// The name of the ingest key.
    public var ingestKey: String
    /// The program that sends it, as it calls itself.
    public var source: String?
    /// SHA-256 of the body, in hexadecimal.
    public var bodyHash: String
    /// A batch that is sent again with the same key is answered as the first time.
    public var idempotencyKey: String?

    public init(
        isDryRun: Bool = false, ingestKey: String, source: String? = nil, bodyHash: String = "", idempotencyKey: String? = nil
    ) {
        self.isDryRun = isDryRun
        self.ingestKey = ingestKey
        self.source = source
        self.bodyHash = bodyHash
        self.idempotencyKey = idempotencyKey
    }
}

/// What became of a batch.
public struct BatchResult: Hashable, Sendable {
    /// Its number, nil for a dry run.
    public var batchID: Int64?
    /// When it came, by the database's clock: no moment of its items may be of the future then.
    public var receivedAt: Timestamp
    /// In the order of the items.
    public var outcomes: [IngestOutcome]
    /// Posts whose tier was changed along with their accounts.
    public var retiered: Int

    public init(batchID: Int64?, receivedAt: Timestamp, outcomes: [IngestOutcome], retiered: Int = 0) {
        self.batchID = batchID
        self.receivedAt = receivedAt
        self.outcomes = outcomes
        self.retiered = retiered
    }
}

/// What the archive remembers of a batch.
public struct Receipt: Hashable, Sendable {
    public var batchID: Int64
    /// `posts`, `metrics`, … or `import`.
    public var kind: String
    public var receivedAt: Timestamp
    public var ingestKey: String?
    public var source: String?
    public var bodyHash: String?
    public var idempotencyKey: String?
    /// The label of an import.
    public var label: String?
    /// When an import was taken back.
    public var undoneAt: Timestamp?
    /// Nil for an import, whose summary is another one.
    public var counts: OutcomeCounts?

    public init(
        batchID: Int64, kind: String, receivedAt: Timestamp, ingestKey: String?, source: String?, bodyHash: String?,
        idempotencyKey: String?, label: String?, undoneAt: Timestamp? = nil, counts: OutcomeCounts?
    ) {
        self.batchID = batchID
        self.kind = kind
        self.receivedAt = receivedAt
        self.ingestKey = ingestKey
        self.source = source
        self.bodyHash = bodyHash
        self.idempotencyKey = idempotencyKey
        self.label = label
        self.undoneAt = undoneAt
        self.counts = counts
    }
}

/// How many items had which outcome.
public struct OutcomeCounts: Hashable, Sendable {
    public var inserted = 0
    public var updated = 0
    public var unchanged = 0
    public var stale = 0
    public var blocked = 0
    public var erased = 0
    public var rejected = 0

    public init() {}

    public init(_ outcomes: some Sequence<IngestOutcome>) {
        for outcome in outcomes {
            switch outcome {
            case .inserted: inserted += 1
            case .updated: updated += 1
            case .unchanged: unchanged += 1
            case .stale: stale += 1
            case .blocked: blocked += 1
            case .erased: erased += 1
            case .rejected: rejected += 1
            }
        }
    }

    public var received: Int { inserted + updated + skipped }
    public var skipped: Int { unchanged + stale + blocked + erased + rejected }
}
