internal import Crypto
internal import Encoding

/// One file of `db/migrations`, embedded in the program.
public struct Migration: Hashable, Sendable {
    /// The number that the file name starts with; the order of application.
    public let version: Int
    /// The rest of the file name without its ending, a verb phrase.
    public let name: String
    public let sql: String

    public init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }

    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    public var checksum: String {
        SHA256.hash(data: Array(sql.utf8)).hexadecimal
    }

    /// Whether the file is applied in one transaction: all of it or nothing. See `NonTransactionalMigration` for the others.
    var isTransactional: Bool { !sql.hasPrefix(NonTransactionalMigration.mark) }

    /// `0001_create_posts`
    public var fileName: String {
        String(repeating: "0", count: max(0, 4 - String(version).count)) + "\(version)_\(name)"
    }
}
