public import Domain
internal import Postgres

// All of it where it is written: what a replica knows may be older than the change that is being told of.
extension PostgresArchive {
    public func endOfChanges() async throws(ArchiveError) -> ChangePlace {
        try await mappingErrors {
            let end = try await follower.queryOne(ChangeQueries.end)
            guard end.isOutdated else { return end.place }
            return try await follower.transaction { connection in
                try await connection.execute(ChangeQueries.lock)
                try await connection.execute(ChangeQueries.number)
                return try await connection.queryOne(ChangeQueries.end).place
            }
        }
    }

    public func changes(from place: ChangePlace, limit: Int) async throws(ArchiveError) -> ChangePage? {
        let end = try await endOfChanges()
        guard place <= end else { return nil }
        guard place < end else { return ChangePage(changes: [], next: end, hasMore: false) }
        return try await mappingErrors {
            let found = try await follower.query(ChangeQueries.changes(from: place, to: end, limit: limit))
            let changes = try await withRows(found)
            let next = changes.last?.next ?? end
            return ChangePage(changes: changes, next: next, hasMore: next < end)
        }
    }

    /// `changes` with the rows as they are now: as many of them as a page has room for, and at least one.
    private func withRows(_ changes: [Change]) async throws -> [Change] {
        var (posts, snapshots, reports) = (Keys<String>(), Keys<MetricsSnapshot.Key>(), Keys<String>())
        for change in changes {
            switch change.row {
            case .post(let id, _): posts.add(id)
            case .metrics(let key, _): snapshots.add(key)
            case .report(let id, _): reports.add(id)
            }
        }
        let found = try await follower.pipeline(
            PostQueries.posts(posts.inOrder), MetricsQueries.snapshots(snapshots.inOrder, within: pageBytes),
            ReportQueries.reports(of: reports.inOrder, within: pageBytes))
        let post = Dictionary(uniqueKeysWithValues: found.0.map { ($0.post.statusID, $0) })
        let snapshot = Dictionary(uniqueKeysWithValues: found.1.map { ($0.row.key, $0) })
        let report = Dictionary(uniqueKeysWithValues: found.2.map { ($0.row.statusID, $0) })
        let texts = try await texts(of: posts.inOrder.compactMap { post[$0] }, from: follower)
        let fitting = changes.prefix { change in
            switch change.row {
            case .post(let id, _): !texts.leftOut.contains(id)
            case .metrics(let key, _): snapshot[key]?.fits ?? true
            case .report(let id, _): report[id]?.fits ?? true
            }
        }
        return fitting.map { change in
            switch change.row {
            case .post(let id, _): Change(.post(statusID: id, post[id].flatMap(texts.whole).map(shown)), next: change.next)
            case .metrics(let key, _): Change(.metrics(key, snapshot[key]?.row), next: change.next)
            case .report(let id, _): Change(.report(statusID: id, report[id]?.row), next: change.next)
            }
        }
    }
}

/// Each key once, where it came first.
private struct Keys<Key: Hashable> {
    private(set) var inOrder: [Key] = []
    private var known: Set<Key> = []

    mutating func add(_ key: Key) {
        if known.insert(key).inserted { inOrder.append(key) }
    }
}
