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
    /// In place of `.env`, for the commands of the rehearsal too.
    let settingsFile: String?
    private let program = ThisProgram.path
    /// Good for this rehearsal only.
    private let key = "rehearsal-" + UUID().uuidString

    private static let label = "rehearsal"
    /// Everybody on this machine may read, whatever a file named `.env` says of the real server.
    private static let open: [Subprocess.Environment.Key: String?] = ["XMONITOR_READ_ACCESS": "public"]

    private var settingsOption: [String] { settingsFile.map { ["--env-file", $0] } ?? [] }

    /// - Returns: whether every step passed that was not refused.
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
            try evidence.refuse("validate", stage.refusal + ": without the import the two are not comparable")
        } else {
            guard try await step("schema", ["schema", "apply"] + settingsOption),
                try await step(
                    "import",
                    ["snapshot", "import", copy, "--label", Self.label, "--rejects", evidence.folder + "/rejects.jsonl"] + settingsOption,
                    passes: [0, 1]),
                try await step("validate", ["snapshot", "validate", copy, "--samples", "3", "--report", evidence.folder] + settingsOption)
            else { return false }
        }
        guard try await serve() else { return false }
        if stage.isReadOnly {
            try evidence.refuse("undo", stage.refusal)
            return true
        }
        return try await step("undo", ["snapshot", "undo", "--label", Self.label] + settingsOption)
    }

    /// Asks the API from outside: closed, when a key to read with can be made, and open for the page, which a browser without one shows.
    private func serve() async throws -> Bool {
        if stage.isReadOnly {
            try evidence.refuse("key", stage.refusal)
            return try await serve("serve", Self.open) { address in
                guard try await step("smoke", ["smoke", address, "--read-only"] + settingsOption) else { return false }
                return try await render(address)
            }
        }
        guard let readKey = try await makeReadKey(),
            try await serve(
                "closed", ["XMONITOR_READ_ACCESS": "keys"],
                { address in
                    try await step("smoke", ["smoke", address, "--closed"] + settingsOption, ["XMONITOR_SMOKE_KEY": readKey])
                })
        else { return false }
        return try await serve("serve", Self.open) { try await render($0) }
    }

    /// A key that reads; nil when none was made. The evidence does not hold it.
    private func makeReadKey() async throws -> String? {
        let arguments = ["keys", "create", "--name", Self.label, "--scopes", "read", "--expires", "1d"] + settingsOption
        let command = evidence.begin("key", ["xmonitor"] + arguments)
        let made = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), environment: environment(), output: .string(limit: 1 << 10),
            error: .string(limit: 1 << 20))
        try evidence.end(
            command, exitCode: made.terminationStatus.isSuccess ? 0 : 2, output: made.standardError,
            passed: made.terminationStatus.isSuccess)
        guard made.terminationStatus.isSuccess else { return nil }
        return made.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs the API with these settings while `body` asks it.
    private func serve(_ name: String, _ settings: [Subprocess.Environment.Key: String?], _ body: (String) async throws -> Bool)
        async throws -> Bool
    {
        let arguments = ["serve"] + settingsOption
        let command = evidence.begin(name, ["xmonitor"] + arguments)
        let served = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), environment: environment(settings), input: .none, output: .sequence,
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
            let isGood = try await body(address)
            try execution.send(signal: .terminate)
            return isGood
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
    private func step(
        _ name: String, _ arguments: [String], _ settings: [Subprocess.Environment.Key: String?] = [:], passes: Set<Int32> = [0]
    ) async throws -> Bool {
        let command = evidence.begin(name, ["xmonitor"] + arguments)
        let done = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), environment: environment(settings), output: .string(limit: 16 << 20),
            error: .combinedWithOutput)
        guard case .exited(let code) = done.terminationStatus else {
            try evidence.end(command, exitCode: -1, output: done.standardOutput, passed: false)
            return false
        }
        try evidence.end(command, exitCode: code, output: done.standardOutput, passed: passes.contains(code))
        return passes.contains(code)
    }

    /// The settings of the rehearsal go before those of the real server, be those in files or not.
    ///
    /// Without a stream, which has no end: a browser takes the picture of a page that has loaded all it asked for.
    private func environment(_ settings: [Subprocess.Environment.Key: String?] = [:]) -> Subprocess.Environment {
        .inherit.updating([
            "DATABASE_URL": stage.address, "XMONITOR_HOST": "127.0.0.1", "XMONITOR_PORT": "0", "XMONITOR_API_KEY": key,
            "XMONITOR_STREAM_MAXIMUM": "0", "DATABASE_URL_FILE": nil, "XMONITOR_API_KEY_FILE": nil, "XMONITOR_SMOKE_KEY_FILE": nil,
        ]).updating(settings)
    }
}
