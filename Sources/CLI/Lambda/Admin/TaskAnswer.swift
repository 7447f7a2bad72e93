import ArgumentParser
import JSON

/// What became of a task.
struct TaskAnswer: Sendable {
    var id: String
    /// Whether the command came to its end. If not, the same task again goes on.
    var isDone: Bool
    var exitCode: Int32?
    var output = ""
    var errors = ""
    /// The folder of the bucket that has it all; nil when there is none.
    var results: String?

    /// The command did not begin, or not come to its end, for this reason.
    init(_ id: String, couldNotRun reason: String) {
        (self.id, isDone, exitCode, errors) = (id, true, Exit.couldNotRun.rawValue, "xmonitor: \(reason)\n")
    }

    init(_ id: String, _ outcome: ChildCommand.Outcome) {
        // It may have come to its end just then.
        let hasEnded = !outcome.wasInterrupted || outcome.exitCode == 0 || outcome.exitCode == Exit.found.rawValue
        (self.id, isDone, exitCode) = (id, hasEnded, hasEnded ? outcome.exitCode : nil)
        (output, errors) = (outcome.output, outcome.errors)
        if hasEnded, exitCode == nil { errors += "xmonitor: The command was ended by a signal. Run the task again; an import goes on.\n" }
    }

    /// Time was up before the command began.
    init(unfinished id: String) { (self.id, isDone) = (id, false) }

    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", id)
            writer.member("done", isDone)
            writer.member("exit_code", exitCode.map { Int64($0) })
            writer.member("output", output)
            writer.member("errors", errors)
            writer.member("results", results)
        }
        return writer.bytes
    }
}
