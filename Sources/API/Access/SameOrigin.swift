internal import HTTPTypes
internal import Hummingbird

/// Whether a request that changes something comes from a page of our own. A browser sends the cookie of a session with requests that other
/// pages make, too; it says so in these headers, which no page can set (Fetch Metadata, WHATWG Fetch).
enum SameOrigin {
    /// - Parameter publicURL: what readers reach the server by; without it the `Host` of the request counts.
    /// - Throws: `Problem` when it comes from elsewhere, or does not say.
    static func require(_ request: Request, publicURL: String?) throws(Problem) {
        if let site = request.headers[.secFetchSite] {
            guard site == "same-origin" else { throw elsewhere }
        } else if let origin = request.headers[.origin] {
            guard origin == Self.origin(of: publicURL) ?? request.head.authority.map({ "http://" + $0 }) else { throw elsewhere }
        } else {
            throw elsewhere
        }
    }

    private static var elsewhere: Problem {
        Problem(.forbidden, "This changes something in the name of a reader who signed in, so it has to come from the feed's own page.")
    }

    /// The scheme and host of an address.
    private static func origin(of address: String?) -> String? {
        guard let parts = address?.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false), parts.count > 2 else {
            return nil
        }
        return "\(parts[0])//\(parts[2])"
    }
}
