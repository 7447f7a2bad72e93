internal import Domain

/// The filters of a query: the same for the feed and for every other view of the posts.
extension PostFilter {
    /// Parameters that may occur once, and those that may be repeated.
    static let singleParameters = [
        "since", "until", "posted_since", "posted_until", "tz", "significant", "reported", "has_link", "min_likes", "min_reposts",
        "min_replies", "min_views", "q",
    ]
    static let repeatableParameters = ["tier", "handle", "source_query", "exclude"]

    /// - Throws: `Problem` that names the parameter at fault.
    init(_ parameters: QueryParameters) throws {
        let zone = try DayBounds(parameters.text("tz"))
        let (since, until) = try zone.range(parameters, "since", "until")
        let (postedSince, postedUntil) = try zone.range(parameters, "posted_since", "posted_until")
        self.init(
            since: since, until: until, postedSince: postedSince, postedUntil: postedUntil,
            tiers: try parameters.all("tier").map(Self.tier), handles: try parameters.all("handle").map(Self.handle),
            sourceQueries: parameters.all("source_query"), isSignificant: try parameters.boolean("significant"),
            isReported: try parameters.boolean("reported"), hasLink: try parameters.boolean("has_link"),
            minimum: Counters(
                likes: try Self.minimum(parameters, "min_likes"), reposts: try Self.minimum(parameters, "min_reposts"),
                replies: try Self.minimum(parameters, "min_replies"), views: try Self.minimum(parameters, "min_views")),
            text: parameters.text("q"), excluded: parameters.all("exclude"))
    }

    private static func tier(_ text: String) throws -> WatchTier? {
        if text == "none" { return nil }
        guard let tier = WatchTier(rawValue: text) else {
            throw Problem(.invalidParameter, "tier is teammate, influencer, ecosystem or none.", parameter: "tier")
        }
        return tier
    }

    private static func handle(_ text: String) throws -> String {
        guard let handle = HandleRule.normalise(text) else {
            throw Problem(.invalidParameter, "handle is the name of an author, with or without @.", parameter: "handle")
        }
        return handle
    }

    private static func minimum(_ parameters: QueryParameters, _ name: String) throws -> Int64 {
        Int64(try parameters.integer(name, 0...Int(Int64.max)) ?? 0)
    }
}
