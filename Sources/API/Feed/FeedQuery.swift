internal import Domain
internal import Hummingbird

/// What the feed was asked for.
struct FeedQuery {
    var parameters: QueryParameters
    var filter: PostFilter
    var sort: PostSort
    var start: FeedStart
    var limit: Int

    /// - Parameter more: further parameters that may occur once.
    init(_ request: Request, _ server: Server, allowing more: [String] = []) throws {
        parameters = try QueryParameters(
            request, allowed: PostFilter.singleParameters + ["sort", "limit", "cursor"] + more,
            repeatable: PostFilter.repeatableParameters)
        (filter, sort) = (try PostFilter(parameters), try PostSort(parameters))
        limit = try parameters.integer("limit", 1...server.configuration.maximumLimit) ?? server.configuration.defaultLimit
        start = try parameters.text("cursor").map { [filter, sort] in try server.cursors.decode($0, filter, sort) } ?? .first
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
