internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON

extension Aggregate {
    /// Whether, and how far back, the posts were counted; into an object that is being written.
    func writeCoverage(to writer: inout JSONWriter) {
        writer.member("partial", isPartial)
        writer.member("covered_since", coveredSince)
    }

    /// Whether anything before `end` was counted.
    func covers(until end: Timestamp) -> Bool {
        coveredSince.map { $0 < end } ?? true
    }
}

extension Response {
    /// A JSON answer that says what was counted. It is not kept when it is partial: another try may get further.
    init<Value>(json writer: JSONWriter, of aggregate: Aggregate<Value>) {
        self.init(json: writer)
        if aggregate.isPartial { headers[.cacheControl] = "no-store" }
    }
}

extension TierCounts {
    /// A member for each tier, into an object that is being written.
    func write(to writer: inout JSONWriter) {
        for tier in WatchTier.allCases { writer.member(tier.rawValue, self[tier]) }
        writer.member("none", self[nil])
    }
}

extension Facets.ByFlag {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("true", self[true])
            writer.member("false", self[false])
        }
    }
}

extension Facets.Ranking {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("top")
            writer.array { writer in
                for entry in top {
                    writer.object { writer in
                        writer.member("value", entry.value)
                        writer.member("posts", entry.count)
                    }
                }
            }
            writer.member("other_values", otherValues)
            writer.member("other_posts", otherPosts)
        }
    }
}
