internal import Domain

/// The identity that a request is handled for, and its scopes.
struct Principal: Hashable, Sendable {
    enum Identity: Hashable, Sendable {
        case nobody
        /// A key of the environment, which has no number.
        case environmentKey(name: String)
        case key(id: Int64, name: String)
        /// A reader who signed in. `session` tells two sessions of one reader apart.
        case session(email: String, session: String)
    }

    var identity: Identity
    var scopes: Set<Scope>
    /// The query of the one view that a feed token shows.
    var view: String?

    static let nobody = Principal(identity: .nobody, scopes: [])

    /// As log lines and the audit have it. The name of a key is anybody's choice, so its number stands beside it.
    var logName: String { if case .key(let id, let name) = identity { "\(name) (\(id))" } else { name } }

    /// As receipts have it: a key and its successor have one.
    var name: String {
        switch identity {
        case .nobody: "nobody"
        case .environmentKey(let name), .key(_, let name): name
        case .session(let email, _): email
        }
    }

    /// Whether a route of `scope` is open to it. Who may read everything may read a view of it.
    func may(_ scope: Scope) -> Bool {
        scopes.contains(scope) || scope == .feed && scopes.contains(.read)
    }
}
