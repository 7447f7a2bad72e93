internal import Domain

/// What a view of the posts is called: by the parameters that make it.
struct ViewName {
    /// For people, for example `2026-02-22`, `teammate`, `significant`.
    private(set) var parts: [String]

    init(_ parameters: QueryParameters) {
        parts = PostFilter.Field.allCases.flatMap { field in
            if case .range = field.kind { return Self.range(parameters, field.parameters).map { [field.words($0)] } ?? [] }
            return parameters.all(field.rawValue).map(field.words)
        }
        if let sort = parameters.text("sort"), sort != "discovered" { parts.append("by \(sort)") }
    }

    var title: String {
        parts.isEmpty ? "XMonitor" : "XMonitor: " + parts.joined(separator: ", ")
    }

    /// The name of a file, in small ASCII letters, digits and hyphens, so that every program and every file system takes it.
    ///
    /// - Parameter day: the time of a copy that is kept, whose day (UTC) tells it from later ones.
    func file(_ suffix: String, day: Timestamp? = nil) -> String {
        let words = (["xmonitor"] + parts).flatMap { part in
            part.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.map { String($0.prefix(40)) }
        }
        return words.joined(separator: "-").prefix(Self.length) + (day.map { "-" + $0.iso8601.prefix(10) } ?? "") + "." + suffix
    }

    /// Most characters of the name of a file, less its day and suffix.
    private static let length = 120

    /// As the days were given, and not as moments of another zone.
    private static func range(_ parameters: QueryParameters, _ names: [String]) -> String? {
        switch (parameters.text(names[0])?.prefix(10), parameters.text(names[1])?.prefix(10)) {
        case (nil, nil): nil
        case (let since?, nil): "since \(since)"
        case (nil, let until?): "until \(until)"
        case (let since?, let until?): since == until ? "\(since)" : "\(since) to \(until)"
        }
    }
}
