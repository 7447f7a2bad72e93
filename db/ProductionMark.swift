public import Postgres

/// What tells a database that is in use from one that may be played with.
public enum ProductionMark: Sendable {
    /// Its server runs on another machine.
    case otherMachine
    /// It holds an archive.
    case archive

    /// The mark that the database of `connection` bears; nil when it bears none.
    public static func find(_ connection: isolated Connection) async throws -> ProductionMark? {
        guard try await connection.queryOne(isLocal) else { return .otherMachine }
        return try await connection.queryOne(holdsArchive) ? .archive : nil
    }

    static let isLocal = Statement(
        "schema.is-local",
        "SELECT coalesce(host(inet_server_addr())::INET <<= '127.0.0.0/8' OR host(inet_server_addr()) = '::1', true)",
        read: { try $0.bool() })

    static let holdsArchive = Statement(
        "schema.holds-archive", "SELECT to_regclass('posts') IS NOT NULL", read: { try $0.bool() })
}
