internal import GRDB

/// SQLite's integrity check, as far as it tells whether every row can be read.
struct IntegrityCheck {
    private let db: Database
    /// Faults that SQLite reports, those of values among them.
    private static let maxFaults = 100_000
    /// Functions of the application for which the check starts again.
    private static let maxMissingFunctions = 100

    init(_ db: Database) { self.db = db }

    /// The first fault of the file itself; nil when there is none.
    ///
    /// A value that breaks a constraint of its table (NULL where NOT NULL is demanded, a CHECK, a declared type) is none: it is read
    /// as it is, and the import has rules of its own. Nor can indexes be judged that are sorted by a collation, or made by a function,
    /// that only the application has; then their structure alone is checked, and all of the tables.
    func firstFault() throws -> String? {
        try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
        if try !dependsOnTheApplication() {
            do { return try firstFault(of: "integrity_check") } catch let error as DatabaseError where Self.function(in: error) != nil {}
        }
        // Each missing function is told alone, so it is stood in for and the check begins again.
        var known: Set<String> = []
        while true {
            do { return try firstFault(of: "quick_check") } catch let error as DatabaseError {
                guard let name = Self.function(in: error), known.insert(name).inserted, known.count <= Self.maxMissingFunctions else {
                    throw error
                }
                db.add(function: DatabaseFunction(name, pure: true) { _ in nil })
            }
        }
    }

    private func firstFault(of check: String) throws -> String? {
        let lines = try String.fetchCursor(db, sql: "PRAGMA \(check)(\(Self.maxFaults))")
        while let line = try lines.next() {
            let faults = line.split(separator: "\n").filter { $0 != "ok" && !Self.isOfAValue($0) && !$0.hasPrefix("*** in database") }
            guard faults.isEmpty else { return line.replacing("\n", with: " ") }
        }
        return nil
    }

    /// `NULL value in tweets.body_text`, `TEXT value in …`, `NUMERIC value in …`, `non-INT value in …`, `CHECK constraint failed in tweets`
    private static func isOfAValue(_ fault: some StringProtocol) -> Bool {
        fault.hasPrefix("CHECK constraint failed in ") || fault.prefix { $0 != "." }.contains(" value in ")
    }

    /// Whether an index is sorted by a collation that SQLite does not know by itself.
    private func dependsOnTheApplication() throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM sqlite_master AS m, pragma_index_list(m.name) AS i, pragma_index_xinfo(i.name) AS c
                    WHERE m.type = 'table' AND c.key AND upper(c.coll) NOT IN ('BINARY', 'NOCASE', 'RTRIM'))
                """) ?? false
    }

    /// The name in `no such function: fold` or `unknown function: fold()`.
    private static func function(in error: DatabaseError) -> String? {
        guard let message = error.message, message.hasPrefix("no such function: ") || message.hasPrefix("unknown function: ") else {
            return nil
        }
        return message.split(separator: " ").last?.split(separator: "(").first.map(String.init)
    }
}
