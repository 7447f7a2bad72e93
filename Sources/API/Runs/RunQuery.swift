internal import Domain

/// Which runs were asked for.
struct RunQuery {
    var filter: RunFilter
    var cursor: RunCursor
    var position: RunPosition?
    var limit: Int

    static let parameters = ParameterNames(single: ["since", "until", "tz", "limit", "cursor"], repeatable: ["mode"])

    init(_ parameters: QueryParameters, _ limits: PageLimits, _ signer: CursorSigner) throws {
        let (since, until) = try DayBounds(parameters.text("tz")).range(parameters, "since", "until")
        filter = RunFilter(since: since, until: until, modes: try parameters.all("mode").map(Self.mode))
        cursor = RunCursor(filter, signer)
        limit = try parameters.limit(limits)
        position = try parameters.text("cursor").map(cursor.decode)
    }

    private static func mode(_ text: String) throws -> RunMode {
        guard let mode = RunModeRule.parse(text) else {
            let names = RunMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.invalidParameter, "mode is one of \(names).", parameter: "mode")
        }
        return mode
    }
}
