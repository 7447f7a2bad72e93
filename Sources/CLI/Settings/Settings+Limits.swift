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
        let perMinute = try kinds.map { kind, setting in (kind, try integer(setting, 0...1_000_000)) }
        guard try areRequestsCounted() else { return [:] }
        return Dictionary(uniqueKeysWithValues: perMinute.filter { $1 > 0 })
    }

    /// Most connections of one address; nil where they are not counted.
    func connectionsOfAddress() throws -> Int? {
        let maximum = try integer(.connectionsOfAddress, 1...100_000)
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

    /// On loopback there is one user, unless a proxy brings others.
    private func areRequestsCounted() throws -> Bool {
        try optional(.rateLimits) == nil ? !isLoopback || !trustedProxies().isEmpty : boolean(.rateLimits)
    }
}
