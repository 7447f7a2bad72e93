public import Domain
internal import Postgres

// All of it where it is written: what a replica knows may be older than the change that is being told of.
extension PostgresArchive {
    public func endOfChanges() async throws(ArchiveError) -> ChangePlace {
        try await mappingErrors {
            let end = try await follower.queryOne(ChangeQueries.end)
            guard end.isOutdated else { return end.place }
            return try await follower.transaction { connection in
                try await connection.execute(ChangeQueries.number)
                return try await connection.queryOne(ChangeQueries.end).place
            }
        }
    }

    public func changes(from cursor: ChangeCursor, limit: Int) async throws(ArchiveError) -> ChangePage? {
        let place = cursor.place
        if let firstRead = cursor.firstRead { return try await firstPage(firstRead, before: place, limit: limit) }
        let end = try await endOfChanges()
        guard place <= end else { return nil }
        guard place < end else { return ChangePage(changes: [], next: ChangeCursor(end), hasMore: false) }
        return try await mappingErrors {
            let (nonce, found) = try await follower.pipeline(
                ChangeQueries.nonce(at: place.lastPosition), ChangeQueries.changes(from: place, to: end, limit: limit))
            guard place.isAmong(nonce) else { return nil }
            let changes = try await withRows(found)
            let next = changes.last?.next ?? ChangeCursor(end)
            return ChangePage(changes: changes, next: next, hasMore: next.place < end)
        }
    }

    /// A page of a first read, which begins at `place` once all rows were told: whatever is written meanwhile is told then.
    private func firstPage(
        _ firstRead: ChangeCursor.FirstRead, before place: ChangePlace, limit: Int
    ) async throws(ArchiveError) -> ChangePage? {
        let page: (changes: [Change], next: ChangeCursor)? = try await mappingErrors {
            guard place.isAmong(try await follower.query(ChangeQueries.nonce(at: place.lastPosition))) else { return nil }
            let last: ChangeKey? = if case .after(let key) = firstRead { key } else { nil }
            var keys: [ChangeKey] = []
            for kind in ChangeKind.allCases.drop(while: { last != nil && $0 != last?.kind }) where keys.count < limit {
                keys += try await follower.query(FirstReadQueries.keys(kind, after: last, limit: limit - keys.count))
            }
            let isLastPage = keys.count < limit
            let told = try await withRows(keys.map { Change(.init($0), next: ChangeCursor(place, firstRead: .after($0))) })
            let next =
                isLastPage && told.count == keys.count ? ChangeCursor(place) : told.last?.next ?? ChangeCursor(place, firstRead: firstRead)
            // A row that went since its key was read is no news to its reader.
            var changes = told.filter { !$0.row.isGone }
            if let last = changes.indices.last { changes[last].next = next }
            return (changes, next)
        }
        guard let page else { return nil }
        let hasMore = if page.next.firstRead != nil { true } else { try await endOfChanges() > place }
        return ChangePage(changes: page.changes, next: page.next, hasMore: hasMore)
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

extension ChangePlace {
    /// Whether the archive has this place.
    ///
    /// - Parameter nonces: those of the group at `lastPosition`; none when there is no such group.
    fileprivate func isAmong(_ nonces: [Int64?]) -> Bool { lastPosition == 0 ? nonce == nil : nonces == [nonce] }
}

/// Each key once, where it came first.
private struct Keys<Key: Hashable> {
    private(set) var inOrder: [Key] = []
    private var known: Set<Key> = []

    mutating func add(_ key: Key) {
        if known.insert(key).inserted { inOrder.append(key) }
    }
}
