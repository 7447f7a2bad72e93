internal import Domain
internal import Hummingbird

/// What the feed was asked for.
struct FeedQuery {
    var filter: PostFilter
    var start: FeedStart
    var limit: Int

    /// Parameters that may occur once, and those that may be repeated.
    static let single = ["since", "until", "tz", "significant", "reported", "q", "limit", "cursor"]
    static let repeatable = ["tier", "handle"]

    init(_ request: Request, _ server: Server) throws {
        let parameters = try QueryParameters(request, allowed: Self.single, repeatable: Self.repeatable)
        let zone = try DayBounds(parameters.text("tz"))
        let filter = PostFilter(
            since: try parameters.text("since").map { try zone.first($0, parameter: "since") },
            until: try parameters.text("until").map { try zone.last($0, parameter: "until") },
            tiers: try parameters.all("tier").map(Self.tier), handles: try parameters.all("handle").map(Self.handle),
            isSignificant: try parameters.boolean("significant"), isReported: try parameters.boolean("reported"),
            text: parameters.text("q"))
        if let since = filter.since, let until = filter.until, since > until {
            throw Problem(.invalidParameter, "since lies after until.", parameter: "since")
        }
        self.filter = filter
        limit = try parameters.integer("limit", 1...server.configuration.maximumLimit) ?? server.configuration.defaultLimit
        start = try parameters.text("cursor").map { try server.cursors.decode($0, filter) } ?? .newest
    }

    static func tier(_ text: String) throws -> WatchTier? {
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
}
