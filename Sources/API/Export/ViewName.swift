/// What a view of the posts is called: by the parameters that make it.
struct ViewName {
    /// For people, for example `2026-02-22`, `teammate`, `significant`.
    let parts: [String]

    init(_ parameters: QueryParameters) throws {
        var parts: [String] = []
        if let range = Self.range(parameters, "since", "until") { parts.append(range) }
        if let range = Self.range(parameters, "posted_since", "posted_until") { parts.append("posted " + range) }
        parts += parameters.all("tier").map { $0 == "none" ? "without tier" : $0 }
        parts += parameters.all("handle")
        parts += parameters.all("source_query").map { $0.isEmpty ? "found by no query" : "found by " + $0 }
        for (name, yes, no) in Self.flags {
            if let flag = try parameters.boolean(name) { parts.append(flag ? yes : no) }
        }
        for counter in ["likes", "reposts", "replies", "views"] {
            if let least = parameters.text("min_" + counter) { parts.append("\(least) \(counter) or more") }
        }
        if let text = parameters.text("q") { parts.append("“\(text)”") }
        parts += parameters.all("exclude").map { "without “\($0)”" }
        if let sort = parameters.text("sort"), sort != "discovered" { parts.append("by \(sort)") }
        self.parts = parts
    }

    var title: String {
        parts.isEmpty ? "XMonitor" : "XMonitor: " + parts.joined(separator: ", ")
    }

    /// The name of a file, in small ASCII letters, digits and hyphens, so that every program and every file system takes it.
    func file(_ suffix: String) -> String {
        let words = (["xmonitor"] + parts).flatMap { part in
            part.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.map { String($0.prefix(40)) }
        }
        return words.joined(separator: "-").prefix(Self.length) + "." + suffix
    }

    private static let flags = [
        ("significant", "significant", "not significant"), ("reported", "reported", "not reported"),
        ("has_link", "with link", "without link"),
    ]

    /// Most characters of the name of a file, less its suffix.
    private static let length = 120

    /// As the days were given, and not as moments of another zone.
    private static func range(_ parameters: QueryParameters, _ since: String, _ until: String) -> String? {
        switch (parameters.text(since)?.prefix(10), parameters.text(until)?.prefix(10)) {
        case (nil, nil): nil
        case (let since?, nil): "since \(since)"
        case (nil, let until?): "until \(until)"
        case (let since?, let until?): since == until ? "\(since)" : "\(since) to \(until)"
        }
    }
}
