import Foundation
import Subprocess
import SystemPackage

/// This program, run once more with other arguments.
struct ChildCommand: Sendable {
    let arguments: [String]
    let folder: String
    /// Beside those that it inherits; nil takes one away.
    let settings: [Subprocess.Environment.Key: String?]

    struct Outcome: Sendable {
        /// Nil when it was ended, by its time or by a signal.
        var exitCode: Int32?
        var output: String
        var errors: String
        var wasInterrupted: Bool
    }

    private static let maximumOutput = 512 << 10
    private static let maximumErrors = 128 << 10
    /// A command that is interrupted undoes what it had begun. Postgres does so by itself when it is killed.
    private static let patience: Duration = .seconds(12)
    /// Those of Lambda's Runtime API: with them the program would be a function.
    private static let ofFunction: [Subprocess.Environment.Key: String?] = ["AWS_LAMBDA_RUNTIME_API": nil, "_HANDLER": nil]

    /// Runs it, and interrupts it when it has not ended by `end`.
    func run(until end: ContinuousClock.Instant) async throws -> Outcome {
        let done = try await Subprocess.run(
            .path(FilePath(ThisProgram.path)), arguments: Arguments(arguments),
            environment: .inherit.updating(Self.ofFunction).updating(settings), workingDirectory: FilePath(folder), input: .none,
            output: .sequence, error: .sequence
        ) { execution in
            let alarm = Task {
                try await Task.sleep(until: end, clock: .continuous)
                await execution.teardown(using: [.send(signal: .interrupt, allowedDurationToNextStep: Self.patience)])
            }
            let printed: Result<(output: String, errors: String), any Error>
            do { printed = .success(try await Self.printed(by: execution.standardOutput, execution.standardError)) } catch {
                printed = .failure(error)
            }
            alarm.cancel()
            // It may be interrupting just now, and its number is another's once this has returned.
            _ = await alarm.result
            return try printed.get()
        }
        let code: Int32? = if case .exited(let code) = done.terminationStatus { code } else { nil }
        return Outcome(
            exitCode: code, output: done.closureResult.output, errors: done.closureResult.errors, wasInterrupted: .now >= end)
    }

    private static func printed(
        by output: SubprocessOutputSequence, _ errors: SubprocessOutputSequence
    ) async throws -> (output: String, errors: String) {
        async let first = tail(of: output, maximumOutput)
        async let second = tail(of: errors, maximumErrors)
        return try await (first, second)
    }

    /// The end of what it prints, with a line in front that says what is missing.
    private static func tail(of output: SubprocessOutputSequence, _ maximum: Int) async throws -> String {
        var (bytes, left) = ([UInt8](), 0)
        for try await buffer in output {
            buffer.withUnsafeBytes { bytes += $0 }
            guard bytes.count > 2 * maximum else { continue }
            left += bytes.count - maximum
            bytes.removeFirst(bytes.count - maximum)
        }
        if bytes.count > maximum {
            left += bytes.count - maximum
            bytes.removeFirst(bytes.count - maximum)
        }
        return (left > 0 ? "(\(left) bytes before this are left out)\n" : "") + String(decoding: bytes, as: UTF8.self)
    }
}
