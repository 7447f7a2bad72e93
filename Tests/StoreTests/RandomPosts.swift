import Domain
import Postgres
import TestDatabase

/// Posts with few distinct times, counters, authors and words, and questions about them.
enum RandomPosts {
    static func some(_ random: inout Seeded, _ count: Int, prefix: String = "") -> [PostObservation] {
        (0..<count).map { index in
            var post = PostObservation.random(&random, id: prefix + id(index, &random))
            // Neighbours differ by single microseconds, and many are equal.
            post.discoveredAt = Timestamp(microseconds: 1_771_752_600_000_000 + .random(in: 0...12, using: &random))
            post.lastSeenAt = Timestamp(microseconds: post.discoveredAt.microseconds + .random(in: 0...2, using: &random) * 1_800_000_000)
            if index % 5 == 0 { post.cells[.sourceQuery] = .text("") }
            post.cells[.bodyText] = (texts.randomElement(using: &random) ?? nil).map(Cell.text) ?? .null
            return post
        }
    }

    /// Reports of about a third of the posts of `some`.
    static func reports(_ random: inout Seeded) -> [ReportUpsert] {
        (0..<80).filter { _ in Int.random(in: 0...2, using: &random) == 0 }.map { index in
            ReportUpsert(statusID: "\(1_000 + index)", reportedAt: Timestamp(microseconds: 1_771_752_600_000_000))
        }
    }

    /// Ids without a time, of the same millisecond, and of neighbouring ones.
    private static func id(_ index: Int, _ random: inout Seeded) -> String {
        switch index % 3 {
        case 0: "\(1_000 + index)"
        case 1: "\(2_025_000_000_000_000_000 + (Int.random(in: 0...2, using: &random) << 22) + index)"
        default: "id-\(index)"
        }
    }

    static let texts: [String?] = [
        "Shipping the bridge today", "SHIPPING soon, see https://example.com/a", "100 % _ \\ literal", "日本語のテキスト", "ß ÉTÉ été",
        "x", "gm", nil, "HTTP://EXAMPLE.COM", "the theme of the month", "see https://", "https://…", "(http://)", "http:///path",
        "https://日本.jp", "http://[::1]/",
        "https:// https://x.example",
    ]
    static let words = ["ship", "SHIPPING SOON", "%", "_", "\\", "日本", "語", "é", "x", "the", "handle1", "nothing like this", "  ", "gm"]
}

extension PostFilter {
    static func random(_ random: inout Seeded) -> PostFilter {
        var filter = PostFilter()
        for _ in 0..<Int.random(in: 0...3, using: &random) { filter.use(Field.allCases.randomElement(using: &random) ?? .text, &random) }
        return filter
    }

    /// Asks for some of the posts of `RandomPosts` by `field`.
    mutating func use(_ field: Field, _ random: inout Seeded) {
        switch field.kind {
        case .range("posted_", let since, let until):
            let (first, last) = (StatusID.postedAt("2025000000000000000"), StatusID.postedAt("2025000000004194304"))
            if Bool.random(using: &random) { self[keyPath: since] = first } else { self[keyPath: until] = last }
        case .range(_, let since, let until):
            let time = Timestamp(microseconds: 1_771_752_600_000_000 + .random(in: 0...12, using: &random))
            self[keyPath: Bool.random(using: &random) ? since : until] = time
        case .tiers(let member):
            self[keyPath: member] = [[.teammate], [.teammate, nil], [nil], [.influencer, .ecosystem]].randomElement(using: &random) ?? []
        case .handles(let member):
            self[keyPath: member] = [["handle1"], ["handle1", "handle2"], ["nobody"]].randomElement(using: &random) ?? []
        case .texts(let member) where field.takesEmpty:
            self[keyPath: member] = [["a"], ["a", "B"], ["none"], [""], ["", "a"]].randomElement(using: &random) ?? []
        case .texts(let member): self[keyPath: member] = RandomPosts.words.shuffled(using: &random).prefix(2).map { $0 }
        case .text(let member): self[keyPath: member] = RandomPosts.words.randomElement(using: &random)
        case .flag(let member): self[keyPath: member] = .random(using: &random)
        case .count(let member): self[keyPath: member] = .random(in: 0...3, using: &random)
        }
    }
}

extension TestDatabase {
    /// The ids of what `filter` means, in the plainest SQL, written by hand.
    func plainly(_ filter: PostFilter, _ sort: PostSort) async throws -> [String] {
        func quote(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
        func time(_ time: Timestamp) -> String { "'epoch'::TIMESTAMPTZ + \(time.microseconds) * INTERVAL '1 microsecond'" }
        func list(_ texts: [String]) -> String { texts.map(quote).joined(separator: ", ") }
        func holds(_ text: String) -> String {
            "(strpos(lower(coalesce(body_text, '')), lower(\(quote(text)))) > 0 OR strpos(author_handle, lower(\(quote(text)))) > 0)"
        }
        // By arithmetic of its own: the id over 2^22, from the epoch of the ids on.
        let isDated = "(status_id ~ '^[0-9]+$' AND status_id::NUMERIC >= 29700000000)"
        let posted = "CASE WHEN \(isDated) THEN div(status_id::NUMERIC, 4194304) * 1000 + 1288834974657000 END"
        var conditions = ["true"]
        if let since = filter.since { conditions.append("discovered_at >= \(time(since))") }
        if let until = filter.until { conditions.append("discovered_at <= \(time(until))") }
        if let since = filter.postedSince { conditions.append("(\(posted)) >= \(since.microseconds)") }
        if let until = filter.postedUntil { conditions.append("(\(posted)) <= \(until.microseconds)") }
        if !filter.tiers.isEmpty {
            conditions.append("coalesce(watch_tier, 'none') IN (\(list(filter.tiers.map { $0?.rawValue ?? "none" })))")
        }
        if !filter.excludedHandles.isEmpty { conditions.append("author_handle NOT IN (\(list(filter.excludedHandles)))") }
        if !filter.excludedTiers.isEmpty {
            conditions.append("coalesce(watch_tier, 'none') NOT IN (\(list(filter.excludedTiers.map { $0?.rawValue ?? "none" })))")
        }
        if !filter.handles.isEmpty { conditions.append("author_handle IN (\(list(filter.handles)))") }
        if !filter.sourceQueries.isEmpty { conditions.append("coalesce(source_query, '') IN (\(list(filter.sourceQueries)))") }
        if let isSignificant = filter.isSignificant { conditions.append("is_significant = \(isSignificant)") }
        if let isReported = filter.isReported { conditions.append("(status_id IN (SELECT status_id FROM reports)) = \(isReported)") }
        if let hasLink = filter.hasLink {
            conditions.append(
                // A host begins with a letter, a digit, or the bracket of an address.
                "(lower(coalesce(body_text, '')) ~ 'https?://[a-z0-9日[]') = \(hasLink)")
        }
        let (least, text) = (filter.minimum, filter.text)
        conditions.append(
            "likes >= \(least.likes) AND reposts >= \(least.reposts) AND replies >= \(least.replies) AND views >= \(least.views)")
        if let text { conditions.append(holds(text)) }
        conditions += filter.excluded.map { "NOT \(holds($0))" }
        let order =
            switch sort {
            case .discovered: "discovered_at DESC"
            case .posted: "\(posted) DESC NULLS LAST"
            case .likes: "likes DESC"
            case .views: "views DESC"
            case .velocity: "views_velocity DESC NULLS LAST"
            }
        let sql =
            "SELECT status_id FROM posts WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order), status_id COLLATE \"C\" DESC"
        return try await connect { try await $0.query(Statement("test.plainly", "\(unescaped: sql)", decode: { try $0.text(0) })) }
    }
}
