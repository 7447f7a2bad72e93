internal import Domain

/// What the feed was asked for.
struct FeedQuery {
    var filter: PostFilter
    var sort: PostSort
    var cursor: FeedCursor
    var start: FeedStart
    var limit: Int

    static let parameters: ParameterNames = .filters + ["sort", "limit", "cursor"]

    /// - Throws: `Problem` that names the parameter at fault.
    init(_ parameters: QueryParameters, _ limits: PageLimits, _ signer: CursorSigner) throws {
        (filter, sort) = (try PostFilter(parameters), try PostSort(parameters))
        cursor = FeedCursor(filter, sort, signer)
        limit = try parameters.limit(limits)
        start = try parameters.text("cursor").map(cursor.decode) ?? .first
    }
}

extension PostSort {
    /// - Throws: `Problem` when there is no such order.
    init(_ parameters: QueryParameters) throws {
        guard let name = parameters.text("sort") else {
            self = .discovered
            return
        }
        guard let sort = PostSort(rawValue: name) else {
            let names = PostSort.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.invalidParameter, "sort is one of \(names).", parameter: "sort")
        }
        self = sort
    }
}
