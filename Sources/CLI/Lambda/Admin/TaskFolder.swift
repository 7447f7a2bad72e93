import Foundation
import Snapshot

/// Where a task has its files while it runs. They are as private as what they hold, and go at its end.
struct TaskFolder: Sendable {
    let path: String

    var snapshot: String { path + "/snapshot.db" }
    var rejects: String { path + "/rejects.jsonl" }
    var report: String { path + "/report" }
    var passwords: String { path + "/passwords" }

    /// Runs `body` with a new folder. What an instance left that was ended in a task goes first.
    ///
    /// - Throws: `Failure` when the folder cannot be made, or what `body` throws.
    static func with<Value: Sendable>(_ body: (TaskFolder) async throws -> Value) async throws -> Value {
        let folder = TaskFolder(path: FileManager.default.temporaryDirectory.appending(path: "xmonitor-task").path)
        try? FileManager.default.removeItem(atPath: folder.path)
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        do { try PrivateFile.createFolder(folder.path) } catch {
            throw Failure("The folder \(folder.path) cannot be made: \(systemReason(error)).")
        }
        return try await body(folder)
    }
}
