import API
import Domain
import Foundation

extension Settings {
    /// What the server needs, checked.
    func serverConfiguration(cursorKey: [UInt8]) throws -> ServerConfiguration {
        return ServerConfiguration(
            serviceName: text(.serviceName), serviceVersion: text(.serviceVersion),
            readAccess: try readAccess(), ingestKeys: try ingestKeys(), cursorKey: cursorKey,
            defaultLimit: try defaultLimit(),
            maximumLimit: try integer(.feedMaximumLimit), maximumItems: try integer(.maximumItems),
            maximumBodyBytes: try integer(.maximumBytes), requestTimeout: try seconds(.requestTimeout),
            readerPatience: try seconds(.readerTimeout), maximumConnections: try integer(.maximumConnections),
            headPatience: try seconds(.headerTimeout), maximumConnectionsOfAddress: try connectionsOfAddress(),
            requestsPerMinute: try requestsPerMinute(), trustedProxies: try trustedProxies(),
            downloadPatience: try seconds(.downloadTimeout), downloadTime: try seconds(.downloadLimit),
            maximumDownloads: max(1, try integer(.poolSize) / 2),
            publicURL: try publicURL(), webRoot: webFolder,
            maximumWait: try seconds(.maximumWait), maximumStreams: try integer(.maximumStreams),
            contact: optional(.contact), allowedOrigins: try origins())
    }

    /// The folder of the web feed; nil where the API is served alone.
    ///
    /// Where it is not named, it lies beside the program, or in the current folder, as in a checkout.
    private var webFolder: String? {
        let name = text(.webRoot)
        guard case .standard? = source(.webRoot) else { return name.isEmpty ? nil : name }
        let beside = "\(ThisProgram.folder)/\(name)"
        return FileManager.default.fileExists(atPath: beside) ? beside : name
    }

    /// - Throws: `Failure` when a folder is named that has no page.
    func requireWebFolder() throws {
        guard text(.webRoot) != Setting.webRoot.standard, let folder = webFolder,
            !FileManager.default.isReadableFile(atPath: "\(folder)/index.html")
        else { return }
        throw Failure(
            "\(named(.webRoot)) is \"\(folder)\", which cannot be read or has no index.html. Name the folder of the page, or nothing to serve the API alone."
        )
    }

    func gonePosts() throws -> GonePostRule {
        guard let rule = GonePostRule(rawValue: text(.gonePosts)) else {
            throw Failure(
                "\(Setting.gonePosts.name) is \"\(text(.gonePosts))\"; it has to be \(GonePostRule.allCases.map(\.rawValue).joined(separator: " or "))."
            )
        }
        return rule
    }

    /// What the server can run with and should not, as sentences.
    func warnings() throws -> [String] {
        try keyWarnings() + [proxyWarning()].compactMap { $0 }
    }

    private func defaultLimit() throws -> Int {
        let (limit, maximum) = (try integer(.feedDefaultLimit), try integer(.feedMaximumLimit))
        guard limit <= maximum else {
            throw Failure(
                "\(named(.feedDefaultLimit)) is \(limit), and \(named(.feedMaximumLimit)) is \(maximum). Make the first the smaller one.")
        }
        return limit
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
}
