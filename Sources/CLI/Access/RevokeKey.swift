import ArgumentParser
import Domain
import Store

struct RevokeKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a key, or every feed token of a reader. Servers refuse it within a minute.",
        discussion: """
            Example:  xmonitor keys revoke 3
            The feed tokens of a reader who left:  xmonitor keys revoke --owner ada@example.com
            """)

    @Argument(help: "The number of the key, or its first 8 letters.") var key: String?
    @Option(help: "The e-mail address of a reader, whose feed tokens all end.") var owner: String?

    func validate() throws {
        guard (key == nil) != (owner == nil) else { throw ValidationError("Name a key, or the --owner of feed tokens.") }
        if let key { _ = try KeyName.parse(key) }
    }
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let user = CommandLineUser.name
        if let owner {
            let revoked = try await onConnection(database) { try await KeyRegister.revokeAll(of: owner.asciiLowercased, by: user, $0) }
            return try printResult(revoked.isEmpty ? "\(owner) has no feed token." : Self.text(revoked))
        }
        guard let key else { return }
        let name = try KeyName.parse(key)
        do {
            try printResult(Self.text([try await onConnection(database) { try await KeyRegister.revoke(name, by: user, $0) }]))
        } catch let refusal as KeyRegister.Refusal {
            throw Failure(refusal, key)
        }
    }

    private static func text(_ keys: [AccessKey]) -> String {
        keys.map { "Revoked \($0.subject). Every server refuses it within a minute." }.joined(separator: "\n")
    }
}
