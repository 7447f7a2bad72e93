internal import Domain
internal import JSON

extension Post {
    /// - Parameter curve: nil when it was not asked for.
    func write(to writer: inout JSONWriter, curve: [CurvePoint]? = nil) {
        writer.object { writer in
            writeMembers(to: &writer)
            guard let curve else { return }
            writer.key("curve")
            writer.array { writer in for point in curve { point.write(to: &writer) } }
        }
    }

    /// The members of a post, in the order in which every format has them.
    func writeMembers(to writer: inout some MemberWriting) {
        writer.member("status_id", statusID)
        writer.member("discovered_at", discoveredAt)
        writer.member("posted_at", postedAt)
        writer.member("author_handle", authorHandle)
        writer.member("author_display", authorDisplay)
        writer.member("watch_tier", watchTier?.rawValue)
        writer.member("body_text", bodyText)
        writer.member("url", url)
        writer.member("is_significant", isSignificant)
        writer.member("significance_reason", significanceReason)
        writer.member("source_query", sourceQuery)
        counters.write(to: &writer)
        writer.member("views_per_hour", velocity?.views, places: 3)
        writer.member("likes_per_hour", velocity?.likes, places: 3)
        writer.member("reported_at", reportedAt)
        writer.member("gone_at", goneAt)
    }
}

extension PostDetail {
    /// The post, with whatever collectors wrote of it.
    func writePost(to writer: inout JSONWriter) {
        writer.object { writer in
            post.writeMembers(to: &writer)
            writer.member("capture_latency_seconds", post.captureLatency, places: 6)
            writer.member("last_seen_at", lastSeenAt)
            for column in PostColumn.ofDetail { rest[column].write(column.rawValue, to: &writer) }
        }
    }
}

extension Cell? {
    fileprivate func write(_ name: String, to writer: inout JSONWriter) {
        switch self {
        case nil, .null: writer.member(name, nil as String?)
        case .text(let value): writer.member(name, value)
        case .integer(let value): writer.member(name, value)
        case .boolean(let value): writer.member(name, value)
        case .timestamp(let value): writer.member(name, value)
        }
    }
}

extension CurvePoint {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("at", at)
            writer.member("views", views)
        }
    }
}

extension Counters {
    /// The four members, into an object that is being written.
    func write(to writer: inout some MemberWriting) {
        writer.member("likes", likes)
        writer.member("reposts", reposts)
        writer.member("replies", replies)
        writer.member("views", views)
    }
}

extension MetricsSnapshot {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("status_id", statusID)
            writer.member("snapshot_type", type.rawValue)
            writer.member("snapshot_at", at)
            counters.write(to: &writer)
            writer.member("source", source)
        }
    }
}

extension Report {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("status_id", statusID)
            writer.member("reported_at", reportedAt)
            writer.member("channel", channel)
            writer.member("summary", summary)
            writer.member("destination", destination)
        }
    }
}
