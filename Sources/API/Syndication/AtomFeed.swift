internal import Domain

/// The Atom Syndication Format (RFC 4287), with paging (RFC 5005).
enum AtomFeed {
    static let type = "application/atom+xml; charset=utf-8"

    static func write(_ feed: SyndicationFeed) throws -> [UInt8] {
        var writer = XMLWriter()
        try writer.element("feed", ["xmlns": "http://www.w3.org/2005/Atom"]) { writer in
            writer.element("id", text: feed.id)
            writer.element("title", ["type": "text"], text: feed.name.title)
            writer.element("subtitle", ["type": "text"], text: SyndicationFeed.description)
            // Every feed has to have a time; that of an empty one means nothing.
            writer.element("updated", text: (feed.updated ?? Timestamp(microseconds: 0)).iso8601)
            writer.element("generator", text: "XMonitor")
            for (relation, address) in [("self", feed.own), ("first", feed.first), ("next", feed.next), ("previous", feed.previous)] {
                if let address { writer.element("link", ["rel": relation, "type": "application/atom+xml", "href": address]) }
            }
            writer.element("link", ["rel": "alternate", "type": "text/html", "href": feed.home])
            for entry in feed.entries {
                try Task.checkCancellation()
                write(entry, to: &writer)
            }
        }
        return writer.bytes
    }

    private static func write(_ entry: FeedEntry, to writer: inout XMLWriter) {
        writer.element("entry") { writer in
            writer.element("id", text: entry.id)
            writer.element("title", ["type": "text"], text: entry.title)
            writer.element("updated", text: entry.updated.iso8601)
            writer.element("published", text: entry.published.iso8601)
            writer.element("author") { writer in writer.element("name", text: entry.author) }
            if let link = entry.link { writer.element("link", ["rel": "alternate", "href": link]) }
            writer.element("link", ["rel": "related", "type": "text/html", "href": entry.page])
            for tag in entry.tags { writer.element("category", ["term": tag]) }
            // As text, line breaks would be any white space.
            if let reason = entry.reason { writer.element("summary", ["type": "html"], text: HTMLText.of(reason)) }
            if !entry.text.isBlank || entry.link == nil { writer.element("content", ["type": "html"], text: HTMLText.of(entry.text)) }
        }
    }
}
