internal import Domain
internal import JSON

/// JSON Feed 1.1 (jsonfeed.org/version/1.1).
enum JSONFeed {
    static let type = "application/feed+json; charset=utf-8"

    static func write(_ feed: SyndicationFeed) throws -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024 * (feed.entries.count + 1))
        try writer.object { writer in
            writer.member("version", "https://jsonfeed.org/version/1.1")
            writer.member("title", feed.name.title)
            writer.member("description", SyndicationFeed.description)
            writer.member("home_page_url", feed.home)
            writer.member("feed_url", feed.own)
            if let next = feed.next { writer.member("next_url", next) }
            writer.key("items")
            try writer.array { writer in
                for entry in feed.entries {
                    try Task.checkCancellation()
                    write(entry, to: &writer)
                }
            }
        }
        return writer.bytes
    }

    /// What is absent is left out, as the format wants it.
    private static func write(_ entry: FeedEntry, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", entry.id)
            if let link = entry.link { writer.member("url", link) }
            writer.member("external_url", entry.page)
            writer.member("title", entry.title)
            writer.member("content_text", entry.text)
            if let reason = entry.reason { writer.member("summary", reason) }
            writer.member("date_published", entry.published)
            writer.member("date_modified", entry.updated)
            writer.key("authors")
            writer.array { writer in writer.object { writer in writer.member("name", entry.author) } }
            writer.key("tags")
            writer.array { writer in for tag in entry.tags { writer.string(tag) } }
        }
    }
}
