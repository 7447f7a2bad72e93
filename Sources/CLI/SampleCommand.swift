import ArgumentParser
import Sample

struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Write a synthetic snapshot: fictional people, plausible life, always the same for one seed.",
        discussion: "Example:  xmonitor sample sample.db --posts 707 --seed 1")

    @Argument(help: "The SQLite file to write; it must not be there yet.") var file: String
    @Option(help: "Number of posts, from 1 to 10,000,000.") var posts = 707
    @Option(help: "Chooses the contents.") var seed: UInt64 = 1

    func validate() throws {
        guard (1...10_000_000).contains(posts) else { throw ValidationError("--posts is a number from 1 to 10,000,000.") }
    }

    func run() async throws {
        let progress = ProgressLine()
        try await cancelledByInterrupt { [file, posts, seed] in
            try SampleSnapshot(posts: posts, seed: seed).write(to: file) { progress.show("writing posts", done: $0, total: posts) }
        }
        progress.finish()
        try printResult("Wrote \(file): \(posts) posts, seed \(seed).")
    }
}
