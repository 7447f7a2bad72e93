import ArgumentParser
import Domain
import Foundation
import Postgres
import Sample
import Schema
import Snapshot
import Store

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Everything at once, for trying it out: database, schema, sample posts, API and web feed.",
        discussion: """
            Example:  xmonitor up --posts 707
            Without DATABASE_URL or PG* it runs a private Postgres and fills it with a sample. With them it uses that server, and adds
            sample posts only with --sample. Ctrl-C stops everything.
            """)

    @Option(help: "Posts in the sample.") var posts = 707
    @Option(help: "Chooses the contents of the sample.") var seed: UInt64 = 1
    @Flag(help: "Import the sample into the given database too.") var sample = false

    func validate() throws {
        guard (1...10_000_000).contains(posts) else { throw ValidationError("--posts is a number from 1 to 10,000,000.") }
    }

    func run() async throws {
        let settings = try await Settings.load()
        try Serving.check(settings)
        guard !settings.namesDatabase else {
            return try await serve(settings, settings.database(), withSample: sample)
        }
        let postgres = try PrivatePostgres(stateFolder: settings.text(.stateFolder))
        try await cancelledByInterrupt {
            say("Starting a private Postgres in \(postgres.dataFolder)")
            try await postgres.start()
        }
        do {
            let database = try settings.connectionOptions(postgres.address, preparesStatements: true)
            say("Its address, for other commands: DATABASE_URL='\(postgres.address)'")
            try await serve(settings, database, withSample: true)
        } catch {
            await postgres.stop()
            throw error
        }
        await postgres.stop()
        say("Stopped the private Postgres.")
    }

    private func serve(_ settings: Settings, _ database: ConnectionOptions, withSample: Bool) async throws {
        let applied = try await Migrator(database).apply()
        if !applied.isEmpty { say("Applied the schema: \(applied.map(\.fileName).joined(separator: ", "))") }
        if withSample { try await SampleSnapshot.ensure(posts: posts, seed: seed, in: settings.text(.stateFolder), database) }
        try await Serving(settings: settings, database: database).run { address in
            say("XMonitor is up: \(address)/  (Ctrl-C stops it)")
        }
    }
}

extension SampleSnapshot {
    /// Imports and validates a sample, unless this very one was imported before.
    fileprivate static func ensure(posts: Int, seed: UInt64, in folder: String, _ database: ConnectionOptions) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/sample-\(posts)-\(seed).db"
        let mark = path + ".imported"
        if FileManager.default.fileExists(atPath: mark), try await !isEmpty(database) {
            return say("The sample \(path) was imported before.")
        }
        if !FileManager.default.fileExists(atPath: path) {
            say("Generating \(posts) sample posts: \(path)")
            let progress = ProgressLine()
            try await cancelledByInterrupt {
                try SampleSnapshot(posts: posts, seed: seed).write(to: path) { progress.show("writing posts", done: $0, total: posts) }
            }
            progress.finish()
        }
        let options = Importer.Options(rejectPath: path + ".rejects.jsonl", schemaVersion: Migration.latest)
        say(try await importSnapshot(path, options, into: database).text)
        let report = try await validateSnapshot(path, .init(schemaVersion: Migration.latest), against: database)
        guard report.agrees else { throw Failure("The imported sample differs from its snapshot:\n\(report.markdown)") }
        say("Validated: every cell of the archive agrees with the snapshot.")
        _ = FileManager.default.createFile(atPath: mark, contents: nil)
    }

    private static func isEmpty(_ database: ConnectionOptions) async throws -> Bool {
        let pool = Pool(database, options: .init(maximum: 1))
        let archive = PostgresArchive(reader: pool, writer: pool, schemaVersion: Migration.latest)
        let page = try await archive.feed(PostFilter(), sort: .discovered, start: .first, limit: 1)
        await pool.close()
        return page.posts.isEmpty
    }
}
