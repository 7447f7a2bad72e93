internal import Domain
internal import JSON

/// A format that whole views are written in, post by post.
struct DownloadFormat: Sendable {
    var suffix: String
    var type: String
    /// What stands before the first post.
    var head: [UInt8]
    var write: @Sendable ([Post]) -> [UInt8]

    /// CSV with a row of names, which are those of the members of a post.
    ///
    /// - Parameter bom: begin with a byte order mark, by which some spreadsheets tell UTF-8.
    static func csv(bom: Bool) -> DownloadFormat {
        let head = (bom ? "\u{FEFF}" : "") + CSVColumns().names.joined(separator: ",") + "\r\n"
        return DownloadFormat(suffix: "csv", type: "text/csv; charset=utf-8; header=present", head: Array(head.utf8)) { posts in
            var writer = CSVWriter(capacity: 512 * posts.count)
            for post in posts {
                post.writeMembers(to: &writer)
                writer.endRow()
            }
            return writer.bytes
        }
    }

    /// One post per line, each as in the feed.
    static let ndjson = DownloadFormat(suffix: "ndjson", type: "application/x-ndjson", head: []) { posts in
        var writer = JSONWriter(capacity: 768 * posts.count)
        for post in posts {
            post.write(to: &writer)
            writer.endLine()
        }
        return writer.bytes
    }
}
