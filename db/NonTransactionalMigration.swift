internal import Postgres

/// A migration that cannot run in a transaction, because Postgres refuses that to its statements: `CREATE INDEX CONCURRENTLY`.
///
/// The first line of its file is `-- not in a transaction`. Its statements are applied one by one, and all of them anew when a run broke off, so
/// each has to be one that may run again. An index that a broken run left unfinished is dropped and built again.
struct NonTransactionalMigration {
    static let mark = "-- not in a transaction\n"

    struct Step: Hashable {
        var sql: String
        /// The index that it builds.
        var index: String?
    }

    let steps: [Step]

    /// - Throws: `SchemaError.notRepeatable` naming the first statement that may not run twice.
    init(_ migration: Migration) throws(SchemaError) {
        let lines = migration.sql.split(separator: "\n").filter { !$0.hasPrefix("--") }
        var steps: [Step] = []
        for statement in lines.joined(separator: "\n").split(separator: ";") where !statement.allSatisfy(\.isWhitespace) {
            let sql = String(statement.drop(while: \.isWhitespace))
            if let match = sql.firstMatch(of: #/^CREATE (?:UNIQUE )?INDEX CONCURRENTLY IF NOT EXISTS (\w+) ON /#) {
                steps.append(Step(sql: sql, index: String(match.1)))
            } else if sql.contains(#/^DROP INDEX CONCURRENTLY IF EXISTS \w+$/#) || sql.hasPrefix("COMMENT ON ") {
                steps.append(Step(sql: sql))
            } else {
                throw .notRepeatable(migration.fileName, statement: sql)
            }
        }
        self.steps = steps
    }

    func apply(_ connection: isolated Connection) async throws {
        for step in steps {
            repeat {
                if let index = step.index { try await dropUnfinished(index, connection) }
                try await run(step.sql, connection)
                // Somebody else's build that failed meanwhile has left an index that IF NOT EXISTS passed over.
            } while try await isUnfinished(step.index, connection)
        }
    }

    /// Drops what a broken build of `index` left.
    ///
    /// Its server process may go on although its program is gone, and may succeed. Waiting for its lock on the table would hold it up: a build
    /// waits for every older snapshot.
    private func dropUnfinished(_ index: String, _ connection: isolated Connection) async throws {
        while let isBeingBuilt = try await connection.queryOptional(Self.unfinished(index)) {
            // Rows are those of a statement's beginning, and locks those of the moment: a build that ended in between looks broken once.
            if !isBeingBuilt, try await connection.queryOptional(Self.unfinished(index)) == false {
                return try await run("DROP INDEX CONCURRENTLY IF EXISTS \(index)", connection)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func isUnfinished(_ index: String?, _ connection: isolated Connection) async throws -> Bool {
        guard let index else { return false }
        return try await connection.queryOptional(Self.unfinished(index)) != nil
    }

    /// Of an index that is there and not complete: whether somebody still builds it.
    static func unfinished(_ index: String) -> Statement<Bool> {
        Statement(
            "schema.unfinished-index",
            """
            SELECT EXISTS (SELECT FROM pg_locks WHERE relation = indrelid AND mode = 'ShareUpdateExclusiveLock' AND granted
                           AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            FROM pg_index WHERE indexrelid = to_regclass(\(text: index)) AND NOT indisvalid
            """, read: { try $0.bool() })
    }

    private func run(_ sql: String, _ connection: isolated Connection) async throws {
        try await connection.executeScript(sql, timeout: .seconds(86_400))
    }
}
