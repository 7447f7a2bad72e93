import Foundation

/// Runs another program.
enum Subprocess {
    /// Runs `command`, found on the search path, hands on what it prints, and returns its exit code. No thread waits
    /// meanwhile.
    static func run(_ command: [String], _ output: @escaping @Sendable (String) -> Void) async throws -> Int32 {
        let file = URL(fileURLWithPath: NSTemporaryDirectory() + "xmonitor-" + UUID().uuidString)
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        // A file and not a pipe: a server that goes on in the background would keep a pipe open for ever.
        let log = try FileHandle(forWritingTo: file)
        defer { try? log.close() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = log
        process.standardError = log
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        output((try? String(contentsOf: file, encoding: .utf8)) ?? "")
        return status
    }
}
