internal import HTTPTypes
internal import Hummingbird

/// The keys that a request offers: `x-api-key: KEY` and `Authorization: Bearer KEY`; and `token=KEY` in the address of a feed.
enum Credentials {
    /// Credentials of each kind that are checked; an honest request has one.
    private static let maximum = 2

    /// Read as the query is: the same text is a token here and there.
    static func token(_ request: Request) -> String? {
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, (try? PercentEncoding.decode(parts[0], plusIsSpace: true)) == "token" else { continue }
            return try? PercentEncoding.decode(parts[1], plusIsSpace: true)
        }
        return nil
    }

    /// The scheme knows no case, and several spaces may follow it.
    static func keys(_ request: Request) -> [String] {
        let bearers = request.headers[values: .authorization].compactMap { value -> String? in
            let scheme = value.prefix { $0 != " " }
            return scheme.lowercased() == "bearer" ? String(value.dropFirst(scheme.count).drop { $0 == " " }) : nil
        }
        return [request.headers[values: .apiKey], bearers].flatMap { $0.filter { !$0.isEmpty }.prefix(maximum) }
    }
}
