import ArgumentParser
import Domain
import JSON
import Store

struct ListKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys in Postgres, those that are over too. Keys of the environment are not among them.",
        discussion: "Example:  xmonitor keys list --json")

    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let keys = try await onConnection(database) { try await KeyRegister.all($0) }
        try printResult(json ? Self.json(keys) : Self.text(keys))
    }

    private static func text(_ keys: [AccessKey]) -> String {
        guard !keys.isEmpty else { return "There are no keys. `xmonitor keys create` makes one." }
        let head = ["id", "key", "name", "scopes", "state", "ends", "last used", "made by"]
        return columns(
            [head]
                + keys.map { key in
                    let end = [key.expiresAt, key.revokedAt].compactMap(\.self).min()
                    return [
                        "\(key.id)", key.prefix + "…", key.name, key.scopeText, key.state, minute(end), minute(key.lastUsedAt),
                        key.createdBy,
                    ]
                }
        ).joined(separator: "\n")
    }

    private static func minute(_ moment: Timestamp?) -> String {
        moment.map { $0.iso8601.prefix(16).replacing("T", with: " ") + " UTC" } ?? "never"
    }

    private static func json(_ keys: [AccessKey]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("keys")
            writer.array { writer in for key in keys { writer.object { key.writeMembers(to: &$0) } } }
        }
        return writer.text
    }
}
