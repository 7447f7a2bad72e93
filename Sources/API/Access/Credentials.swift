internal import HTTPTypes
internal import Hummingbird

/// The keys that a request offers: `x-api-key: KEY` and `Authorization: Bearer KEY`.
enum Credentials {
    /// Most that are looked at; a request has one of each kind.
    private static let maximum = 4

    /// The scheme knows no case, and several spaces may follow it.
    static func keys(_ request: Request) -> [String] {
        let bearers = request.headers[values: .authorization].compactMap { value -> String? in
            let scheme = value.prefix { $0 != " " }
            return scheme.lowercased() == "bearer" ? String(value.dropFirst(scheme.count).drop { $0 == " " }) : nil
        }
        return Array((request.headers[values: .apiKey] + bearers).filter { !$0.isEmpty }.prefix(maximum))
    }
}
