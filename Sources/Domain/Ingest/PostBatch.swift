/// The posts of one request, each id once, and the history that they leave: items of the same post are merged before they are sent.
public struct PostBatch: Sendable {
    /// Each post once, as all of its items together tell it.
    public private(set) var posts: [PostObservation] = []
    /// Each key once, with the gaps that this batch can fill filled: all of them where the post is new.
    public private(set) var snapshots: [MetricsSnapshot] = []
    /// The velocity of each post by this batch alone, which is that of a new post.
    public private(set) var velocities: [Velocity?] = []
    /// For each item the index of its post, those of its snapshots, and whether it was the first of that post.
    private var items: [Item] = []

    private struct Item: Sendable {
        var post: Int
        var snapshots: [Int]
        var role: Role
    }

    private enum Role: Sendable {
        case first
        /// What it did to the items before it.
        case repeated(IngestOutcome)
    }

    /// Merges the items of a request, in their order.
    public init(_ observations: [PostObservation]) {
        var places: [String: Int] = [:]
        var snapshotPlaces: [MetricsSnapshot.Key: Int] = [:]
        for observation in observations {
            let indices = observation.snapshots.map { snapshot in
                if let index = snapshotPlaces[snapshot.key] {
                    snapshots[index] = snapshots[index].merged(with: snapshot)
                    return index
                }
                snapshotPlaces[snapshot.key] = snapshots.count
                snapshots.append(snapshot)
                return snapshots.count - 1
            }
            let news = observation.withHistory
            guard let index = places[news.statusID] else {
                places[news.statusID] = posts.count
                items.append(Item(post: posts.count, snapshots: indices, role: .first))
                posts.append(news)
                continue
            }
            let merged = posts[index].merged(with: news)
            let isStale = news.lastSeenAt < posts[index].lastSeenAt
            let outcome: IngestOutcome = merged != posts[index] ? .updated : isStale ? .stale : .unchanged
            items.append(Item(post: index, snapshots: indices, role: .repeated(outcome)))
            posts[index] = merged
        }
        var histories = [[MetricsSnapshot]](repeating: [], count: posts.count)
        for item in items { histories[item.post] += item.snapshots.map { snapshots[$0] } }
        histories = histories.map(\.filled)
        velocities = histories.map(Velocity.init)
        for filled in histories.joined() where filled.observed != .all {
            if let index = snapshotPlaces[filled.key] { snapshots[index] = filled }
        }
    }

    /// The outcome of each item, given those of its post and of its snapshots. Where nothing was written, no item wrote.
    public func outcomes(posts written: [String: IngestOutcome], snapshots history: [IngestOutcome]) -> [IngestOutcome] {
        items.map { item in
            let outcome = written[posts[item.post].statusID] ?? .unchanged
            let leftHistory = item.snapshots.contains { history[$0].isWritten }
            switch item.role {
            case .first: return !outcome.isWritten && leftHistory ? .updated : outcome
            case .repeated(let repeated): return outcome.isWritten || leftHistory ? repeated : outcome
            }
        }
    }
}

/// Metrics snapshots of one request, each key once.
public struct MetricsBatch: Sendable {
    /// Each key once.
    public private(set) var snapshots: [MetricsSnapshot] = []
    private var items: [(snapshot: Int, changed: Bool?)] = []

    /// Merges the items of a request, in their order.
    public init(_ items: [MetricsSnapshot]) {
        var places: [MetricsSnapshot.Key: Int] = [:]
        for item in items {
            guard let index = places[item.key] else {
                places[item.key] = snapshots.count
                self.items.append((snapshots.count, nil))
                snapshots.append(item)
                continue
            }
            let merged = snapshots[index].merged(with: item)
            self.items.append((index, merged != snapshots[index]))
            snapshots[index] = merged
        }
    }

    /// What the snapshots say of the counters of their posts, one for each post.
    public var news: [PostObservation] {
        Dictionary(snapshots.map { ($0.statusID, $0.observation) }) { $0.merged(with: $1) }.values.sorted { $0.statusID < $1.statusID }
    }

    /// The outcome of each item, given those of its snapshot.
    public func outcomes(_ written: [IngestOutcome]) -> [IngestOutcome] {
        items.map { index, changed in
            guard let changed, written[index].isWritten else { return written[index] }
            return changed ? .updated : .unchanged
        }
    }
}
