internal import Crypto
internal import Encoding

/// One file of `db/migrations`, embedded in the program.
public struct Migration: Hashable, Sendable {
    /// The number that the file name starts with; the order of application.
    public let version: Int
    /// The rest of the file name without its ending, a verb phrase.
    public let name: String
    public let sql: String
    /// The least schema version of programs that serve beside it; its own number where it breaks those of before.
    public let compatibleFrom: Int

    /// - Parameter compatibleFrom: nil when programs of before do not work with it.
    public init(version: Int, name: String, sql: String, compatibleFrom: Int? = nil) {
        self.version = version
        self.name = name
        self.sql = sql
        self.compatibleFrom = compatibleFrom ?? version
    }

    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    public var checksum: String {
        SHA256.hash(data: Array(sql.utf8)).hexadecimal
    }

    /// Whether the file is applied in one transaction: all of it or nothing. See `NonTransactionalMigration` for the others.
    var isTransactional: Bool { !sql.hasPrefix(NonTransactionalMigration.mark) }

    /// `0001_create_posts`
    public var fileName: String { Self.fileName(version, name) }

    static func fileName(_ version: Int, _ name: String) -> String {
        String(repeating: "0", count: max(0, 4 - String(version).count)) + "\(version)_\(name)"
    }
}
