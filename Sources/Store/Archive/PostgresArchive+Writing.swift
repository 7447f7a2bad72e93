public import Domain
internal import Postgres

extension PostgresArchive: ArchiveWriting {
    public func ingest(posts: [PostObservation], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        let names = KeptOut.Names(posts: posts.map(\.statusID), authors: posts.map(\.author))
        return try await writing(.posts, posts, PostBatch.init, origin, rejected: rejected, names) { connection, batch, number in
            let ids = batch.posts.map(\.statusID)
            // A writer of a post's history locks the post first: two writers would not see each other's snapshots, and fill
            // gaps past them. A replay writes no history, and holds nothing.
            let told = batch.posts.compactMap { post in post.gone.map { (statusID: post.statusID, gone: $0) } }
            let bringsHistory = try await connection.queryOne(MetricsQueries.bringNews(batch.snapshots))
            let written = try await connection.query(
                PostIngest.upsert(batch.posts, velocities: batch.velocities, holdingAll: bringsHistory || !told.isEmpty, batch: number))
            let gone: Set<String> = told.isEmpty ? [] : Set(try await connection.query(GonePosts.upsert(told, batch: number)))
            let new = Set(written.filter { $0.outcome == .inserted }.map(\.statusID))
            var history = batch.snapshots.map { new.contains($0.statusID) ? IngestOutcome.inserted : .unchanged }
            var (filled, moved) = ([MetricsSnapshot.Key](), [String]())
            if !new.isEmpty {
                let first = batch.snapshots.filter { new.contains($0.statusID) }
                try await connection.execute(MetricsQueries.insert(first, batch: number))
            }
            if bringsHistory, new.count < ids.count {
                let later = batch.snapshots.indices.filter { history[$0] != .inserted }
                let upsert = MetricsQueries.upsertOfPosts(
                    later.map { batch.snapshots[$0] }, numberedFrom: batch.snapshots.count, batch: number)
                for (place, outcome) in try await connection.query(upsert) { history[later[place]] = outcome }
                let known = ids.filter { !new.contains($0) }
                filled = try await connection.query(GapQueries.fill(of: known))
                moved = try await connection.query(VelocityQueries.refresh(known))
            }
            return Written(
                outcomes: batch.outcomes(
                    posts: Dictionary(
                        written.map { ($0.statusID, !$0.outcome.isWritten && gone.contains($0.statusID) ? .updated : $0.outcome) },
                        uniquingKeysWith: { first, _ in first }),
                    snapshots: history),
                changes: BatchChanges(
                    posts: Self.union(written.filter(\.outcome.isWritten).map(\.statusID), moved + gone),
                    snapshots: Self.union(Self.changed(batch.snapshots, history), filled)))
        }
    }

    public func ingest(metrics: [MetricsSnapshot], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        let names = KeptOut.Names(posts: metrics.map(\.statusID))
        return try await writing(.metrics, metrics, MetricsBatch.init, origin, rejected: rejected, names) { connection, batch, number in
            let news = batch.news
            // A post that comes later is not there yet: it would not be held in the order of the keys.
            let known = try await connection.query(CounterMerge.lock(news.map(\.statusID)))
            let written = try await connection.query(MetricsQueries.upsert(batch.snapshots, of: known, batch: number))
                .sorted { $0.0 < $1.0 }.map(\.1)
            let isKnown = Set(known)
            let posts = try await connection.query(CounterMerge.update(news.filter { isKnown.contains($0.statusID) }, batch: number))
            let filled = try await connection.query(GapQueries.fill(of: known))
            let moved = try await connection.query(VelocityQueries.refresh(known))
            return Written(
                outcomes: batch.outcomes(written),
                changes: BatchChanges(
                    posts: Self.union(posts, moved), snapshots: Self.union(Self.changed(batch.snapshots, written), filled)))
        }
    }

    public func ingest(reports: [ReportUpsert], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        let names = KeptOut.Names(posts: reports.map(\.statusID))
        return try await writing(.reports, reports, \.self, origin, rejected: rejected, names) { connection, reports, number in
            let outcomes = try await write(reports, .reports, by: \.statusID, connection) { ReportQueries.upsert($0, batch: number) }
            let changed = Set(zip(reports, outcomes).filter(\.1.isWritten).map(\.0.statusID))
            return Written(outcomes: outcomes, changes: BatchChanges(reports: changed.sorted()))
        }
    }

    public func ingest(run: PipelineRunUpsert?, rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        try await writing(.runs, [run].compactMap(\.self), \.first, origin, rejected: rejected) { connection, run, number in
            guard let run else { return Written(outcomes: []) }
            return Written(outcomes: [try await connection.queryOne(RunQueries.upsert(run, batch: number)).1])
        }
    }

    public func ingest(
        watchAccounts: [WatchAccountUpsert], retier: Bool, rejected: Int, _ origin: BatchOrigin
    ) async throws(ArchiveError) -> BatchResult {
        try await writing(.watchAccounts, watchAccounts, \.self, origin, rejected: rejected) { connection, accounts, number in
            // What the posts are given has to be what the account has when all is done.
            let outcomes = try await write(accounts, .watchAccounts, by: \.handle, alone: retier, connection) {
                WatchAccountQueries.upsert($0, batch: number)
            }
            guard retier else { return Written(outcomes: outcomes) }
            let retiered = try await connection.queryOne(WatchAccountQueries.retier(accounts.map(\.handle), batch: number))
            return Written(outcomes: outcomes, retiered: Int(retiered))
        }
    }

    public func ingest(embeddings: [EmbeddingUpsert], rejected: Int, _ origin: BatchOrigin) async throws(ArchiveError) -> BatchResult {
        let names = KeptOut.Names(posts: embeddings.map(\.statusID))
        return try await writing(.embeddings, embeddings, \.self, origin, rejected: rejected, names) { connection, embeddings, number in
            Written(
                outcomes: try await write(embeddings, .embeddings, by: \.statusID, connection) {
                    EmbeddingQueries.upsert($0, batch: number)
                })
        }
    }

    /// Runs `body` in a transaction that ends with the receipt of the batch, once for each `Idempotency-Key`.
    ///
    /// - Parameters:
    ///   - prepare: makes of items what `body` writes; before the transaction, but for batches with an item that is not admitted.
    ///   - names: by what items are kept out.
    ///   - body: writes what was prepared of the admitted items, and says what became of each of them.
    private func writing<Item: Dated, Prepared: Sendable>(
        _ kind: BatchQueries.Kind, _ items: [Item], _ prepare: @escaping @Sendable ([Item]) -> Prepared, _ origin: BatchOrigin,
        rejected: Int, _ names: KeptOut.Names = .init(),
        _ body: @escaping @Sendable (isolated Connection, Prepared, _ batch: Int64) async throws -> Written
    ) async throws(ArchiveError) -> BatchResult {
        let whole = prepare(items)
        return try await mappingErrors {
            do {
                return try await lookingAgain {
                    try await writer.transaction(retries: Self.retries) { connection in
                        if let key = origin.idempotencyKey, !origin.isDryRun {
                            try await connection.execute(BatchQueries.lock(origin, key: key))
                            if let earlier = try await connection.queryOptional(BatchQueries.find(origin, key: key)) {
                                guard earlier.kind == kind.rawValue, earlier.bodyHash == origin.bodyHash else {
                                    throw ArchiveError.repeatedKey
                                }
                                return earlier.result
                            }
                        }
                        let ((number, receivedAt), keptOut) = try await KeptOut.among(names, after: BatchQueries.next, connection)
                        let admitted = AdmittedItems(items, at: receivedAt, keptOut: keptOut)
                        let written = try await body(connection, admitted.areAll ? whole : prepare(admitted.items), number)
                        var result = BatchResult(
                            batchID: number, receivedAt: receivedAt, outcomes: admitted.outcomes(written.outcomes),
                            retiered: written.retiered)
                        guard !origin.isDryRun else {
                            result.batchID = nil
                            throw DryRun(result: result)
                        }
                        try await connection.execute(
                            BatchQueries.record(number, kind, origin, result, changes: written.changes, rejected: rejected))
                        return result
                    }
                }
            } catch let rehearsal as DryRun {
                return rehearsal.result
            }
        }
    }

    /// The snapshots that a batch wrote.
    private static func changed(_ snapshots: [MetricsSnapshot], _ outcomes: [IngestOutcome]) -> [MetricsSnapshot.Key] {
        zip(snapshots, outcomes).filter(\.1.isWritten).map(\.0.key)
    }

    /// The keys that were written, and those that followed from it.
    private static func union<Key: Hashable>(_ written: [Key], _ following: [Key]) -> [Key] {
        following.isEmpty ? written : Array(Set(written).union(following))
    }

    /// Runs `body` again where a post was removed while it was being referred to: at the next look the post is not there, and the answer is
    /// `unknown_post`. A batch that meets this again and again is the caller's to send again.
    private nonisolated(nonsending) func lookingAgain<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        var attempt = 0
        while true {
            do { return try await body() } catch let error as PostgresError where error.sqlState == .foreignKeyViolation {
                guard attempt < Self.retries else { throw ArchiveError.unavailable(LoggedFault(error)) }
                attempt += 1
            }
        }
    }

    /// How often a batch that Postgres rolled back for the sake of another one is tried again, before the caller is asked to.
    static let retries = 3
}

/// What the statements of a batch did.
private struct Written: Sendable {
    var outcomes: [IngestOutcome]
    /// Posts whose tier was changed along with their accounts.
    var retiered = 0
    var changes = BatchChanges()
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
    _ items: [Item], _ kind: BatchQueries.Kind, by key: (Item) -> Key, alone: Bool = false, _ connection: isolated Connection,
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
    try await connection.execute(BatchQueries.enter(kind, alone: alone || rounds.count > 1))
    var outcomes = [IngestOutcome](repeating: .unchanged, count: items.count)
    for round in rounds {
        for (place, outcome) in try await connection.query(upsert(round.map { items[$0] })) { outcomes[round[place]] = outcome }
    }
    return outcomes
}
