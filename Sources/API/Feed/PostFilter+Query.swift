internal import Domain

/// The filters of a query: the same for the feed and for every other view of the posts.
extension PostFilter {
    /// - Throws: `Problem` that names the parameter at fault.
    init(_ parameters: QueryParameters) throws {
        self.init()
        let zone = try DayBounds(parameters.text("tz"))
        for field in Field.allCases {
            let name = field.rawValue
            switch field.kind {
            case .range(let prefix, let since, let until):
                (self[keyPath: since], self[keyPath: until]) = try zone.range(parameters, prefix + "since", prefix + "until")
            case .tiers(let member): self[keyPath: member] = try parameters.all(name).map { try Self.tier($0, name) }
            case .handles(let member): self[keyPath: member] = try parameters.all(name).map { try Self.handle($0, name) }
            case .texts(let member): self[keyPath: member] = parameters.all(name)
            case .text(let member): self[keyPath: member] = parameters.text(name)
            case .flag(let member): self[keyPath: member] = try parameters.boolean(name)
            case .count(let member): self[keyPath: member] = Int64(try parameters.integer(name, 0...Int(Int64.max)) ?? 0)
            }
        }
    }

    private static func tier(_ text: String, _ name: String) throws -> WatchTier? {
        if text == "none" { return nil }
        guard let tier = WatchTier(rawValue: text) else {
            throw Problem(.invalidParameter, "\(name) is teammate, influencer, ecosystem or none.", parameter: name)
        }
        return tier
    }

    private static func handle(_ text: String, _ name: String) throws -> String {
        guard let handle = HandleRule.normalise(text) else {
            throw Problem(.invalidParameter, "\(name) is the name of an author, with or without @.", parameter: name)
        }
        return handle
    }
}
