internal import Domain

/// One row of `tweets`, in the order of `columns`.
struct SamplePost {
    static let columns = [
        "status_id", "url", "author_handle", "author_display", "body_text", "posted_relative", "source_query", "watch_tier",
        "is_significant", "significance_reason", "significance_version", "likes", "reposts", "replies", "views", "initial_likes",
        "initial_reposts", "initial_replies", "initial_views", "likes_24h", "reposts_24h", "replies_24h", "views_24h",
        "refresh_24h_at", "refresh_24h_status", "refresh_24h_delta_likes", "refresh_24h_delta_reposts",
        "refresh_24h_delta_replies", "refresh_24h_delta_views", "discovered_at", "last_seen_at", "lang",
    ]

    var id: String
    var text: String
    var values: [String: String?]
    let discovered: Int64
    let isSignificant: Bool

    static let topics: [(name: String, reason: String)] = [
        ("release", "release"), ("wallet", "support"), ("security", "security"), ("exchange", "exchange"), ("price", "price"),
        ("governance", "governance"), ("regulation", "regulation"), ("research", "research"), ("nodes", "nodes"),
        ("community", "other"), ("support", "support"), ("criticism", "criticism"), ("payments", "other"), ("mining", "nodes"),
        ("privacy", "other"), ("chatter", "other"), ("conference", "world"),
    ]

    /// - Parameters:
    ///   - moment: when it was found, in microseconds since 1970.
    ///   - latency: how long before that it was posted.
    ///   - end: what is later than this has not happened yet.
    init(number: Int, at moment: Int64, latency: Int64, end: Int64, grammar: Grammar, _ random: inout RandomSource) {
        let author = random.chance(0.62) ? random.pick(Author.watched) : random.pick(Author.everybody)
        let slots = Slots(post: number, people: Author.everybody)
        let topic = random.pick(Self.topics)
        var words = author.language.map { grammar.text($0, slots, &random) }
        if words == nil, random.chance(0.12) { words = "@\(random.pick(slots.people).handle) " + grammar.text("reply", slots, &random) }
        if words == nil {
            let role = author.tier.map { "\(topic.name)@\($0)" } ?? topic.name
            words = grammar.text(grammar.has(role) ? role : topic.name, slots, &random)
            if random.chance(0.2) { words! += " " + grammar.text("closer", slots, &random) }
        }
        text = words ?? ""

        // X's ids carry the time: milliseconds since 2010-11-04T01:42:54.657Z, shifted by 22 bits.
        id = String(((moment - latency) / 1_000 - 1_288_834_974_657) << 22 | Int64(number & 0x3F_FFFF))
        discovered = moment
        isSignificant = random.chance(author.tier == nil ? 0.03 : 0.16)

        let views = random.skewed(typical: author.reach) + 3
        let first = [views / random.number(30...90), views / random.number(150...400), views / random.number(200...600), views]
        let growth = 1 + random.unit()
        let current = first.map { Int(Double($0) * growth) }
        // Drawn for every post, so that what follows is the same whenever the sample ends.
        let isRefreshed = random.chance(0.8)
        let isDayOld = isRefreshed && moment + 86_400_000_000 < end
        var values: [String: String?] = [
            "url": "https://x.com/\(author.handle)/status/\(id)", "author_handle": author.handle, "author_display": author.name,
            "posted_relative": "\(random.number(1...23))h",
            "source_query": random.pick(["priority", "discovery", "both", "legacy", "priority_reply_term"]),
            "watch_tier": author.tier, "is_significant": isSignificant ? "1" : "0",
            "significance_reason": isSignificant ? grammar.text("why." + topic.reason, slots, &random) : nil,
            "significance_version": "v1", "discovered_at": iso(moment),
            "last_seen_at": iso(min(end, moment + Int64(random.number(60_000_000...80_000_000_000)))), "lang": author.language ?? "en",
        ]
        for (index, name) in ["likes", "reposts", "replies", "views"].enumerated() {
            values[name] = String(current[index])
            values["initial_" + name] = String(first[index])
            guard isDayOld else { continue }
            values[name + "_24h"] = String(current[index])
            values["refresh_24h_delta_" + name] = String(current[index] - first[index])
        }
        if isDayOld {
            values["refresh_24h_at"] = iso(moment + 86_400_000_000)
            values["refresh_24h_status"] = "ok"
        }
        self.values = values
    }

    /// The row, in the order of `columns`.
    var row: [String?] {
        Self.columns.map { column in
            switch column {
            case "status_id": id
            case "body_text": text
            default: values[column] ?? nil
            }
        }
    }
}

func iso(_ microseconds: Int64) -> String {
    Timestamp(microseconds: microseconds).iso8601
}
