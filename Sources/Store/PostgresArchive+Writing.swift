public import Domain
internal import Postgres

extension PostgresArchive: ArchiveWriting {
    public func ingest(posts: [PostState], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome] {
        let batch = PostBatch(posts)
        let results = try await writing(.posts, dryRun: dryRun) { connection, number in
            try await connection.query(PostIngest.upsert(batch.posts, batch: number))
        }
        return batch.outcomes(Dictionary(results.map { ($0.statusID, $0.outcome) }, uniquingKeysWith: { first, _ in first }))
    }

    public func ingest(metrics: [MetricsSnapshot], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome] {
        try await ingest(.metrics, metrics, by: MetricsKey.init, MetricsQueries.upsert, dryRun: dryRun)
    }

    public func ingest(reports: [ReportUpsert], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome] {
        try await ingest(.reports, reports, by: \.statusID, ReportQueries.upsert, dryRun: dryRun)
    }

    public func ingest(run: PipelineRunUpsert, dryRun: Bool) async throws(ArchiveError) -> IngestOutcome {
        try await writing(.runs, dryRun: dryRun) { connection, batch in try await connection.queryOne(RunQueries.upsert(run, batch: batch))
        }
    }

    public func ingest(watchAccounts: [WatchAccountUpsert], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome] {
        try await ingest(.watchAccounts, watchAccounts, by: \.handle, WatchAccountQueries.upsert, dryRun: dryRun)
    }

    public func ingest(embeddings: [EmbeddingUpsert], dryRun: Bool) async throws(ArchiveError) -> [IngestOutcome] {
        try await ingest(.embeddings, embeddings, by: \.statusID, EmbeddingQueries.upsert, dryRun: dryRun)
    }

    /// Writes `items` in as few statements as their keys allow: items with the same key go one after the other.
    private func ingest<Item: Sendable, Key: Hashable>(
        _ kind: BatchQueries.Kind, _ items: [Item], by key: (Item) -> Key,
        _ upsert: @escaping @Sendable ([Item], Int64) -> Statement<(Int, IngestOutcome)>, dryRun: Bool
    ) async throws(ArchiveError) -> [IngestOutcome] {
        let rounds = Self.rounds(items, by: key)
        let results = try await writing(kind, dryRun: dryRun) { connection, batch in
            var results: [(Int, IngestOutcome)] = []
            for round in rounds {
                let answers = try await connection.query(upsert(round.map { items[$0] }, batch))
                results += answers.map { (round[$0.0], $0.1) }
            }
            return results
        }
        var outcomes = [IngestOutcome](repeating: .unchanged, count: items.count)
        for (index, outcome) in results { outcomes[index] = outcome }
        return outcomes
    }

    /// The indices of `items`, parted so that no key occurs twice in a round and the order within a key is kept.
    private static func rounds<Item, Key: Hashable>(_ items: [Item], by key: (Item) -> Key) -> [[Int]] {
        var rounds: [[Int]] = []
        var seen: [Key: Int] = [:]
        for (index, item) in items.enumerated() {
            let round = seen[key(item), default: 0]
            seen[key(item)] = round + 1
            if round == rounds.count { rounds.append([]) }
            rounds[round].append(index)
        }
        return rounds
    }

    private func writing<Value: Sendable>(
        _ kind: BatchQueries.Kind, dryRun: Bool,
        _ body: @escaping @Sendable (isolated Connection, _ batch: Int64) async throws -> Value
    ) async throws(ArchiveError) -> Value {
        try await reading {
            do {
                return try await writer.transaction { connection in
                    let value = try await body(connection, try await connection.queryOne(BatchQueries.begin(kind)))
                    if dryRun { throw DryRun(value: value) }
                    return value
                }
            } catch let rehearsal as DryRun<Value> {
                return rehearsal.value
            }
        }
    }
}

/// Thrown to roll back a transaction whose result is wanted all the same.
private struct DryRun<Value: Sendable>: Error {
    var value: Value
}

private struct MetricsKey: Hashable {
    var statusID: String
    var type: SnapshotType
    var at: Timestamp

    init(_ snapshot: MetricsSnapshot) {
        statusID = snapshot.statusID
        type = snapshot.type
        at = snapshot.at
    }
}
