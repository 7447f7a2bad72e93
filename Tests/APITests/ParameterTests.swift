import Domain
import JSON
import Testing

/// Every way to ask wrongly, alone and in company, is an error that names a parameter at fault; nothing is ignored or clamped.
@Suite struct ParameterTests {
    /// The views that take the filters of the feed.
    static let views = [
        "/v1/feed", "/v1/feed.csv", "/v1/feed.ndjson", "/v1/feed.atom", "/v1/feed.rss", "/v1/feed.json", "/v1/facets", "/v1/stats/timeline",
    ]

    static let valid: [String: [String]] = {
        var all = [
            "tz": ["Europe/Berlin", "UTC"], "sort": ["discovered", "posted", "likes", "views", "velocity"],
            "posted_since": ["2026-02-21"], "posted_until": ["2026-02-23"],
            "since": ["2026-02-21", "2026-02-21T09:30:00.000001Z"], "until": ["2026-02-22", "2026-02-22T00:00:00%2B01:00"],
        ]
        for field in PostFilter.Field.allCases {
            switch field.kind {
            case .range: break
            case .tiers: all[field.rawValue] = ["teammate", "none"]
            case .handles: all[field.rawValue] = ["ada", "%40Ada"]
            case .texts, .text: all[field.rawValue] = ["100%25", "%F0%9F%98%80", "+", "bridge"]
            case .flag: all[field.rawValue] = ["true", "false"]
            case .count: all[field.rawValue] = ["0", "9223372036854775807"]
            }
        }
        return all
    }()

    static let invalid: [String: [String]] = {
        let times = [
            "", "x", "2026-2-22", "2026-02-30", "2026-02-22T25:00:00Z", "2026-02-22T09:30:00.1234567Z", "1771752600", "22.02.2026", "%00",
        ]
        var all = ["tz": ["", "Mars/Olympus", "europe/berlin", "+02:00"], "sort": ["", "newest", "Likes", "likes,views"]]
        for field in PostFilter.Field.allCases {
            for name in field.parameters {
                switch field.kind {
                case .range: all[name] = times
                case .tiers: all[name] = ["", "investor", "Teammate", "teammate,none"]
                case .handles: all[name] = ["", "%40", "+"]
                case .texts, .text: all[name] = [String(repeating: "a", count: 1_025)] + (field.takesEmpty ? [] : [""])
                case .flag: all[name] = ["", "1", "yes", "True", "TRUE", "true+", "null"]
                case .count: all[name] = ["", "-1", "1.0", "1e3", "1.2K", "9223372036854775808", "0x1", "+1", "%EF%BC%91"]
                }
            }
        }
        return all
    }()

    private static let repeatable = Set(PostFilter.Field.allCases.filter(\.isRepeatable).flatMap(\.parameters))

    /// What counts posts has no order.
    private static func takes(_ view: String, _ name: String) -> Bool { name != "sort" || view == "/v1/feed" }

    @Test(arguments: views)
    func anInvalidValueIsNamed(view: String) async throws {
        let server = try TestServer()
        for (name, values) in Self.invalid where Self.takes(view, name) {
            for value in values { try await expect(server, view, ["\(name)=\(value)"], isAnErrorOf: [name]) }
            try await expect(server, view, [name], isAnErrorOf: [name])
            try await expect(server, view, [name.uppercased() + "=1"], isAnErrorOf: [name.uppercased()])
        }
        for (name, values) in Self.valid where Self.takes(view, name) && !Self.repeatable.contains(name) {
            try await expect(server, view, ["\(name)=\(values[0])", "\(name)=\(values[0])"], isAnErrorOf: [name])
        }
    }

    @Test(arguments: views)
    func oneInvalidValueAmongValidOnesIsNamedAndTwoAreOneOfThem(view: String) async throws {
        let server = try TestServer()
        var random = SystemRandomNumberGenerator()
        for _ in 0..<400 {
            let names = Self.valid.keys.filter { Self.takes(view, $0) }.shuffled(using: &random)
            let bad = names.prefix(.random(in: 0...2, using: &random))
            let pairs = names.prefix(.random(in: 2...9, using: &random)).compactMap { name in
                (bad.contains(name) ? Self.invalid : Self.valid)[name]?.randomElement(using: &random).map { "\(name)=\($0)" }
            }
            try await expect(server, view, pairs.shuffled(using: &random), isAnErrorOf: Array(bad))
        }
    }

    /// - Parameter names: empty when it is no error.
    private func expect(_ server: TestServer, _ view: String, _ pairs: [String], isAnErrorOf names: [String]) async throws {
        let query = pairs.joined(separator: "&")
        let answer = try await server.get("\(view)?\(query)")
        guard !names.isEmpty else {
            #expect(answer.status == 200, "\(query)")
            return
        }
        #expect(answer.status == 400, "\(query)")
        switch try answer.json["parameter"] {
        case .string(let parameter): #expect(names.contains(parameter), "\(query)")
        // An escape that is no text belongs to no parameter.
        default: #expect(try answer.json["code"] == .string("malformed_url"), "\(query)")
        }
    }
}
