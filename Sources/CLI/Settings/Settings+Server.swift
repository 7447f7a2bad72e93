import API
import Foundation

extension Settings {
    /// What the server needs, checked.
    func serverConfiguration(cursorKey: [UInt8]) throws -> ServerConfiguration {
        let webRoot = text(.webRoot)
        return ServerConfiguration(
            serviceName: text(.serviceName), serviceVersion: text(.serviceVersion),
            readAccess: try readAccess(), ingestKeys: try ingestKeys(), cursorKey: cursorKey,
            defaultLimit: try integer(.feedDefaultLimit, 1...integer(.feedMaximumLimit, 1...1_000)),
            maximumLimit: try integer(.feedMaximumLimit, 1...1_000), maximumItems: try integer(.maximumItems, 1...100_000),
            maximumBodyBytes: try integer(.maximumBytes, 1_024...(1 << 30)), requestTimeout: try seconds(.requestTimeout),
            readerPatience: try seconds(.readerTimeout), maximumConnections: try integer(.maximumConnections, 1...100_000),
            headPatience: try seconds(.headerTimeout), maximumConnectionsOfAddress: try connectionsOfAddress(),
            requestsPerMinute: try requestsPerMinute(), trustedProxies: try trustedProxies(),
            downloadPatience: try seconds(.downloadTimeout), downloadTime: try seconds(.downloadLimit),
            maximumDownloads: max(1, try integer(.poolSize, 1...1_000) / 2),
            publicURL: try publicURL(), webRoot: webRoot.isEmpty ? nil : webRoot,
            maximumWait: try seconds(.maximumWait, most: 30), maximumStreams: try integer(.maximumStreams, 0...10_000),
            contact: optional(.contact), allowedOrigins: try origins())
    }

    /// What the server can run with and should not, as sentences.
    func warnings() throws -> [String] {
        try keyWarnings() + [proxyWarning()].compactMap { $0 }
    }

    func publicURL() throws -> String? {
        guard let text = optional(.publicURL) else { return nil }
        guard let url = URLComponents(string: text), ["http", "https"].contains(url.scheme), url.host?.isEmpty == false, url.query == nil,
            url.fragment == nil, url.user == nil
        else {
            throw Failure("\(Setting.publicURL.name) \(Self.shown(text)); it has to be like https://host or https://host/path.")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// What an address is, for the message that refuses it. A password in it is not shown.
    static func shown(_ address: String) -> String {
        address.contains("@") ? "holds an @, as before a password, and is not shown" : "is \"\(address)\""
    }
}
