public import Domain
internal import Postgres

// All of it where it is written: what a replica knows may be older than the change that is being told of.
extension PostgresArchive {
    public func endOfChanges() async throws(ArchiveError) -> ChangePlace {
        try await reading {
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
        return try await reading {
            let found = try await follower.query(ChangeQueries.changes(from: place, to: end, limit: limit))
            let next = found.last?.next ?? end
            return ChangePage(changes: try await withRows(found), next: next, hasMore: next < end)
        }
    }

    /// `changes` with the rows as they are now.
    private func withRows(_ changes: [Change]) async throws -> [Change] {
        var (posts, snapshots, reports) = (Set<String>(), Set<MetricsSnapshot.Key>(), Set<String>())
        for change in changes {
            switch change.row {
            case .post(let id, _): posts.insert(id)
            case .metrics(let key, _): snapshots.insert(key)
            case .report(let id, _): reports.insert(id)
            }
        }
        let found = try await follower.pipeline(
            PostQueries.posts(Array(posts)), MetricsQueries.snapshots(Array(snapshots)), ReportQueries.reports(of: Array(reports)))
        let post = Dictionary(uniqueKeysWithValues: found.0.map { ($0.statusID, $0) })
        let snapshot = Dictionary(uniqueKeysWithValues: found.1.map { ($0.key, $0) })
        let report = Dictionary(uniqueKeysWithValues: found.2.map { ($0.statusID, $0) })
        return changes.map { change in
            switch change.row {
            case .post(let id, _): Change(.post(statusID: id, post[id]), next: change.next)
            case .metrics(let key, _): Change(.metrics(key, snapshot[key]), next: change.next)
            case .report(let id, _): Change(.report(statusID: id, report[id]), next: change.next)
            }
        }
    }
}
