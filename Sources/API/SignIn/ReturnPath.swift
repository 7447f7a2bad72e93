/// The page after a sign-in: one of this site, so that there is no open redirect.
enum ReturnPath {
    /// A sealed cookie has to hold it.
    private static let maximumLength = 2_000

    /// `path` if it is a page of the site at `publicURL`, else its front page.
    static func own(_ path: String?, publicURL: String) -> String {
        let front = front(of: publicURL)
        guard let path, path.utf8.count <= maximumLength, path.hasPrefix(front), !path.hasPrefix("//"),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return front }
        // An operation is no page; a sign-in that leads to a sign-in would have no end.
        let rest = path.dropFirst(front.count)
        return rest.hasPrefix("v1/") || rest.hasPrefix("api/") ? front : path
    }

    /// The address of a page.
    ///
    /// - Parameter outcome: what the page is to say of the sign-in.
    static func address(_ path: String, publicURL: String, outcome: SignInRefusal.Outcome? = nil) -> String {
        let origin = String(publicURL.dropLast(front(of: publicURL).count - 1))
        guard let outcome else { return origin + path }
        let parts = path.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let pieces = parts[0].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = (pieces.count > 1 ? pieces[1] : "").split(separator: "&").filter { !$0.hasPrefix("sign_in=") }
        return origin + pieces[0] + "?" + (query.map(String.init) + ["sign_in=\(outcome.rawValue)"]).joined(separator: "&")
            + (parts.count > 1 ? "#" + parts[1] : "")
    }

    /// The path of the front page: `/`, or `/feed/` below `https://host/feed`.
    private static func front(of publicURL: String) -> String {
        let parts = publicURL.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count > 3 && !parts[3].isEmpty ? "/\(parts[3])/" : "/"
    }
}
