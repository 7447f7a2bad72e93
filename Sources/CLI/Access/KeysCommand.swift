import ArgumentParser
import Domain
import Store

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, list, rotate and revoke the keys of programs and the tokens of feeds.",
        discussion: """
            Example:  xmonitor keys create --name collector --scopes ingest
            What is made here is good on every server at once, and what is revoked ends there within a minute, without a restart.
            """,
        subcommands: [CreateKey.self, ListKeys.self, RotateKey.self, RevokeKey.self])
}

extension Failure {
    /// - Parameter name: as the command line had it.
    init(_ refusal: KeyRegister.Refusal, _ name: String) {
        switch refusal {
        case .unknown: self.init("There is no key \(name). `xmonitor keys list` shows all of them.")
        case .ambiguous(let keys):
            let ids = keys.map { "\($0.id) (\($0.name))" }.joined(separator: ", ")
            self.init("Several keys begin with \(name). Name one of them by its number: \(ids).")
        case .over(let key, .expired):
            self.init(
                "The key \(key.subject) expired at \(key.expiresAt?.iso8601 ?? ""). Nothing was changed; `xmonitor keys create` makes another."
            )
        case .over(let key, _):
            self.init(
                "The key \(key.subject) was revoked at \(key.revokedAt?.iso8601 ?? ""). Nothing was changed; `xmonitor keys create` makes another."
            )
        case .rotated(let key):
            self.init(
                "The key \(key.subject) has a successor already, and lives on until \(key.revokedAt?.iso8601 ?? ""). Nothing was changed; `xmonitor keys revoke \(key.id)` ends it now."
            )
        }
    }
}
