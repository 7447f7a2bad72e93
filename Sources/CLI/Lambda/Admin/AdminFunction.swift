import AWS
import Foundation
import Snapshot
import Subprocess
import TimeLimit

/// Runs commands of this program, one for each event, and keeps what they did in the bucket.
///
/// A command is a process of its own, as an operator would run it: what it needs of the environment it gets, and what it leaves behind goes with it.
struct AdminFunction: InvocationHandler {
    private let bucket: S3Bucket
    /// How the owner of the database is reached.
    private let database: String

    /// What is left of an invocation's time for interrupting the command and for keeping its results.
    static let reserve: Duration = .seconds(30)
    /// What is left of it when the files of the results have to be kept, and what is left when all is: for the answer.
    private static let reserveOfFiles: Duration = .seconds(5)
    private static let reserveOfAnswer: Duration = .seconds(2)

    /// - Throws: `Failure` for settings that are missing, or make no sense.
    init(_ settings: Settings) throws {
        guard let name = settings.optional(.bucket) else {
            throw Failure("\(Setting.bucket.name) is not set. Set it to the bucket that snapshots come from and results go to.")
        }
        do { bucket = try RoleOfProcess.bucket(name) } catch { throw Failure(error.description) }
        guard let address = settings.optional(.databaseURL), address.contains("://") else {
            throw Failure("\(Setting.databaseURL.name) is not set as an address. Set it to postgresql://xmonitor_owner@HOST:5432/NAME.")
        }
        database = address
        _ = try settings.database()
    }

    func handle(_ invocation: Invocation) async throws(InvocationError) -> InvocationAnswer {
        let task = try AdminTask(invocation.payload)
        let end = invocation.deadline - Self.reserve
        guard end > .now else {
            throw InvocationError(
                "Task.NoTime", "The function has less than \(Self.reserve.components.seconds) s for a task. Give it more time.")
        }
        LogLine.inform("Task \(task.id) begins: \(task.name).")
        do {
            let answer = try await TaskFolder.with { folder in
                var answer = try await run(task, in: folder, until: end)
                if !task.isAboutKeys { await keep(&answer, folder, deadline: invocation.deadline) }
                return answer
            }
            LogLine.inform("Task \(task.id) \(answer.exitCode.map { "ended with \($0)" } ?? "is not done").")
            return .whole(answer.json)
        } catch {
            throw InvocationError("Task.Failed", (error as? Failure)?.message ?? "The command could not be started: \(error)")
        }
    }

    private func run(_ task: AdminTask, in folder: TaskFolder, until end: ContinuousClock.Instant) async throws -> TaskAnswer {
        if let snapshot = task.snapshot {
            do {
                guard let sha256 = try await download(snapshot, to: folder.snapshot, until: end) else {
                    return TaskAnswer(unfinished: task.id)
                }
                guard sha256 == snapshot.sha256 else {
                    return TaskAnswer(
                        task.id,
                        couldNotRun:
                            "The object \(snapshot.key) is not what it is named after: its SHA-256 is \(sha256). Upload the snapshot again."
                    )
                }
            } catch let error as S3Error {
                return TaskAnswer(task.id, couldNotRun: "The snapshot cannot be fetched: \(error)")
            }
        }
        let child = ChildCommand(arguments: arguments(of: task, folder), folder: folder.path, settings: try settings(of: task, folder))
        return TaskAnswer(task.id, try await child.run(until: end))
    }

    /// - Returns: its hash, nil when time was up.
    private func download(
        _ snapshot: AdminTask.SnapshotObject, to path: String, until end: ContinuousClock.Instant
    ) async throws -> String? {
        do { return try await withTimeLimit(end - .now) { [bucket] in try await bucket.download(snapshot.key, to: path).sha256 } } catch {
            if ContinuousClock.now >= end { return nil }
            throw error
        }
    }

    private func arguments(of task: AdminTask, _ folder: TaskFolder) -> [String] {
        var words = task.command.map { $0 == AdminTask.placeholder ? folder.snapshot : $0 }
        switch task.name {
        case "snapshot import": words += ["--rejects", folder.rejects]
        case "snapshot validate": words += ["--report", folder.report]
        case "database bootstrap" where !words.contains("--database"):
            if let name = URLComponents(string: database)?.path.dropFirst(), !name.isEmpty { words += ["--database", String(name)] }
        default: break
        }
        return words
    }

    /// The administrator's password goes by a file: what is in an environment can be read there as long as the process lives.
    private func settings(of task: AdminTask, _ folder: TaskFolder) throws -> [Subprocess.Environment.Key: String?] {
        guard let administrator = task.administrator else { return [:] }
        guard var address = URLComponents(string: database) else { throw Failure("\(Setting.databaseURL.name) is no address.") }
        (address.user, address.password, address.path) = (administrator.user, nil, "/postgres")
        address.queryItems = address.queryItems?.filter { !["user", "password", "dbname"].contains($0.name) }
        let password = administrator.password.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
        try PrivateFile.write(Array("*:*:*:*:\(password)\n".utf8), to: folder.passwords)
        return [
            "DATABASE_URL": address.string ?? database, "PGPASSFILE": folder.passwords,
            .init(stringLiteral: Setting.databaseAuth.name): "password",
        ]
    }

    /// Puts the answer and the files of a task into the bucket: the answer first, and again when a file is missing, for it says so then. Without
    /// them the answer is good all the same.
    private func keep(_ answer: inout TaskAnswer, _ folder: TaskFolder, deadline: ContinuousClock.Instant) async {
        let place = "results/\(answer.id)/"
        answer.results = place
        let files = [
            (folder.rejects, "rejects.jsonl", "application/x-ndjson"),
            (folder.report + "/validation.json", "report.json", "application/json"),
            (folder.report + "/validation.md", "report.md", "text/markdown; charset=utf-8"),
        ]
        do { try await put(answer, until: deadline - Self.reserveOfFiles) } catch {
            answer.results = nil
            return Self.tell(&answer, "The results could not be kept: \(error)")
        }
        var isWhole = true
        for (path, name, type) in files where FileManager.default.fileExists(atPath: path) {
            do {
                try await withTimeLimit(deadline - Self.reserveOfFiles - .now) { [bucket] in
                    try await bucket.put(file: path, as: place + name, type: type)
                }
            } catch {
                isWhole = false
                Self.tell(&answer, "\(name) is missing in the results: \(error)")
            }
        }
        guard !isWhole else { return }
        do { try await put(answer, until: deadline - Self.reserveOfAnswer) } catch {
            Self.tell(&answer, "result.json does not say so: \(error)")
        }
    }

    private func put(_ answer: TaskAnswer, until end: ContinuousClock.Instant) async throws {
        let (json, key) = (answer.json, "results/\(answer.id)/result.json")
        try await withTimeLimit(end - .now) { [bucket] in try await bucket.put(json, as: key, type: "application/json") }
    }

    /// Tells whoever has given the task, and the log.
    private static func tell(_ answer: inout TaskAnswer, _ sentence: String) {
        answer.errors += "xmonitor: \(sentence)\n"
        LogLine.warn("Task \(answer.id): \(sentence)")
    }
}
