internal import Domain
internal import Postgres

/// `PostFilter` as conditions on `posts AS p LEFT JOIN reports AS r`.
enum PostFilterSQL {
    static func conditions(_ filter: PostFilter) -> [SQL] {
        var conditions: [SQL] = []
        if let since = filter.since { conditions.append("p.discovered_at >= \(timestamp: since.microseconds)") }
        if let until = filter.until { conditions.append("p.discovered_at <= \(timestamp: until.microseconds)") }
        if !filter.tiers.isEmpty { conditions.append(tier(filter.tiers)) }
        switch filter.handles.count {
        case 0: break
        case 1: conditions.append("p.author_handle = \(text: filter.handles[0])")
        default: conditions.append("p.author_handle = ANY(\(textArray: filter.handles))")
        }
        switch filter.isSignificant {
        case true: conditions.append("p.is_significant")
        case false: conditions.append("NOT p.is_significant")
        case nil: break
        }
        switch filter.isReported {
        case true: conditions.append("r.status_id IS NOT NULL")
        case false: conditions.append("r.status_id IS NULL")
        case nil: break
        }
        if let text = filter.text {
            let pattern = likePattern(containing: text)
            conditions.append("(p.body_text ILIKE \(text: pattern) OR p.author_handle ILIKE \(text: pattern))")
        }
        return conditions
    }

    private static func tier(_ tiers: [WatchTier?]) -> SQL {
        let names = tiers.compactMap { $0?.rawValue }
        let none: SQL = "p.watch_tier IS NULL"
        if names.isEmpty { return none }
        let named: SQL = names.count == 1 ? "p.watch_tier = \(text: names[0])" : "p.watch_tier = ANY(\(textArray: names))"
        return tiers.contains(nil) ? "(\(named) OR \(none))" : named
    }

    /// A pattern for `ILIKE` that matches any text with `text` in it, every character of it literal.
    static func likePattern(containing text: String) -> String {
        var pattern = "%"
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern.unicodeScalars.append("\\") }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern + "%"
    }
}
