import Foundation
import Subprocess
import SystemPackage

/// The whole migration on a throw-away database, with the commands that the real one uses, and the evidence that it worked.
///
/// Each step is a command of this program, run as a process of its own. The first step that fails ends the rehearsal; the
/// throw-away database goes in any case.
struct Rehearsal: Sendable {
    let snapshot: String
    let evidence: Evidence
    let stage: Stage
    private let program = CommandLine.arguments[0]
    /// Good for this rehearsal only.
    private let key = "rehearsal-" + UUID().uuidString

    private static let label = "rehearsal"

    /// - Returns: whether every step passed.
    func run() async throws -> Bool {
        let isGood = try await migrate()
        let isClean = try await tidy()
        try evidence.finish()
        return isGood && isClean
    }

    private func migrate() async throws -> Bool {
        let copy = evidence.folder + "/snapshot.db"
        guard try await step("take", ["snapshot", "take", snapshot, copy]) else { return false }
        guard try await step("inspect", ["snapshot", "inspect", copy], passes: [0, 1]) else { return false }
        if stage.isReadOnly {
            for name in ["schema", "import"] { try evidence.refuse(name, stage.refusal) }
        } else {
            guard try await step("schema", ["schema", "apply"]),
                try await step(
                    "import",
                    ["snapshot", "import", copy, "--label", Self.label, "--rejects", evidence.folder + "/rejects.jsonl"], passes: [0, 1])
            else { return false }
        }
        guard try await step("validate", ["snapshot", "validate", copy, "--samples", "3", "--report", evidence.folder]) else {
            return false
        }
        guard try await serve() else { return false }
        if stage.isReadOnly {
            try evidence.refuse("undo", stage.refusal)
            return true
        }
        return try await step("undo", ["snapshot", "undo", "--label", Self.label])
    }

    /// Starts the API, and asks it and its page from outside while it runs.
    private func serve() async throws -> Bool {
        let command = evidence.begin("serve", [program, "serve"])
        let served = try await Subprocess.run(
            .path(FilePath(program)), arguments: ["serve"], environment: environment(), input: .none, output: .sequence,
            error: .combinedWithOutput
        ) { execution in
            var address: String?
            var printed: [String] = []
            for try await line in execution.standardOutput.strings() {
                printed.append(line)
                if let word = line.split(separator: " ").first(where: { $0.hasPrefix("http://") }) {
                    address = word.trimmingCharacters(in: CharacterSet(charactersIn: "/\n"))
                    break
                }
            }
            guard let address else {
                try evidence.end(command, exitCode: 2, output: "The server did not start.\n" + printed.joined(), passed: false)
                return false
            }
            try evidence.end(command, exitCode: 0, output: address, passed: true)
            let answers = try await step("smoke", ["smoke", address] + (stage.isReadOnly ? ["--read-only"] : []))
            let isShown = answers ? try await render(address) : false
            try execution.send(signal: .terminate)
            return isShown
        }
        return served.closureResult
    }

    /// Opens the feed in a browser, where there is one, and keeps its picture.
    private func render(_ address: String) async throws -> Bool {
        let page = RenderedFeed(address: address, picture: evidence.folder + "/feed.png")
        let command = evidence.begin("page", page.command)
        let (isGood, output) = try await page.render()
        try evidence.end(command, exitCode: isGood ? 0 : 1, output: output, passed: isGood)
        return isGood
    }

    /// Removes the copy of the snapshot, which is as private as its source, and the throw-away database.
    private func tidy() async throws -> Bool {
        try? FileManager.default.removeItem(atPath: evidence.folder + "/snapshot.db")
        if stage.isReadOnly {
            try evidence.refuse("drop", stage.refusal)
            return true
        }
        let command = evidence.begin("drop", ["drop the throw-away database"])
        do {
            try await stage.remove()
            try evidence.end(command, exitCode: 0, output: "It is gone.", passed: true)
            return true
        } catch {
            try evidence.end(command, exitCode: 1, output: (error as? Failure)?.message ?? "\(error)", passed: false)
            return false
        }
    }

    /// Runs one command of this program and keeps what it printed.
    private func step(_ name: String, _ arguments: [String], passes: Set<Int32> = [0]) async throws -> Bool {
        let command = evidence.begin(name, ["xmonitor"] + arguments)
        let done = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), environment: environment(), output: .string(limit: 16 << 20),
            error: .combinedWithOutput)
        guard case .exited(let code) = done.terminationStatus else {
            try evidence.end(command, exitCode: -1, output: done.standardOutput, passed: false)
            return false
        }
        try evidence.end(command, exitCode: code, output: done.standardOutput, passed: passes.contains(code))
        return passes.contains(code)
    }

    /// Without a stream, which has no end: a browser takes the picture of a page that has loaded all it asked for.
    private func environment() -> Subprocess.Environment {
        .inherit.updating([
            "DATABASE_URL": stage.address, "XMONITOR_PORT": "0", "XMONITOR_API_KEY": key, "XMONITOR_STREAM_MAXIMUM": "0",
        ])
    }
}
