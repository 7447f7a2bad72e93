import Foundation

extension Settings {
    /// The origins whose pages may read the API.
    ///
    /// - Throws: `Failure` for what no browser would send as an origin.
    func origins() throws -> Set<String> {
        let origins = (optional(.corsOrigins) ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        }
        for origin in origins where !Self.isOrigin(origin) {
            throw Failure(
                "\(Setting.corsOrigins.name) has \"\(origin)\". An origin is https:// or http:// and a host, with the port where it is not the usual one, and nothing behind it: https://feed.example.com. Separate several with commas; there is no wildcard."
            )
        }
        return Set(origins)
    }

    private static func isOrigin(_ text: String) -> Bool {
        guard let parts = text.wholeMatch(of: /(https?):\/\/([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?/) else {
            return false
        }
        guard let port = parts.3.flatMap({ Int($0) }) else { return true }
        return port <= 65_535 && port != (parts.1 == "https" ? 443 : 80)
    }
}
