internal import Domain
internal import Encoding
internal import Hummingbird

/// The parameters of a query, strictly: an unknown one, or a single one that occurs twice, is an error that names it.
struct QueryParameters {
    private var values: [String: [String]] = [:]

    /// Most bytes of one value.
    private static let maximumLength = Facets.longestValue
    /// Most bytes of values that may be longer: a cursor holds the key of a row, of which an index takes some 2,700 and `after` two letters
    /// each, and has some 100 in most cases; some providers put a whole token into a code; and the page to return to is a whole address.
    private static let longer = ["cursor": 4_096, "after": 6_144, "code": 4_096, "return": 4_096]
    /// Parameters whose empty value means something: posts without one.
    private static let maybeEmpty = PostFilter.Field.allCases.filter(\.takesEmpty).flatMap(\.parameters)
    /// Most values of one name: each may be compared with every post that is looked at.
    private static let maximumRepeats = 50

    /// Those of a request without any.
    init() {}

    init(_ request: Request, _ names: ParameterNames) throws { try self.init(query: request.uri.query ?? "", names) }

    /// - Parameter query: what stands behind the question mark of an address.
    init(query: String, _ names: ParameterNames) throws {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try PercentEncoding.decode(parts[0], plusIsSpace: true)
            guard names.single.contains(name) || names.repeatable.contains(name) else {
                if names.ignoresOthers { continue }
                let known = names.single.union(names.repeatable).sorted().joined(separator: ", ")
                throw Problem(
                    .unknownParameter,
                    known.isEmpty ? "This operation takes no parameters." : "There is no such parameter here. Known: \(known).",
                    parameter: String(name.prefix(64)))
            }
            let value = parts.count == 2 ? try PercentEncoding.decode(parts[1], plusIsSpace: true) : ""
            guard !value.isEmpty || parts.count == 2 && Self.maybeEmpty.contains(name) else {
                throw Problem(.invalidParameter, "\(name) is empty; leave it out instead.", parameter: name)
            }
            let maximumLength = Self.longer[name] ?? Self.maximumLength
            guard value.utf8.count <= maximumLength else {
                throw Problem(.invalidParameter, "\(name) may have \(maximumLength) bytes at most.", parameter: name)
            }
            if names.single.contains(name), values[name] != nil {
                throw Problem(.repeatedParameter, "\(name) may occur only once.", parameter: name)
            }
            values[name, default: []].append(value)
            guard values[name, default: []].count <= Self.maximumRepeats else {
                throw Problem(.invalidParameter, "\(name) may occur \(Self.maximumRepeats) times at most.", parameter: name)
            }
        }
    }

    /// The parameters as pairs of an address, in the order of their names: what was asked for in another order comes out the same.
    func query(leavingOut names: String...) -> [String] {
        values.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { "\(name)=\($0.percentEncoded())" }
        }
    }

    /// The names that occur.
    var names: Set<String> { Set(values.keys) }

    /// The same and the parameter `name` of `other`.
    func taking(_ name: String, from other: QueryParameters) -> QueryParameters {
        var parameters = self
        parameters.values[name] = other.values[name]
        return parameters
    }

    func all(_ name: String) -> [String] { values[name] ?? [] }

    func text(_ name: String) -> String? { values[name]?.first }

    func boolean(_ name: String) throws -> Bool? {
        switch text(name) {
        case nil: nil
        case "true": true
        case "false": false
        default: throw Problem(.invalidParameter, "\(name) is true or false.", parameter: name)
        }
    }

    func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(name) else { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(text), range.contains(value) else {
            throw Problem(.invalidParameter, "\(name) is an integer from \(range.lowerBound) to \(range.upperBound).", parameter: name)
        }
        return value
    }

    /// How many items a page has.
    func limit(_ limits: PageLimits) throws -> Int { try integer("limit", 1...limits.most) ?? limits.usual }
}

/// How many items a page has when the reader does not say, and how many at most.
struct PageLimits: Hashable, Sendable {
    var usual: Int
    var most: Int
}
