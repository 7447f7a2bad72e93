internal import NIOCore

/// The address of a web page as a URI (RFC 3986), whatever it was written as: what may not stand where it stands is escaped, and nothing else is.
enum WebAddress {
    /// `http://` or `https://` as `text` begins with it, in either case. It is compared byte by byte: a combining mark behind a slash does
    /// not hide the slash.
    static func scheme(of text: String) -> String? {
        ["http://", "https://"].lazy.map { String(decoding: text.utf8.prefix($0.utf8.count), as: UTF8.self) }
            .first { ["http://", "https://"].contains($0.lowercased()) }
    }

    /// Nil when `text` is no address of a web page, or names no host.
    static func uri(_ text: String) -> String? {
        guard let scheme = scheme(of: text) else { return nil }
        let rest = Substring(text).unicodeScalars.dropFirst(scheme.unicodeScalars.count)
        let end = rest.firstIndex { "/?#\\".unicodeScalars.contains($0) } ?? rest.endIndex
        guard let authority = authority(String(rest[..<end])) else { return nil }
        let (beforeFragment, fragment) = cut(rest[end...], at: "#")
        let (path, query) = cut(beforeFragment, at: "?")
        // Browsers take a backslash for a slash there, and the address leads to the same place.
        let slashed = Scalars(path.map { $0 == "\\" ? "/" : $0 })
        return scheme + authority + PercentEncoding.mend(String(slashed), keeping: inPath)
            + (query.map { "?" + PercentEncoding.mend(String($0), keeping: inQuery) } ?? "")
            + (fragment.map { "#" + PercentEncoding.mend(String($0), keeping: inQuery) } ?? "")
    }

    private typealias Scalars = Substring.UnicodeScalarView

    private static func cut(_ text: Scalars, at mark: Unicode.Scalar) -> (before: Scalars, after: Scalars?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<place], text[text.index(after: place)...])
    }

    private static func authority(_ text: String) -> String? {
        let scalars = Substring(text).unicodeScalars
        let at = scalars.lastIndex(of: "@")
        let user = at.map { PercentEncoding.mend(String(scalars[..<$0]), keeping: inNames + ":") + "@" } ?? ""
        let place = at.map { scalars[scalars.index(after: $0)...] } ?? scalars
        var (host, port) = (String(place), "")
        if let colon = place.lastIndex(of: ":"), place[place.index(after: colon)...].allSatisfy({ ("0"..."9").contains($0) }) {
            (host, port) = (String(place[..<colon]), String(place[colon...]))
        }
        guard !host.isEmpty else { return nil }
        return user + (isIPv6(host) ? host : PercentEncoding.mend(host, keeping: inNames)) + port
    }

    /// In brackets, the only ones that an address may have.
    private static func isIPv6(_ host: String) -> Bool {
        guard host.hasPrefix("["), host.hasSuffix("]"), !host.contains("%") else { return false }
        guard let address = try? SocketAddress(ipAddress: String(host.dropFirst().dropLast()), port: 0), case .v6 = address else {
            return false
        }
        return true
    }

    private static let inNames = "!$&'()*+,;="
    private static let inPath = inNames + ":@/"
    private static let inQuery = inPath + "?"
}
