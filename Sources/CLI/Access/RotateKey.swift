import API
import ArgumentParser
import Domain
import Store

struct RotateKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make a key in the place of another, which lives on for a while.",
        discussion: """
            Example:  (umask 077; xmonitor keys rotate 3 --overlap 7d > key.new) && mv key.new collector.key
            The new key has the name, the scopes and the lifetime of the old one. It goes to standard output, this once.
            """)

    @Argument(help: "The number of the old key, or its first 8 letters.") var key: String
    @Option(help: "How long the old one lives on, as 7d or 12h; 0d ends it at once.", transform: Lifetime.parseOverlap)
    var overlap: Int64 = 7 * 86_400
    @Option(help: "When the new one ends, as for `keys create`.", transform: Lifetime.parse) var expires: Lifetime?
    @Flag(help: "Print JSON.") var json = false

    func validate() throws { _ = try KeyName.parse(key) }
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let (name, overlap, expires) = (try KeyName.parse(key), overlap, expires)
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        // What kind the old one is shows later.
        let (secret, token) = (KeySecret(.key), KeySecret(.feedToken))
        do {
            let (old, new) = try await onConnection(database) { connection in
                try await KeyRegister.rotate(name, overlap: overlap, by: CommandLineUser.name, connection) { old in
                    Self.successor(of: old, old.view == nil ? secret : token, expires)
                }
            }
            try MadeKey(key: new, secret: new.view == nil ? secret : token, old: old).show(asJSON: json)
        } catch let refusal as KeyRegister.Refusal {
            throw Failure(refusal, key)
        }
    }

    private static func successor(of old: AccessKey, _ secret: KeySecret, _ expires: Lifetime?) -> NewAccessKey {
        let lifetime = old.expiresAt.map { Lifetime.seconds(($0.microseconds - old.createdAt.microseconds) / 1_000_000) }
        return NewAccessKey(
            prefix: secret.prefix, digest: secret.digest, name: old.name, scopes: old.scopes, view: old.view, owner: old.owner,
            createdBy: CommandLineUser.name, expiresAt: (expires ?? lifetime ?? .unlimited).end)
    }
}
