import API
import Foundation

extension ReadAccess {
    /// A sentence for the log where reading needs nothing.
    var openness: String? {
        switch self {
        case .open: "Reading is open: only this machine reaches the server, and \(Setting.readAccess.name) is not set."
        case .public: "Everybody who reaches this address can read: \(Setting.readAccess.name) is public."
        case .keys, .oidc: nil
        }
    }
}

extension Settings {
    /// Who may read. Nobody opens the archive to others without having said so.
    ///
    /// - Throws: `Failure` for another word, and where it is not said though others reach the server.
    func readAccess() throws -> ReadAccess {
        guard let text = optional(.readAccess) else {
            guard let way = try wayIn() else { return .open }
            throw Failure(
                """
                \(way.name) is \(self.text(way)), by which others reach the server, and \(Setting.readAccess.name) does not say who may read. Set it to keys (only \
                holders of a key, which `xmonitor keys create` makes), to oidc (readers who sign in, and holders of a key), or to public (everybody who \
                reaches the address).
                """)
        }
        guard let access = ReadAccess(rawValue: text), access != .open else {
            throw Failure("\(named(.readAccess)) \(Self.shown(text)); it has to be keys, oidc or public.")
        }
        return access
    }

    /// The setting by which others than the users of this machine reach the server: it listens to them, or stands behind a proxy that does.
    /// Nil where none does.
    ///
    /// - Throws: `Failure` for a setting that means nothing.
    func wayIn() throws -> Setting? {
        if !ProviderAddress.isLoopback(text(.host).lowercased()) { return .host }
        if try !trustedProxies().isEmpty { return .trustedProxies }
        guard let url = try publicURL(), let host = URLComponents(string: url)?.host else { return nil }
        return ProviderAddress.isLoopback(host.lowercased()) ? nil : .publicURL
    }
}
