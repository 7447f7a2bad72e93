import ArgumentParser
import Postgres
import Schema

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Everything at once, for trying it out: database, schema, sample posts, API and web feed.",
        discussion: """
            Example:  xmonitor up --posts 707
            Without DATABASE_URL or PG* it runs a private Postgres and fills it with a sample. With them it uses that server, and adds
            sample posts only with --sample. The sample ends at the moment of the start; a later start takes one back that is older than
            twelve hours, and makes a new one. Ctrl-C stops everything.
            """)

    @Option(help: "Posts in the sample.") var posts = 707
    @Option(help: "Chooses the contents of the sample.") var seed: UInt64 = 1
    @Flag(help: "Import the sample into the given database too.") var sample = false

    @OptionGroup(title: "Settings") var options: ListeningOptions

    func validate() throws {
        guard (1...10_000_000).contains(posts) else { throw ValidationError("--posts is a number from 1 to 10,000,000.") }
    }

    func run() async throws {
        // A terminal that closes takes the private Postgres with it.
        Interrupts.shared.listenToHangUps()
        let settings = try await options.load()
        try ServerRunner.check(settings)
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
            guard case SchemaError.diverged = error else { throw error }
            throw Failure(
                """
                The private database in \(postgres.dataFolder) was made by a program of before release 0.2.0, and cannot be carried over. It holds the \
                sample and what you have sent to it. If you need nothing of it, remove it and start again: rm -r '\(postgres.dataFolder.replacing("'", with: #"'\''"#))'
                """)
        }
        await postgres.stop()
        say("Stopped the private Postgres.")
    }

    private func serve(_ settings: Settings, _ database: ConnectionOptions, withSample: Bool) async throws {
        let sample = DemoSample(posts: posts, seed: seed, folder: settings.text(.stateFolder), database: database)
        try await cancelledByInterrupt {
            let applied = try await Migrator(database).apply()
            if !applied.isEmpty { say("Applied the schema: \(applied.map(\.fileName).joined(separator: ", "))") }
            if withSample { try await sample.ensure() }
        }
        try await ServerRunner(settings: settings, database: database).run { address in
            say("XMonitor is up: \(address)/  (Ctrl-C stops it)")
        }
    }
}
