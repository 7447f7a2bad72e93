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
    private let programs: String
    /// The user that it runs as, when that is not ours.
    private let user: String?

    /// - Throws: `Failure` when Postgres is not installed.
    init(stateFolder: String) throws {
        programs = try Self.findPrograms()
        let state = URL(fileURLWithPath: stateFolder).standardizedFileURL.path
        // The path of a socket may have 107 bytes at most, however deep the checkout lies.
        let name = "xmonitor-" + Self.shortHash(state)
        if geteuid() == 0 {
            user = "postgres"
            dataFolder = "/var/lib/postgresql/\(name)"
        } else {
            user = nil
            dataFolder = state + "/postgres"
        }
        socketFolder = "/tmp/\(name)"
    }

    /// Its address, as libpq reads it.
    var address: String { "postgresql:///xmonitor?host=\(socketFolder)&user=xmonitor" }

    private var logFile: String { dataFolder + "/postgres.log" }

    /// Starts it, and creates it first when it is not there yet. One that is left over from a killed program goes on.
    ///
    /// - Throws: `Failure` with the last lines of its log.
    func start() async throws {
        try await prepareFolder(socketFolder)
        if try await !run("test", ["-s", dataFolder + "/PG_VERSION"]).terminationStatus.isSuccess {
            try await prepareFolder(dataFolder)
            try await require(
                "initdb", ["-D", dataFolder, "-U", "xmonitor", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"],
                otherwise: "A private Postgres could not be created in \(dataFolder)")
        }
        guard try await !run("pg_ctl", ["-D", dataFolder, "status"]).terminationStatus.isSuccess else { return }
        let options = "-c listen_addresses='' -c unix_socket_directories='\(socketFolder)' -c unix_socket_permissions=0700"
        let tuning = "-c shared_buffers=256MB -c max_wal_size=4GB -c synchronous_commit=off -c jit=off"
        try await require(
            "pg_ctl", ["-D", dataFolder, "-l", logFile, "-w", "-t", "60", "-o", "\(options) \(tuning)", "start"],
            otherwise: "The private Postgres in \(dataFolder) did not start; its log is \(logFile)")
        _ = try await run("createdb", ["-h", socketFolder, "-U", "xmonitor", "xmonitor"])
    }

    func stop() async {
        _ = try? await run("pg_ctl", ["-D", dataFolder, "-m", "fast", "-w", "stop"])
    }

    /// Stops it and removes all that it kept.
    func remove() async throws {
        await stop()
        for folder in [dataFolder, socketFolder] {
            try await require("rm", ["-rf", folder], otherwise: "The folder \(folder) could not be removed")
        }
    }

    private func prepareFolder(_ folder: String) async throws {
        try await require("mkdir", ["-p", "-m", "700", folder], otherwise: "The folder \(folder) could not be made")
    }

    private func require(_ program: String, _ arguments: [String], otherwise message: String) async throws {
        let done = try await run(program, arguments)
        guard done.terminationStatus.isSuccess else {
            let last = done.standardOutput.split(separator: "\n").suffix(3).joined(separator: "\n  ")
            throw Failure("\(message).\n  \(last)")
        }
    }

    /// Runs a program of Postgres or of the system, as the right user, to its end.
    private func run(
        _ program: String, _ arguments: [String]
    ) async throws -> ExecutionResult<Void, StringOutput<UTF8>, CombinedErrorOutput> {
        let path = FileManager.default.isExecutableFile(atPath: "\(programs)/\(program)") ? "\(programs)/\(program)" : program
        let command = (user.map { ["runuser", "-u", $0, "--"] } ?? []) + [path] + arguments
        return try await Subprocess.run(
            .name(command[0]), arguments: Arguments(Array(command.dropFirst())), workingDirectory: "/", output: .string(limit: 1 << 20),
            error: .combinedWithOutput)
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
