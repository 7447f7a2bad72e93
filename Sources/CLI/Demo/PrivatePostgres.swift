import Foundation
import Subprocess
import SystemPackage

/// A Postgres of our own, for trying things out: the system's programs, a data folder below the state folder, no network,
/// only a socket that nobody but its owner can open.
///
/// Postgres refuses to run as root; then it runs as the user `postgres`, with its data where that user can reach it.
struct PrivatePostgres: Sendable {
    let dataFolder: String
    let socketFolder: String
    private let stateFolder: String
    private let programs: String
    /// The user that it runs as, when that is not ours.
    private let user: String?

    /// - Throws: `Failure` when Postgres is not installed.
    init(stateFolder: String) throws {
        programs = try Self.findPrograms()
        self.stateFolder = URL(fileURLWithPath: stateFolder).standardizedFileURL.path
        let hash = Self.shortHash(self.stateFolder)
        if geteuid() == 0 {
            user = "postgres"
            dataFolder = "/var/lib/postgresql/xmonitor-\(hash)"
        } else {
            user = nil
            dataFolder = self.stateFolder + "/postgres"
        }
        // Postgres itself sees to it that nobody else can enter the data folder.
        socketFolder = Self.canHoldSocket(dataFolder) ? dataFolder : "/tmp/xmonitor-\(geteuid())-\(hash)"
    }

    /// Its address, as libpq reads it.
    var address: String { "postgresql:///xmonitor?host=\(socketFolder)&user=xmonitor" }

    private var logFile: String { dataFolder + "/postgres.log" }

    /// Starts it, and creates it first when it is not there yet. One that is left over from a killed program goes on. Where this
    /// fails, what it made is gone again.
    ///
    /// - Throws: `Failure` with what Postgres says about it.
    func start() async throws {
        if user == nil {
            try OwnFolder.make(stateFolder, remedy: OwnFolder.stateRemedy)
        }
        if socketFolder != dataFolder { try OwnFolder.makeAmongStrangers(socketFolder) }
        let isNew = try await !run("test", ["-s", dataFolder + "/PG_VERSION"]).terminationStatus.isSuccess
        if isNew { try await create() }
        do { try await launch() } catch {
            if isNew { await evenWhenCancelled { try? await remove() } }
            throw error
        }
    }

    /// The data folder gets its name when it is whole, so that one which broke off is never taken for a database.
    private func create() async throws {
        let unfinished = dataFolder + ".unfinished"
        do {
            try await require("rm", ["-rf", unfinished], otherwise: "The folder \(unfinished) could not be removed")
            try await require(
                "initdb", ["-D", unfinished, "-U", "xmonitor", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"],
                otherwise: "A private Postgres could not be created in \(dataFolder)")
            _ = try await run("rmdir", [dataFolder])
            try await require("test", ["!", "-e", dataFolder], otherwise: "\(dataFolder) is there already, and is no database; remove it")
            try await require("mv", [unfinished, dataFolder], otherwise: "The folder \(dataFolder) could not be made")
        } catch {
            await evenWhenCancelled { _ = try? await run("rm", ["-rf", unfinished]) }
            throw error
        }
    }

    private func launch() async throws {
        if try await !run("pg_ctl", ["-D", dataFolder, "status"]).terminationStatus.isSuccess {
            let options = "-c listen_addresses='' -c unix_socket_directories='\(socketFolder)' -c unix_socket_permissions=0700"
            let tuning = "-c shared_buffers=256MB -c max_wal_size=4GB -c synchronous_commit=off -c jit=off"
            // What stands in the log afterwards is of this start.
            _ = try await run("rm", ["-f", logFile])
            let started = try await run(
                "pg_ctl", ["-D", dataFolder, "-l", logFile, "-w", "-t", "60", "-o", "\(options) \(tuning)", "start"])
            guard started.terminationStatus.isSuccess else {
                throw Failure(
                    "The private Postgres in \(dataFolder) did not start.\n  \(try await reason(otherwise: started.standardOutput))")
            }
        }
        _ = try await run("createdb", ["-h", socketFolder, "-U", "xmonitor", "xmonitor"])
    }

    /// Why Postgres did not start, in its own words.
    private func reason(otherwise output: String) async throws -> String {
        let log = try await run("tail", ["-c", "65536", logFile]).standardOutput
        let fatal = log.split(separator: "\n").last { $0.contains("FATAL:") }
        guard let fatal, let start = fatal.range(of: "FATAL:") else { return Self.lastLines(output) }
        return String(fatal[start.lowerBound...])
    }

    func stop() async {
        _ = try? await run("pg_ctl", ["-D", dataFolder, "-m", "fast", "-w", "stop"])
        // A folder of the socket's own is empty then.
        if socketFolder != dataFolder { rmdir(socketFolder) }
    }

    /// Stops it and removes all that it kept.
    func remove() async throws {
        await stop()
        for folder in Set([dataFolder, socketFolder]) {
            try await require("rm", ["-rf", folder], otherwise: "The folder \(folder) could not be removed")
        }
    }

    /// Cancelling a task kills the programs that it runs, those that tidy up too.
    private func evenWhenCancelled(_ body: @escaping @Sendable () async -> Void) async {
        await Task { await body() }.value
    }

    private func require(_ program: String, _ arguments: [String], otherwise message: String) async throws {
        let done = try await run(program, arguments)
        guard done.terminationStatus.isSuccess else { throw Failure("\(message).\n  \(Self.lastLines(done.standardOutput))") }
    }

    private static func lastLines(_ output: String) -> String {
        output.split(separator: "\n").suffix(3).joined(separator: "\n  ")
    }

    /// Runs a program of Postgres or of the system, as the right user, to its end.
    private func run(
        _ program: String, _ arguments: [String]
    ) async throws -> ExecutionResult<Void, StringOutput<UTF8>, CombinedErrorOutput> {
        let path = FileManager.default.isExecutableFile(atPath: "\(programs)/\(program)") ? "\(programs)/\(program)" : program
        let command = (user.map { ["runuser", "-u", $0, "--"] } ?? []) + [path] + arguments
        return try await Subprocess.run(
            command[0].contains("/") ? .path(FilePath(command[0])) : .name(command[0]), arguments: Arguments(Array(command.dropFirst())),
            workingDirectory: "/", output: .string(limit: 1 << 20), error: .combinedWithOutput)
    }

    /// The path of a socket may have 107 bytes at most, and neither an address nor a setting of Postgres takes every character.
    private static func canHoldSocket(_ folder: String) -> Bool {
        "\(folder)/.s.PGSQL.5432".utf8.count <= 103 && folder.wholeMatch(of: /[A-Za-z0-9\/._-]+/) != nil
    }

    /// Where `initdb` is: on the search path, or where Debian and Homebrew put it.
    private static func findPrograms() throws -> String {
        let searched = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let debian = versions.compactMap(Int.init).sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" }
        let homebrew = ["/opt/homebrew/opt/postgresql/bin", "/usr/local/opt/postgresql/bin"]
        let isThere = { (folder: String) in
            ["initdb", "pg_ctl"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
        }
        guard let folder = (debian + homebrew + searched).first(where: isThere) else {
            throw Failure(
                "Postgres is not installed here. Install it (Debian: apt-get install postgresql; macOS: brew install postgresql), or set DATABASE_URL to one that runs elsewhere."
            )
        }
        return folder
    }

    /// FNV-1a, which is enough to tell checkouts apart.
    private static func shortHash(_ text: String) -> String {
        let hash = text.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return String(hash, radix: 36)
    }
}
