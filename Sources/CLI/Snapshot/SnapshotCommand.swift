import ArgumentParser
import Foundation
import Postgres
import Schema
import Snapshot

struct SnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Move the collector's SQLite database into the archive, and show that it arrived.",
        discussion: "Example:  xmonitor snapshot import x_monitor.db",
        subcommands: [
            TakeCommand.self, InspectCommand.self, ExportCommand.self, ImportCommand.self, ValidateCommand.self, UndoCommand.self,
            RehearseCommand.self,
        ])
}

/// What every verb takes that reads a snapshot.
struct SnapshotArguments: ParsableArguments {
    @Argument(help: "The SQLite file, or a folder with one <table>.jsonl per table.") var path: String
    @Flag(help: "Print JSON.") var json = false
}

/// Runs `body` on a connection of its own, when the database is one to write in; Ctrl-C ends it, and what it had begun is undone.
func onConnection<Value: Sendable>(
    _ options: ConnectionOptions, _ body: @escaping @Sendable (Connection) async throws -> Value
) async throws -> Value {
    let connection = try await Connection.connect(options)
    do {
        let value = try await cancelledByInterrupt {
            try await Target.check(connection, for: .writing)
            return try await body(connection)
        }
        await connection.close()
        return value
    } catch {
        await connection.close()
        throw error
    }
}

extension ProgressLine {
    func show(_ progress: SnapshotProgress) {
        switch progress {
        case .reading(let table, let done, let total): show("reading \(table)", done: done, total: total, tellsEnd: true)
        case .resuming(let table): show("going on after \(table)")
        case .writing(let table): show("writing \(table)")
        case .indexing: show("building the indexes")
        case .comparing(let table): show("comparing \(table)")
        case .copying(let done, let total): show("copying pages", done: done, total: total)
        case .checking(let file): show("checking \(file)")
        }
    }
}
