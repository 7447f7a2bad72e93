import Domain

/// Texts that formats stumble over.
enum NastyText {
    private static let pieces = [
        "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "\t", "\r", "\n", "\r\n", "\"", "\"\"", "'", "''", ",", ";", "|", " ", "\u{A0}",
        "\u{3000}",
        "\u{200B}", "\u{FEFF}", "\u{200F}", "\u{202E}", "\u{0}", "\u{1}", "\u{8}", "\u{B}", "\u{1B}", "\u{7F}", "\u{85}", "\u{FFFE}",
        "\u{FFFF}", "\u{FFFD}",
        "\u{301}", "<", ">", "&", "&amp;", "]]>", "<![CDATA[", "<script>alert(1)</script>", "<b>", "-->", "%", "%41", "\\", "a", "Z", "0",
        "1.2", "-1",
        "=SUM(A1)", "HYPERLINK(\"http://x\")", "日本語", "שלום", "مرحبا", "😀", "👩‍👩‍👧", "ß", "https://example.com/?a=b&c=d", "\u{10FFFF}",
    ]

    /// U+0000 is in no text of the archive.
    static func any(most: Int = 12) -> String {
        (0..<Int.random(in: 0...most)).map { _ in pieces.randomElement() ?? "" }.joined().replacing("\u{0}", with: "")
    }

    static func post(_ number: Int) -> Post {
        var post = Post.sample(id: "\(2_025_000_000_000_000_000 + number)", at: Timestamp(microseconds: 1_771_752_600_123_456))
        post.bodyText = Int.random(in: 0..<8) == 0 ? nil : any()
        post.authorDisplay = Bool.random() ? any(most: 3) : nil
        post.significanceReason = Bool.random() ? any(most: 3) : nil
        post.sourceQuery = Bool.random() ? any(most: 3) : nil
        post.isSignificant = .random()
        post.watchTier = WatchTier.allCases.randomElement()
        post.counters = Counters(likes: .random(in: 0...9), reposts: 0, replies: .max, views: .random(in: 0...(.max)))
        post.velocity = Bool.random() ? Velocity(views: .random(in: -5_000...5_000), likes: .min) : nil
        post.reportedAt = Bool.random() ? Timestamp(microseconds: 0) : nil
        return post
    }
}
