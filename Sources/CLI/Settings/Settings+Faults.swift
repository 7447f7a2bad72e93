extension Settings {
    /// What is wrong with the settings of a server, each once and with its remedy; empty when it can run with them.
    func faults(for mode: ServingMode) -> [String] {
        let ofEach = Setting.all.map { setting in { () throws -> Void in try check(setting) } }
        let ofSeveral: [() throws -> Void] = [
            { _ = try readAccess() }, { _ = try ingestKeys() }, { _ = try cursorKey() }, { _ = try trustedProxies() },
            { _ = try publicURL() }, { _ = try origins() }, { _ = try signIn() }, { _ = try secretsObject() },
            { _ = try gonePosts() },
            { _ = try connectionOptions(optional(.databaseURL) ?? "") },
            { if let address = optional(.readDatabaseURL) { _ = try connectionOptions(address, of: .readDatabaseURL) } },
            { try requireWebFolder() },
            { _ = try serverConfiguration(cursorKey: cursorKey() ?? []) }, { try requireReadAccess(for: mode) },
        ]
        var faults: [String] = []
        for check in ofEach + ofSeveral {
            do { try check() } catch {
                let fault = Exit.sentence(for: error)
                if !faults.contains(fault) { faults.append(fault) }
            }
        }
        return faults
    }

    private func requireReadAccess(for mode: ServingMode) throws {
        guard mode == .process || optional(.readAccess) != nil else {
            throw Failure(
                "\(Setting.readAccess.name) is not set, and others than the users of this machine reach a function. Set it to keys, oidc or public."
            )
        }
    }
}
