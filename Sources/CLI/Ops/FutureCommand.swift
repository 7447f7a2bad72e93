import ArgumentParser
import Domain
import JSON
import Postgres
import Schema
import Store

struct FutureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "future",
        abstract: "List moments more than ten minutes ahead of the database's clock, which no news can overtake; --mend mends them.",
        discussion: """
            Example:  xmonitor ops future --mend
            A mended moment is the time at which the batch arrived that told it. Collectors may go on writing meanwhile.
            The audit has a row of what was mended.
            Exit code 0: there is none, or they were mended; 1: there are some; 2: it could not be found out, and nothing was mended.
            """)

    @Flag(help: "Mend them, all or none.") var mend = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let mend = mend
        let (found, mended) = try await onConnection(database) { connection -> (FutureMoments, [FutureMend.Table]) in
            if mend { return try await FutureMend.run(by: CommandLineUser.name, connection) }
            return try await connection.transaction(isolation: .repeatableRead, readOnly: true) { (try await FutureMoments.find($0), []) }
        }
        try printResult(json ? found.json(mended) : found.text(mended))
        if !mend, !found.isEmpty { throw Exit.found }
    }
}

extension FutureMoments {
    fileprivate func text(_ mended: [FutureMend.Table]) -> String {
        guard !isEmpty else { return "No moment is more than ten minutes ahead of the database's clock, \(now.iso8601)." }
        var lines = ["Moments more than ten minutes ahead of the database's clock, \(now.iso8601):"]
        let shown = 3
        lines += CLI.columns(
            [["column", "rows", "first"]]
                + columns.map { column in
                    let first = column.first.prefix(shown).map { "\($0.key) (\($0.moment.iso8601))" }.joined(separator: ", ")
                    return ["\(column.table).\(column.name)", "\(column.rows)", first + (column.rows > shown ? ", …" : "")]
                })
        guard !mended.isEmpty else { return (lines + ["Mend them with `xmonitor ops future --mend`."]).joined(separator: "\n") }
        lines.append("Mended:")
        lines += CLI.columns([["table", "mended", "removed"]] + mended.map { [$0.name, "\($0.mended)", "\($0.removed)"] })
        if mended.contains(where: { $0.removed > 0 }) {
            lines.append("Removed is what belongs to a moment at which the archive has such a row already.")
        }
        lines.append("What was seen since and lost against these moments comes back when it is sent again.")
        return lines.joined(separator: "\n")
    }

    fileprivate func json(_ mended: [FutureMend.Table]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("now", now)
            writer.key("found")
            writer.array { writer in
                for column in columns {
                    writer.object { writer in
                        writer.member("table", column.table)
                        writer.member("column", column.name)
                        writer.member("rows", Int64(column.rows))
                        writer.key("first")
                        writer.array { writer in
                            for row in column.first {
                                writer.object { writer in
                                    writer.member("key", row.key)
                                    writer.member("moment", row.moment)
                                }
                            }
                        }
                    }
                }
            }
            writer.key("mended")
            writer.array { writer in
                for table in mended {
                    writer.object { writer in
                        writer.member("table", table.name)
                        writer.member("mended", Int64(table.mended))
                        writer.member("removed", Int64(table.removed))
                    }
                }
            }
        }
        return writer.text
    }
}
