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
        LineWriter.standardError.write(Array("xmonitor: \(sentence(for: error))\n".utf8))
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
        return explained.contains("Usage:") ? explained.replacing(#/^Error: /#, with: "") : XMonitor.message(for: error)
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

    /// - Parameter faults: what is wrong, all at once; not empty.
    init(faults: [String]) {
        message =
            faults.count == 1
            ? faults[0] : "\(faults.count) settings are wrong:\n" + faults.map { "  - \($0)" }.joined(separator: "\n")
    }

    /// The schema of the database has the version `applied`, 0 when there is none.
    init(schema applied: Int, needed: Int) {
        message =
            switch applied {
            case 0: "This database has no schema of XMonitor yet. \(Self.applySchema)"
            case ...needed:
                "The database has schema version \(applied), this program needs \(needed): the database is older. \(Self.applySchema)"
            default: "The database has schema version \(applied), this program knows \(needed): the database is newer. Update xmonitor."
            }
    }

    init(_ error: PostgresError) {
        if error.kind == .connection, let statement = error.statementName {
            // Everything that is written is written in transactions.
            let outcome =
                statement == "commit" ? "It is not known whether the transaction was committed." : "The transaction was not committed."
            message =
                "The connection to the database broke during \(statement): Postgres was stopped, or the network failed. \(outcome) Run the command again."
            return
        }
        let remedy =
            switch error.kind {
            case .connection where error.sqlState == .insufficientPrivilege:
                "As the owner of the database: GRANT CONNECT ON DATABASE … TO …, with its name and that of the role."
            case .connection: Self.remedy(forRefusedLogin: error)
            case .timeout: "Try again when the database is less busy."
            default: error.sqlState == .undefinedTable ? Self.applySchema : ""
            }
        let start = error.sqlState == .undefinedTable ? "This database has no schema of XMonitor yet, or an older one.\n  " : ""
        message = [start + error.description, remedy].filter { !$0.isEmpty }.joined(separator: "\n  ")
    }

    private static func remedy(forRefusedLogin error: PostgresError) -> String {
        switch error.sqlState {
        case .invalidPassword: "The password is wrong. It comes from DATABASE_URL, PGPASSWORD or the password file of libpq."
        case .invalidCatalogName:
            "Create the database, with createdb or `xmonitor database bootstrap`, or name another one in DATABASE_URL."
        case nil where error.description.contains("no password supplied"):
            "Postgres asks for a password, and there is none in DATABASE_URL, PGPASSWORD or the password file of libpq."
        case nil: "Check DATABASE_URL or the PG* variables, and whether Postgres runs there."
        default: ""
        }
    }
}
