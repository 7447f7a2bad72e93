public import Postgres

/// What the role of a server needs of the database, in the one table that `schema grant` grants by and `serve` checks by.
public enum Grants {
    /// What a role is for.
    public enum Purpose: Sendable {
        /// The API: it reads and writes what collectors bring, and what operators order.
        case api
        /// Reading the posts and what hangs on them: the connections of `XMONITOR_READ_DATABASE_URL`, and analysts.
        case read
    }

    /// On a table, or on one column of it.
    struct Privilege {
        var word: String
        var column: String?

        static let select = Privilege(word: "SELECT")
        static let insert = Privilege(word: "INSERT")
        static let update = Privilege(word: "UPDATE")
        static let delete = Privilege(word: "DELETE")
        static func update(_ column: String) -> Privilege { Privilege(word: "UPDATE", column: column) }

        var text: String { column.map { "\(word) (\($0))" } ?? word }
    }

    private struct Table {
        var name: String
        var api: [Privilege]
        var isRead = false
    }

    /// Rows that are locked need UPDATE. What a foreign key removes or looks at is done in the name of the owner.
    private static let tables = [
        Table(name: "schema_migrations", api: [.select]),
        Table(name: "posts", api: [.select, .insert, .update, .delete], isRead: true),
        Table(name: "gone_posts", api: [.select, .insert, .update], isRead: true),
        Table(name: "earlier_texts", api: [.select, .insert], isRead: true),
        Table(name: "post_metrics_snapshots", api: [.select, .insert, .update, .delete], isRead: true),
        Table(name: "reports", api: [.select, .insert, .update, .delete], isRead: true),
        Table(name: "embeddings", api: [.select, .insert, .update, .delete]),
        Table(name: "watch_accounts", api: [.select, .insert, .update], isRead: true),
        Table(name: "pipeline_runs", api: [.select, .insert, .update], isRead: true),
        Table(name: "batches", api: [.select, .insert]),
        Table(name: "changes", api: [.select, .insert]),
        Table(name: "import_stages", api: [.delete]),
        Table(name: "import_confirmations", api: []),
        Table(name: "access_keys", api: [.select, .insert, .update("last_used_at"), .update("revoked_at"), .update("revoked_by")]),
        Table(name: "access_revision", api: [.select, .update]),
        Table(name: "ended_sessions", api: [.select]),
        Table(name: "audit_events", api: [.select, .insert]),
        Table(name: "blocked_handles", api: [.select, .insert]),
        Table(name: "erased_posts", api: [.select, .insert]),
    ]

    /// Numbers that are asked for before their row is written.
    private static let sequences = ["batches_id_seq"]

    /// Functions that statements call, or checks and indexes of a table that is written.
    private static let functions = [
        (name: "posting_rank", isRead: true), (name: "trimmed_handle", isRead: false), (name: "observation_time", isRead: false),
        (name: "merged_observed_at", isRead: false), (name: "with_observation", isRead: false), (name: "velocity", isRead: false),
        (name: "number_changes", isRead: false),
    ]

    /// The names of all tables of an archive.
    static let tableNames = tables.map(\.name)

    /// What a role needs.
    struct Needs {
        var tables: [(name: String, privileges: [Privilege])]
        var sequences, functions: [String]

        init(_ purpose: Purpose) {
            switch purpose {
            case .api:
                tables = Grants.tables.filter { !$0.api.isEmpty }.map { ($0.name, $0.api) }
                (sequences, functions) = (Grants.sequences, Grants.functions.map(\.name))
            case .read:
                tables = Grants.tables.filter(\.isRead).map { ($0.name, [.select]) }
                (sequences, functions) = ([], Grants.functions.filter(\.isRead).map(\.name))
            }
        }

        /// The statements that grant all of it, as a person would write them.
        func statements(to role: Identifier, in schema: Identifier) -> [String] {
            // `what` is made of the words of this file.
            func grant(_ what: String, _ name: String) -> String {
                SQL("GRANT \(unescaped: what) \(table: Identifier(quoting: name)) TO \(table: role)").text
            }
            return [SQL("GRANT USAGE ON SCHEMA \(table: schema) TO \(table: role)").text]
                + tables.map { grant($0.privileges.map(\.text).joined(separator: ", ") + " ON", $0.name) }
                + sequences.map { grant("USAGE ON SEQUENCE", $0) } + functions.map { grant("EXECUTE ON FUNCTION", $0) }
        }
    }

    /// Grants a role what it needs and takes back whatever else it had on the tables, in one transaction.
    ///
    /// - Returns: the statements that did it.
    /// - Throws: `SchemaError` when there is no such role, or none that can be held to it; nothing is changed then.
    public static func grant(_ purpose: Purpose, to role: String, _ connection: isolated Connection) async throws -> [String] {
        try await connection.transaction { connection in
            guard let grantee = try await connection.queryOptional(GrantQueries.grantee(role)) else { throw SchemaError.unknownRole(role) }
            guard !grantee.hasOwnersRights else { throw SchemaError.ownersRole(role) }
            let (name, schema) = (Identifier(quoting: role), Identifier(quoting: grantee.schema))
            let statements = Needs(purpose).statements(to: name, in: schema)
            let revocations = [
                SQL("REVOKE ALL ON \(columns: tableNames.map(Identifier.init(quoting:))) FROM \(table: name)").text,
                SQL("REVOKE ALL ON SEQUENCE \(columns: sequences.map(Identifier.init(quoting:))) FROM \(table: name)").text,
                SQL("REVOKE CREATE ON SCHEMA \(table: schema) FROM \(table: name)").text,
            ]
            try await connection.executeScript((revocations + statements).joined(separator: ";\n"))
            // Who may not grant something is told so by a warning alone.
            let missing = try await connection.query(GrantQueries.missing(Needs(purpose), of: role))
            guard missing.isEmpty else { throw SchemaError.cannotGrant(missing) }
            return statements
        }
    }

    /// Checks what the role of this connection may do.
    ///
    /// - Throws: `SchemaError.missingGrants` naming each missing privilege with the statement that grants it.
    public static func check(_ options: ConnectionOptions, for purpose: Purpose) async throws {
        let connection = try await Connection.connect(options)
        do {
            let missing = try await connection.transaction(readOnly: true) { connection in
                try await connection.query(GrantQueries.missing(Needs(purpose), of: nil))
            }
            await connection.close()
            guard missing.isEmpty else { throw SchemaError.missingGrants(missing, purpose == .api ? "--api" : "--api API_ROLE --read") }
        } catch {
            await connection.close()
            throw error
        }
    }
}
