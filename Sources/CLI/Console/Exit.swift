import ArgumentParser
import Domain
import Foundation
import Postgres
import Sample
import Schema
import Snapshot

/// How the program ends. 0: all is well; 1: it ran, and found something rejected or different; 2: it could not run.
enum Exit {
    static let found = ExitCode(1)
    static let couldNotRun = ExitCode(2)

    /// Ends the program for `error`: help and exit codes as they are, any failure with one clear sentence.
    static func end(with error: any Error) -> Never {
        if let code = error as? ExitCode { end(with: code.rawValue) }
        if XMonitor.exitCode(for: error) == .success { XMonitor.exit(withError: error) }
        let text = sentence(for: error)
        let isOurs = !(text.hasPrefix("Error:") || text.hasPrefix("Usage:"))
        LineWriter.standardError.write(Array(((isOurs ? "xmonitor: " : "") + text + "\n").utf8))
        end(with: couldNotRun.rawValue)
    }

    /// What is wrong and what to do, for people.
    static func sentence(for error: any Error) -> String {
        switch error {
        case let failure as Failure: failure.message
        case let error as SchemaError: error.description
        case SnapshotError.outdatedSchema(let applied, let needed): Failure(schema: applied, needed: needed).message
        case let error as SnapshotError: error.description
        case let error as SampleError: error.description
        case let error as PostgresError: Failure(error).message
        case is CancellationError: "Interrupted. Nothing was changed; run the command again."
        default: text(of: error)
        }
    }

    /// How arguments are meant, where they are what is wrong; the bare message otherwise.
    private static func text(of error: any Error) -> String {
        let explained = XMonitor.fullMessage(for: error)
        return explained.contains("Usage:") ? explained : XMonitor.message(for: error)
    }

    /// Ends the program once what it printed is written, or nobody takes it.
    static func end(with code: Int32) -> Never {
        LineWriter.flushAll()
        exit(code)
    }
}

/// A reason why the program cannot go on, with the remedy.
struct Failure: Error {
    var message: String

    private static let applySchema = "Run `xmonitor schema apply`."

    init(_ message: String) {
        self.message = message
    }

    /// The schema of the database has the version `applied`, 0 when there is none.
    init(schema applied: Int, needed: Int) {
        message =
            applied > needed
            ? "The database has schema version \(applied), this program knows \(needed). Update xmonitor."
            : "The database has schema version \(applied), this program needs \(needed). \(Self.applySchema)"
    }

    init(_ error: PostgresError) {
        let remedy =
            switch error.kind {
            case .connection where error.sqlState == .insufficientPrivilege:
                "As the owner of the database: GRANT CONNECT ON DATABASE … TO …, with its name and that of the role."
            case .connection: "Check DATABASE_URL or the PG* variables, and whether Postgres runs there."
            case .timeout: "Try again when the database is less busy."
            default: error.sqlState == .undefinedTable ? Self.applySchema : ""
            }
        message = [error.description, remedy].filter { !$0.isEmpty }.joined(separator: "\n  ")
    }
}
