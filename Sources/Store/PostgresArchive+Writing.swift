public import Domain
internal import Postgres

extension PostgresArchive: ArchiveWriting {
    public func ingest(posts: [PostState], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        let batch = PostBatch(posts)
        return try await writing(.posts, origin, rejected: rejected) { connection, number in
            let ids = batch.posts.map(\.statusID)
            // Whoever writes the history of a post holds the post first: two writers would not see each other's snapshots, and fill
            // gaps past them. A replay writes no history, and takes no lock.
            let bringsHistory = try await connection.queryOne(MetricsQueries.bringNews(batch.snapshots))
            if bringsHistory { try await connection.execute(CounterMerge.lock(ids)) }
            let written = try await connection.query(PostIngest.upsert(batch.posts, velocities: batch.velocities, batch: number))
            var history = batch.snapshots.indices.map { ($0, IngestOutcome.unchanged) }
            if bringsHistory {
                history = try await connection.query(MetricsQueries.upsert(batch.snapshots, postsAreKnown: true, batch: number))
                try await connection.execute(MetricsQueries.fillGaps(of: ids))
                let known = written.filter { $0.outcome != .inserted }.map(\.statusID)
                if !known.isEmpty { try await connection.execute(VelocityQueries.refresh(known)) }
            }
            return (
                batch.outcomes(
                    posts: Dictionary(written.map { ($0.statusID, $0.outcome) }, uniquingKeysWith: { first, _ in first }),
                    snapshots: history.sorted { $0.0 < $1.0 }.map(\.1)), 0
            )
        }
    }

    public func ingest(metrics: [MetricsSnapshot], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        let batch = MetricsBatch(metrics)
        return try await writing(.metrics, origin, rejected: rejected) { connection, number in
            let ids = batch.news.map(\.statusID)
            try await connection.execute(CounterMerge.lock(ids))
            let written = try await connection.query(MetricsQueries.upsert(batch.snapshots, postsAreKnown: false, batch: number))
            try await connection.execute(CounterMerge.update(batch.news, batch: number))
            try await connection.execute(MetricsQueries.fillGaps(of: ids))
            try await connection.execute(VelocityQueries.refresh(ids))
            return (batch.outcomes(written.sorted { $0.0 < $1.0 }.map(\.1)), 0)
        }
    }

    public func ingest(reports: [ReportUpsert], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try await writing(.reports, origin, rejected: rejected) { connection, number in
            (try await write(reports, .reports, by: \.statusID, connection) { ReportQueries.upsert($0, batch: number) }, 0)
        }
    }

    public func ingest(run: PipelineRunUpsert?, rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try await writing(.runs, origin, rejected: rejected) { connection, number in
            guard let run else { return ([], 0) }
            return ([try await connection.queryOne(RunQueries.upsert(run, batch: number))], 0)
        }
    }

    public func ingest(
        watchAccounts: [WatchAccountUpsert], retier: Bool, rejected: Int, _ origin: BatchOrigin
    ) async throws(ArchiveError) -> BatchResult {
        try await writing(.watchAccounts, origin, rejected: rejected) { connection, number in
            let outcomes = try await write(watchAccounts, .watchAccounts, by: \.handle, connection) {
                WatchAccountQueries.upsert($0, batch: number)
            }
            guard retier else { return (outcomes, 0) }
            return (outcomes, try await connection.execute(WatchAccountQueries.retier(watchAccounts.map(\.handle), batch: number)))
        }
    }

    public func ingest(embeddings: [EmbeddingUpsert], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try await writing(.embeddings, origin, rejected: rejected) { connection, number in
            (try await write(embeddings, .embeddings, by: \.statusID, connection) { EmbeddingQueries.upsert($0, batch: number) }, 0)
        }
    }

    /// Runs `body` in a transaction that ends with the receipt of the batch, once for each `Idempotency-Key`.
    private func writing(
        _ kind: BatchQueries.Kind, _ origin: BatchOrigin, rejected: Int,
        _ body: @escaping @Sendable (isolated Connection, _ batch: Int64) async throws -> ([IngestOutcome], retiered: Int)
    ) async throws(ArchiveError) -> BatchResult {
        try await reading {
            do {
                return try await writer.transaction(retries: Self.retries) { connection in
                    if let key = origin.idempotencyKey, !origin.isDryRun {
                        try await connection.execute(BatchQueries.lock(origin, key: key))
                        if let earlier = try await connection.queryOptional(BatchQueries.find(origin, key: key)) {
                            guard earlier.kind == kind.rawValue, earlier.bodyHash == origin.bodyHash else { throw ArchiveError.repeatedKey }
                            return earlier.result
                        }
                    }
                    let number = try await connection.queryOne(BatchQueries.next)
                    let (outcomes, retiered) = try await body(connection, number)
                    if origin.isDryRun { throw DryRun(result: BatchResult(batchID: nil, outcomes: outcomes, retiered: retiered)) }
                    let result = BatchResult(batchID: number, outcomes: outcomes, retiered: retiered)
                    try await connection.execute(BatchQueries.record(number, kind, origin, result, rejected: rejected))
                    return result
                }
            } catch let rehearsal as DryRun {
                return rehearsal.result
            }
        }
    }

    /// How often a batch that Postgres rolled back for the sake of another one is tried again, before the caller is asked to.
    private static let retries = 3
}

/// Thrown to roll back a transaction whose result is wanted all the same.
private struct DryRun: Error {
    var result: BatchResult
}

/// Writes `items` in as few statements as their keys allow: items with the same key go one after the other.
///
/// A statement locks its rows in the order of their keys, but a second one may need a smaller key than the first did. So a batch
/// that needs two is alone among its kind: two writers never wait for each other in a circle.
private func write<Item: Sendable, Key: Hashable>(
    _ items: [Item], _ kind: BatchQueries.Kind, by key: (Item) -> Key, _ connection: isolated Connection,
    _ upsert: ([Item]) -> Statement<(Int, IngestOutcome)>
) async throws -> [IngestOutcome] {
    var rounds: [[Int]] = []
    var seen: [Key: Int] = [:]
    for (index, item) in items.enumerated() {
        let round = seen[key(item), default: 0]
        seen[key(item)] = round + 1
        if round == rounds.count { rounds.append([]) }
        rounds[round].append(index)
    }
    try await connection.execute(BatchQueries.enter(kind, alone: rounds.count > 1))
    var outcomes = [IngestOutcome](repeating: .unchanged, count: items.count)
    for round in rounds {
        for (place, outcome) in try await connection.query(upsert(round.map { items[$0] })) { outcomes[round[place]] = outcome }
    }
    return outcomes
}
