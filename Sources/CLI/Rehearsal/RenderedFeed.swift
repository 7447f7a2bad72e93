import Foundation
import Subprocess
import SystemPackage

/// The feed page as a browser shows it.
struct RenderedFeed: Sendable {
    let address: String
    /// Where the picture of it goes.
    let picture: String

    private static let browsers = ["chromium", "chromium-browser", "google-chrome"]
    private static let attempts = 4

    private var browser: String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return Self.browsers.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// What `render` runs; without a browser the page and its entry module are only fetched.
    var command: [String] {
        guard let browser else { return ["GET", address + "/", address + "/js/app.js"] }
        // A sandbox of its own needs a user that is not root. The budget lets the page's scripts and requests finish.
        return [browser, "--headless", "--disable-gpu"] + (geteuid() == 0 ? ["--no-sandbox"] : [])
            + ["--window-size=1280,900", "--virtual-time-budget=20000", "--screenshot=\(picture)", "--dump-dom", address + "/"]
    }

    /// Whether posts are on the page, and what there was to see.
    func render() async throws -> (Bool, output: String) {
        guard browser != nil else {
            let checks = try await SmokeTest.with(address: address) { await $0.page() }
            return (checks.allSatisfy { $0.failure == nil }, "No browser is here: the files were fetched, not shown.")
        }
        var posts = 0
        // The browser's clock runs on while the page waits for something other than the network, and then its time is up
        // too early: that is no fault of the page, so it is shown again.
        for _ in 1...Self.attempts where posts == 0 {
            let done = try await Subprocess.run(
                .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())), output: .string(limit: 32 << 20))
            guard done.terminationStatus.isSuccess else {
                return (false, "The browser did not show the page: it ended with \(done.terminationStatus).")
            }
            // The template of a card is one of them.
            posts = max(0, done.standardOutput.components(separatedBy: "<article class=\"post").count - 2)
        }
        // It shows posts; the browser leaves it for everybody.
        chmod(picture, 0o600)
        return (posts > 0, "\(posts) posts are on the page.")
    }
}
