import API

extension ReadAccess {
    /// A sentence for the log where reading needs nothing.
    var openness: String? {
        switch self {
        case .open: "Reading is open: the server listens on loopback, and \(Setting.readAccess.name) is not set."
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
            guard isLoopback else {
                throw Failure(
                    """
                    \(Setting.host.name) is \(text(.host)), which others reach, and \(Setting.readAccess.name) does not say who may read. Set it to keys (only \
                    holders of a key, which `xmonitor keys create` makes), to oidc (readers who sign in, and holders of a key), or to public (everybody who \
                    reaches the address).
                    """)
            }
            return .open
        }
        guard let access = ReadAccess(rawValue: text), access != .open else {
            throw Failure("\(Setting.readAccess.name) is \"\(text)\"; it has to be keys, oidc or public.")
        }
        return access
    }

    /// Whether nobody but this machine reaches the server.
    var isLoopback: Bool {
        ProviderAddress.isLoopback(text(.host).lowercased())
    }
}
