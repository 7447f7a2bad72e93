/// Why the schema cannot be read or brought up to date. Every description says what to do.
public enum SchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file of an applied migration is not what was applied.
    case edited(String)
    /// The database has another migration under this number: it was made by a program of before the first release.
    case diverged(version: Int, name: String)
    /// The database knows a migration that lies between ours and is not there.
    case missing(version: Int, name: String)
    /// The database was migrated by a newer program.
    case unknownNewer(version: Int, name: String)
    /// A later migration was applied before this one.
    case skipped(String, before: String)
    /// A file that is not applied in a transaction has a statement that fails, or does something else, when it runs again.
    case notRepeatable(String, statement: String)
    /// The role may not do what the migrations need; each line names one privilege and its remedy.
    case missingPrivileges([String])
    /// The database, or what its sessions begin with, is not what an archive needs; each line says what is wrong and how to mend it.
    case unfitTarget([String])
    /// There is no such role in the database.
    case unknownRole(String)
    /// The role can do everything with the tables whatever it is granted.
    case ownersRole(String)
    /// The role of this connection may not grant what each line names.
    case cannotGrant([String])
    /// The role of a server lacks what each line names, with its remedy; `option` of `schema grant` grants all of it.
    case missingGrants([String], _ option: String)
    /// The administrator cannot make the database or its roles; each line says why, with its remedy.
    case cannotBootstrap([String])
    /// Granting `rds_iam` to the roles kept the administrator out; it was taken back.
    case administratorLockedOut
    /// Another runner held the lock for too long.
    case locked
    /// Others did not let go of a table that the migration wants for itself.
    case inUse(String)

    public var description: String {
        switch self {
        case .edited(let file):
            "Migration \(file) was edited after it had been applied. Restore the file as it was and put the change into a new migration."
        case .diverged(let version, let name):
            "The database was made by a program of before release 0.2.0 (migration \(version), \(name)), and cannot be carried over. Make a new database, name it in DATABASE_URL, run `xmonitor schema apply`, and import the snapshot again; keep the old one until collectors have sent again what they sent to it."
        case .missing(let version, let name):
            "The database has migration \(version) (\(name)), which this program does not contain. Use the release that contains it."
        case .unknownNewer(let version, let name):
            "The database was migrated by a newer release (migration \(version), \(name)). Update xmonitor to that release."
        case .skipped(let file, let later):
            "Migration \(file) was never applied, but the later \(later) was. Restore the ledger from a backup, or give the migration a new number."
        case .notRepeatable(let file, let statement):
            "Migration \(file) is not applied in a transaction, so each of its statements has to be one that may run again: CREATE INDEX CONCURRENTLY IF NOT EXISTS, DROP INDEX CONCURRENTLY IF EXISTS or COMMENT ON. This one is not:\n  \(statement)"
        case .missingPrivileges(let lines):
            "The database role lacks what the schema needs; nothing was touched:\n" + lines.map { "  - \($0)" }.joined(separator: "\n")
        case .unfitTarget(let lines):
            "The database is not what this needs; nothing was touched:\n" + lines.map { "  - \($0)" }.joined(separator: "\n")
        case .unknownRole(let role):
            "There is no role \(role) in the database. CREATE ROLE \(role) LOGIN PASSWORD '…', and run this again."
        case .ownersRole(let role):
            "The role \(role) owns the tables of the archive, is a member of the role that does, or is a superuser: nothing can be kept from it. Make a role for the server alone: CREATE ROLE xmonitor_api LOGIN PASSWORD '…'."
        case .cannotGrant(let lines):
            "This role may not grant that; connect as the owner of the tables. Nothing was changed:\n"
                + lines.map { "  - \($0)" }.joined(separator: "\n")
        case .missingGrants(let lines, let option):
            "The database role lacks what the server needs:\n" + lines.map { "  - \($0)" }.joined(separator: "\n")
                + "\n  `xmonitor schema grant \(option) ROLE`, run as the owner of the tables, grants all of it."
        case .cannotBootstrap(let lines):
            "The database cannot be made; nothing was changed:\n" + lines.map { "  - \($0)" }.joined(separator: "\n")
        case .administratorLockedOut:
            "With rds_iam granted to the roles of the archive the administrator could not log in any more: he is a member of one of them, be it through another role. It was taken back. As who granted it, REVOKE the membership (\\drg in psql shows whose grant it is), and run this again; or log the roles in with passwords (--no-iam)."
        case .locked:
            "Another `xmonitor schema apply` has been running for too long. Wait for it or end it, then try again."
        case .inUse(let file):
            "Migration \(file) waits for a table that another session does not let go of; nothing of it is kept. Look for a long transaction (SELECT pid, xact_start, query FROM pg_stat_activity WHERE state <> 'idle' ORDER BY xact_start), end it, and run `xmonitor schema apply` again."
        }
    }
}
