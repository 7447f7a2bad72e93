internal import Domain

/// The posts of one request, each id once: items of the same post are merged before they are sent.
struct PostBatch {
    private(set) var posts: [PostState] = []
    /// For each item the index of its post, and whether it was the first of that post or changed what came before it.
    private var items: [(post: Int, role: Role)] = []

    private enum Role {
        case first
        case repeated(IngestOutcome)
    }

    init(_ observations: [PostState]) {
        var indices: [String: Int] = [:]
        for observation in observations {
            guard let index = indices[observation.statusID] else {
                indices[observation.statusID] = posts.count
                items.append((posts.count, .first))
                posts.append(observation)
                continue
            }
            let merged = posts[index].merged(with: observation)
            let isStale = observation.lastSeenAt < posts[index].lastSeenAt
            items.append((index, .repeated(merged != posts[index] ? .updated : isStale ? .stale : .unchanged)))
            posts[index] = merged
        }
    }

    /// The outcome of each item, given those of the posts. Where nothing of a post was written, no item of it wrote.
    func outcomes(_ written: [String: IngestOutcome]) -> [IngestOutcome] {
        items.map { item in
            let outcome = written[posts[item.post].statusID] ?? .unchanged
            guard case .repeated(let repeated) = item.role else { return outcome }
            return outcome == .inserted || outcome == .updated ? repeated : outcome
        }
    }
}
