import API
import Foundation

extension Settings {
    /// How many requests of each kind a caller may send in a minute.
    ///
    /// - Throws: `Failure` for what is no number.
    func requestsPerMinute() throws -> [RateKind: Int] {
        let kinds: [(RateKind, Setting)] = [
            (.reads, .readsPerMinute), (.ingest, .ingestPerMinute), (.signIn, .signInsPerMinute), (.downloads, .downloadsPerMinute),
        ]
        let perMinute = try kinds.map { kind, setting in (kind, try integer(setting)) }
        guard try areRequestsCounted() else { return [:] }
        return Dictionary(uniqueKeysWithValues: perMinute.filter { $1 > 0 })
    }

    /// Most connections of one address; nil where they are not counted.
    func connectionsOfAddress() throws -> Int? {
        let maximum = try integer(.connectionsOfAddress)
        return try areRequestsCounted() ? maximum : nil
    }

    /// The proxies whose word is believed.
    ///
    /// - Throws: `Failure` for what is no address.
    func trustedProxies() throws -> [AddressRange] {
        try (optional(.trustedProxies) ?? "").split(separator: ",").map { part in
            let text = part.trimmingCharacters(in: .whitespaces)
            guard let range = AddressRange(text) else {
                throw Failure(
                    "\(Setting.trustedProxies.name) has \"\(text)\", which is no IP address and no range of them such as 10.0.0.0/8.")
            }
            return range
        }
    }

    /// A sentence where a proxy is not named.
    ///
    /// - Throws: `Failure` for a setting that means nothing.
    func proxyWarning() throws -> String? {
        guard try areRequestsCounted(), try trustedProxies().isEmpty, try publicURL()?.hasPrefix("https:") == true else { return nil }
        return """
            \(Setting.publicURL.name) begins with https, so a proxy stands in front, and \(Setting.trustedProxies.name) does not name it: all readers share the \
            limits of one address, the proxy's. Set it to that address.
            """
    }

    /// Where only this machine reaches the server there is one user.
    private func areRequestsCounted() throws -> Bool {
        try optional(.rateLimits) == nil ? wayIn() != nil : boolean(.rateLimits)
    }
}
