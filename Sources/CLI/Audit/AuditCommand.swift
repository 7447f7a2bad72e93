import ArgumentParser
import Domain
import JSON
import Postgres
import Store

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "List what was done to access and by operators, and what was refused, oldest first.",
        discussion: """
            Example:  xmonitor audit --since 7d
                      xmonitor audit --since 2026-02-22T09:30:00Z --json
            """)

    @Option(help: "From when on: a time before now as 7d or 12h, a moment, or a day.", transform: Self.moment) var since: Timestamp
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let (since, database) = (since, try await settings.load().database())
        try await database.requireCurrentSchema()
        let entries = try await onConnection(database) { connection -> [AuditEntry] in
            var entries: [AuditEntry] = []
            var position: AuditPosition?
            while true {
                let page = try await connection.query(AuditQueries.list(since: since, after: position, limit: 1_000))
                entries += page
                guard let last = page.last else { return entries.reversed() }
                position = AuditPosition(at: last.at, id: last.id)
            }
        }
        try printResult(json ? Self.json(entries) : Self.text(entries))
    }

    private static func moment(_ text: String) throws -> Timestamp {
        if let seconds = TimeArgument.seconds(text) { return .now(plus: -seconds) }
        guard let moment = TimeArgument.moment(text) else {
            throw ValidationError("\"\(text)\" is no time: write one before now as 7d or 12h, a moment as 2026-02-22T09:30:00Z, or a day.")
        }
        return moment
    }

    private static func text(_ entries: [AuditEntry]) -> String {
        guard !entries.isEmpty else { return "There is nothing in the audit since then." }
        return columns(
            [["at", "action", "in whose name", "of", "details"]]
                + entries.map { entry in
                    [entry.at.iso8601, entry.action, plain(entry.principal), plain(entry.subject ?? ""), entry.details.text]
                }
        ).joined(separator: "\n")
    }

    /// Without what a terminal would obey.
    private static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    }

    private static func json(_ entries: [AuditEntry]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("items")
            writer.array { writer in for entry in entries { entry.write(to: &writer) } }
        }
        return writer.text
    }
}

extension JSONObject {
    /// `name=value`, for people; a control character of a value is not one here.
    fileprivate var text: String {
        members.map { member in
            var writer = JSONWriter()
            if case .string(let text) = member.value,
                text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:{}@".contains($0)) })
            {
                return "\(member.name)=\(text)"
            }
            writer.value(member.value)
            return "\(member.name)=\(writer.text)"
        }.joined(separator: " ")
    }
}
