import API
import AsyncHTTPClient
import Postgres
import Schema
import Store

/// The archive and the server over it, as the settings have them: what a program needs to answer requests, however they come to it.
struct ServedArchive {
    let server: Server
    private let pools: ArchivePools

    /// Asks nothing of the database: it may be reached later, and requests are answered with 503 until then.
    ///
    /// - Parameters:
    ///   - http: speaks to the provider where readers sign in.
    ///   - configure: changes what the settings say.
    /// - Throws: `Failure` for a setting that means nothing.
    init(
        _ settings: Settings, database: ConnectionOptions, for mode: ServingMode, speakingBy http: HTTPClient,
        _ configure: (inout ServerConfiguration) throws -> Void = { _ in }
    ) throws {
        try Self.check(settings, for: mode)
        pools = try ArchivePools(settings, database: database, for: mode)
        let archive = PostgresArchive(
            reader: pools.reader, writer: pools.writer, follower: pools.follower, prober: pools.prober, schemaVersion: Migration.latest,
            gonePosts: try settings.gonePosts())
        var configuration = try settings.serverConfiguration(cursorKey: Self.cursorKey(settings))
        try configure(&configuration)
        server = try Server(
            configuration: configuration, reading: archive, writing: archive, probing: archive, keeping: archive, operating: archive,
            auditing: archive, signIn: settings.signIn().map { SignIn($0, http: http) }, observe: LogLine.write)
        for warning in try mode == .process ? settings.warnings() : settings.keyWarnings() { LogLine.warn(warning) }
        if let openness = try settings.readAccess().openness { LogLine.inform(openness) }
    }

    /// Validates every setting before anything is started.
    ///
    /// - Throws: `Failure` with all that is wrong, such as that nobody says who may read what others reach.
    static func check(_ settings: Settings, for mode: ServingMode) throws {
        let faults = settings.faults(for: mode)
        guard faults.isEmpty else { throw Failure(faults: faults) }
    }

    /// Before the first request after the program may have been frozen: each connection has to answer before it is used.
    func suspectIdle() { pools.suspectIdle() }

    /// Returns once no request uses the archive any more.
    func close() async { await pools.close() }

    /// The key that signs cursors; a random one when none is set.
    private static func cursorKey(_ settings: Settings) throws -> [UInt8] {
        if let key = try settings.cursorKey() { return key }
        LogLine.warn("XMONITOR_CURSOR_KEY is not set: cursors are good until this process ends, and only for it.")
        return (0..<32).map { _ in .random(in: .min ... .max) }
    }
}
