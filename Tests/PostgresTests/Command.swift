import Foundation
import Synchronization

/// Runs shell commands for the tests.
enum Command {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The write ends of the pipes the watching shells read from: closed when this process ends.
    private static let lifelines = Mutex<[Int32]>([])

    @discardableResult
    static func run(_ script: String) throws -> String { try run(["/bin/bash", "-c", script]) }

    /// Postgres and PgBouncer refuse to run as root.
    @discardableResult
    static func runAsPostgres(_ script: String) throws -> String { try run(asPostgres(script)) }

    /// Runs a server until this process ends, whatever ends it; `log` gets its output.
    static func watchOverAsPostgres(_ command: String, log: String, signal: String, cleanup: String) throws {
        let process = Process()
        let script = """
            \(command) </dev/null >\(log) 2>&1 &
            pid=$!; cat >/dev/null; kill -\(signal) $pid; wait $pid; cd /; \(cleanup)
            """
        let arguments = asPostgres(script)
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        let lifeline = Pipe()
        process.standardInput = lifeline
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        // Other children must not keep the pipe open.
        let descriptor = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_DUPFD_CLOEXEC, 3)
        lifelines.withLock { $0.append(descriptor) }
        try process.run()
    }

    private static func asPostgres(_ script: String) -> [String] {
        getuid() == 0
            ? ["/usr/sbin/runuser", "-u", "postgres", "--", "/bin/bash", "-c", script] : ["/bin/bash", "-c", script]
    }

    private static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "\(arguments.last ?? ""): \(text)") }
        return text
    }
}
