import Domain
import JSON
import Testing

/// Every way to ask wrongly, alone and in company, is an error that names a parameter at fault; nothing is ignored or clamped.
@Suite struct ParameterTests {
    /// The views that take the filters of the feed.
    static let views = [
        "/v1/feed", "/v1/feed.csv", "/v1/feed.ndjson", "/v1/feed.atom", "/v1/feed.rss", "/v1/feed.json", "/v1/facets", "/v1/stats/timeline",
    ]

    static let valid = [
        "since": ["2026-02-21", "2026-02-21T09:30:00.000001Z"], "until": ["2026-02-22", "2026-02-22T00:00:00%2B01:00"],
        "posted_since": ["2026-02-21"], "posted_until": ["2026-02-23"], "tz": ["Europe/Berlin", "UTC"], "tier": ["teammate", "none"],
        "handle": ["ada", "%40Ada"], "source_query": ["priority"], "significant": ["true", "false"], "reported": ["false"],
        "has_link": ["true"], "min_likes": ["0", "9223372036854775807"], "min_reposts": ["1"], "min_replies": ["2"], "min_views": ["3"],
        "q": ["100%25", "%F0%9F%98%80", "+"], "exclude": ["gm"], "sort": ["discovered", "posted", "likes", "views", "velocity"],
    ]

    static let invalid: [String: [String]] = {
        let times = [
            "", "x", "2026-2-22", "2026-02-30", "2026-02-22T25:00:00Z", "2026-02-22T09:30:00.1234567Z", "1771752600", "22.02.2026", "%00",
        ]
        let flags = ["", "1", "yes", "True", "TRUE", "true+", "null"]
        let counts = ["", "-1", "1.0", "1e3", "1.2K", "9223372036854775808", "0x1", "+1", "%EF%BC%91"]
        var all = [
            "tz": ["", "Mars/Olympus", "europe/berlin", "+02:00"], "tier": ["", "investor", "Teammate", "teammate,none"],
            "handle": ["", "%40", "+"], "source_query": [String(repeating: "a", count: 1_025)],
            "q": ["", String(repeating: "a", count: 1_025)], "exclude": [""],
            "sort": ["", "newest", "Likes", "likes,views"],
        ]
        for name in ["since", "until", "posted_since", "posted_until"] { all[name] = times }
        for name in ["significant", "reported", "has_link"] { all[name] = flags }
        for name in ["min_likes", "min_reposts", "min_replies", "min_views"] { all[name] = counts }
        return all
    }()

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
        for (name, values) in Self.valid where Self.takes(view, name) && !["tier", "handle", "source_query", "exclude"].contains(name) {
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
