internal import Domain

/// RSS 2.0, as the RSS Advisory Board's Best Practices Profile would have it, with paging (RFC 5005).
enum RSSFeed {
    static let type = "application/rss+xml; charset=utf-8"

    static func write(_ feed: SyndicationFeed) throws -> [UInt8] {
        var writer = XMLWriter()
        let namespaces: XMLWriter.Attributes = [
            "version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom", "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        ]
        try writer.element("rss", namespaces) { writer in
            try writer.element("channel") { writer in
                writer.element("title", text: feed.name.title)
                writer.element("link", text: feed.home)
                writer.element("description", text: SyndicationFeed.description)
                if let updated = feed.updated { writer.element("lastBuildDate", text: updated.rfc822) }
                writer.element("generator", text: "XMonitor")
                for (relation, address) in [("self", feed.own), ("first", feed.first), ("next", feed.next), ("previous", feed.previous)] {
                    if let address { writer.element("atom:link", ["rel": relation, "type": "application/rss+xml", "href": address]) }
                }
                for entry in feed.entries {
                    try Task.checkCancellation()
                    write(entry, to: &writer)
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ entry: FeedEntry, to writer: inout XMLWriter) {
        writer.element("item") { writer in
            writer.element("title", text: entry.title)
            if let link = entry.link { writer.element("link", text: link) }
            writer.element("atom:link", ["rel": "related", "type": "text/html", "href": entry.page])
            writer.element("guid", ["isPermaLink": "false"], text: entry.id)
            writer.element("pubDate", text: entry.published.rfc822)
            writer.element("dc:creator", text: entry.author)
            for tag in entry.tags { writer.element("category", text: tag) }
            if !entry.text.isBlank { writer.element("description", text: HTMLText.of(entry.text)) }
        }
    }
}
