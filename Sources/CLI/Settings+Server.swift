import API
import Foundation

extension Settings {
    /// What the server needs, checked.
    func serverConfiguration(cursorKey: [UInt8]) throws -> ServerConfiguration {
        let webRoot = text(.webRoot)
        return ServerConfiguration(
            serviceName: text(.serviceName), serviceVersion: text(.serviceVersion),
            ingestKeys: try ingestKeys(), cursorKey: cursorKey,
            defaultLimit: try integer(.feedDefaultLimit, 1...integer(.feedMaximumLimit, 1...1_000)),
            maximumLimit: try integer(.feedMaximumLimit, 1...1_000), maximumItems: try integer(.maximumItems, 1...100_000),
            maximumBodyBytes: try integer(.maximumBytes, 1_024...(1 << 30)), requestTimeout: try seconds(.requestTimeout),
            downloadPatience: try seconds(.downloadTimeout), maximumDownloads: max(1, try integer(.poolSize, 1...1_000) / 2),
            publicURL: try publicURL(), webRoot: webRoot.isEmpty ? nil : webRoot,
            maximumStreams: try integer(.maximumStreams, 0...10_000), allowedOrigins: try origins())
    }

    private func publicURL() throws -> String? {
        guard let text = optional(.publicURL) else { return nil }
        guard let url = URLComponents(string: text), ["http", "https"].contains(url.scheme), url.host?.isEmpty == false, url.query == nil,
            url.fragment == nil, url.user == nil
        else { throw Failure("\(Setting.publicURL.name) is \"\(text)\"; it has to be like https://host or https://host/path.") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Every key that collectors may write with, under the name that receipts have for it.
    private func ingestKeys() throws -> [IngestKey] {
        let single = [(Setting.ingestSecret, "shared-secret"), (.apiKey, "api-key")].compactMap { setting, name in
            optional(setting).map { IngestKey(name: name, secret: $0) }
        }
        let named = try (optional(.ingestKeys) ?? "").split(separator: ",").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw Failure("\(Setting.ingestKeys.name) has to be NAME=KEY, or several of them with commas between.")
            }
            return IngestKey(name: parts[0], secret: parts[1])
        }
        return single + named
    }
}
