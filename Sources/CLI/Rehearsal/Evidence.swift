import Domain
import Foundation
import JSON
import Snapshot
import Synchronization

/// The folder that shows what a rehearsal did: one file per step, in their order, and a list of all.
final class Evidence: Sendable {
    let folder: String
    private let steps = Mutex<[Step]>([])

    struct Step: Sendable {
        var name: String
        /// `passed`, `failed` or `refused`.
        var result: String
    }

    /// A step that is under way.
    struct Begun: Sendable {
        var name: String
        var command: [String]
        var started: ContinuousClock.Instant
        var startedAt: Timestamp
    }

    /// - Throws: `Failure` when the folder is there already or cannot be made.
    init(folder: String) throws {
        self.folder = folder
        let isThere = try? !FileManager.default.contentsOfDirectory(atPath: folder).isEmpty
        guard isThere != true else { throw Failure("The folder \(folder) is not empty. Name another one with --evidence.") }
        do { try PrivateFile.createFolder(folder) } catch {
            throw Failure("The folder \(folder) cannot be made: \(systemReason(error)). Name another one with --evidence.")
        }
    }

    var results: [Step] { steps.withLock { $0 } }

    func begin(_ name: String, _ command: [String]) -> Begun {
        say("→ \(name): \(command.joined(separator: " "))")
        return Begun(name: name, command: command, started: .now, startedAt: .now)
    }

    func end(_ begun: Begun, exitCode: Int32, output: String, passed: Bool) throws {
        let took = begun.started.duration(to: .now)
        try write(begun.name, passed ? "passed" : "failed") { writer in
            writer.key("command")
            writer.array { writer in for word in begun.command { writer.string(word) } }
            writer.member("started_at", begun.startedAt)
            writer.member("duration_ms", took.components.seconds * 1_000 + took.components.attoseconds / 1_000_000_000_000_000)
            writer.member("exit_code", Int64(exitCode))
            writer.key("output")
            writer.array { writer in
                for line in output.split(separator: "\n", omittingEmptySubsequences: false) { writer.string(String(line)) }
            }
        }
        say("  \(passed ? "passed" : "FAILED") in \(took.formatted(.units(allowed: [.minutes, .seconds, .milliseconds], width: .narrow)))")
        if !passed { say(output) }
    }

    /// Notes a step that this database must not be put through.
    func refuse(_ name: String, _ reason: String) throws {
        say("→ \(name): refused, \(reason)")
        try write(name, "refused") { writer in writer.member("reason", reason) }
    }

    /// Writes the list of all steps.
    func finish() throws {
        let steps = results
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("passed", !steps.contains { $0.result == "failed" })
            writer.key("steps")
            writer.array { writer in
                for step in steps {
                    writer.object { writer in
                        writer.member("step", step.name)
                        writer.member("result", step.result)
                    }
                }
            }
        }
        try save(writer, as: "rehearsal.json")
    }

    private func write(_ name: String, _ result: String, _ members: (inout JSONWriter) -> Void) throws {
        let number = steps.withLock { steps in
            steps.append(Step(name: name, result: result))
            return steps.count
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("step", name)
            writer.member("result", result)
            members(&writer)
        }
        try save(writer, as: "\(number < 10 ? "0" : "")\(number)-\(name).json")
    }

    private func save(_ writer: JSONWriter, as name: String) throws {
        try PrivateFile.write(writer.bytes + [UInt8(ascii: "\n")], to: "\(folder)/\(name)")
    }
}
