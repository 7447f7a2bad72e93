internal import HTTPTypes
internal import Hummingbird

/// What the caller has already (RFC 9110, section 13.1.2): any answer at all, or answers with certain tags.
enum IfNoneMatch: Hashable, Sendable {
    case any
    case oneOf(Set<Substring>)

    /// Nil when the request does not say, or says it in a form that is none.
    init?(_ request: Request) {
        guard let text = request.headers[.ifNoneMatch] else { return nil }
        if text.utf8.elementsEqual("*".utf8) {
            self = .any
        } else {
            guard let tags = Self.tags(text[...]) else { return nil }
            self = .oneOf(tags)
        }
    }

    /// The weak comparison: it does not matter who calls a tag weak.
    func includes(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .oneOf(let tags): tags.contains(tag.opaque)
        }
    }

    /// The quoted parts of a list of tags; nil when it is malformed. A comma may stand within the quotes.
    private static func tags(_ list: Substring) -> Set<Substring>? {
        var tags: Set<Substring> = []
        var rest = list
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
            if rest.isEmpty { return tags.isEmpty ? nil : tags }
            if rest.hasPrefix("W/") { rest = rest.dropFirst(2) }
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
            let next = rest.index(after: end)
            tags.insert(rest[..<next])
            rest = rest[next...].drop { $0 == " " || $0 == "\t" }
            guard rest.isEmpty || rest.first == "," else { return nil }
        }
    }
}
