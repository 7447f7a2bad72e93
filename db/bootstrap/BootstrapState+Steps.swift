internal import Postgres

extension BootstrapState {
    /// What sessions of the API's role begin with, whoever opens them. The program brings settings of its own, unless a pooler leaves them out.
    private static let timeouts = [
        ("statement_timeout", "60s"), ("lock_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s"),
        // A function of Lambda that is frozen keeps its connections.
        ("idle_session_timeout", "15min"),
    ]

    static let revokeIAM = SQL("REVOKE rds_iam FROM \(table: Bootstrap.owner), \(table: Bootstrap.api)").text

    /// What is left to be done, in an order that can be broken off anywhere.
    ///
    /// The administrator leaves the owner's role before that role gets `rds_iam`: RDS takes no password of an indirect member either.
    ///
    /// - Throws: `SchemaError` when the administrator cannot do it.
    func steps(database: Identifier, logsInByIAM: Bool?) throws -> [BootstrapStep] {
        let usesIAM = logsInByIAM ?? hasIAM
        try check(database, usesIAM: usesIAM)
        let isUnfinished = databaseOwner == nil || isOpenToPublic || !mayAPIConnect
        var steps = roles()
        if isUnfinished { steps += making(database) }
        if isUnfinished || isMember {
            steps.append(step("REVOKE \(table: Bootstrap.owner) FROM \(table: Identifier(quoting: administrator))"))
        }
        if usesIAM {
            let isTakenBack = isUnfinished && owner.isIAM
            let lacking = [(Bootstrap.owner, owner.isIAM && !isTakenBack), (Bootstrap.api, api.isIAM)].filter { !$0.1 }.map(\.0)
            if !lacking.isEmpty {
                steps.append(BootstrapStep(place: .login, statements: lacking.map { SQL("GRANT rds_iam TO \(table: $0)").text }))
            }
        }
        return steps
    }

    private func check(_ database: Identifier, usesIAM: Bool) throws {
        var faults: [String] = []
        if !mayCreate {
            faults.append(
                "The role \(administrator) may not create databases and roles: connect as the administrator of the server, who has CREATEDB and CREATEROLE."
            )
        }
        if let databaseOwner, databaseOwner != Bootstrap.owner.name {
            faults.append(
                "The database \(database.name) belongs to \(databaseOwner): name another one with --database, or, as \(databaseOwner), \(SQL("ALTER DATABASE \(table: database) OWNER TO \(table: Bootstrap.owner)").text)"
            )
        }
        for (role, name) in [(owner, Bootstrap.owner.name), (api, Bootstrap.api.name)] where role.isMighty {
            faults.append(
                "The role \(name) is there, and may do more than an archive needs: ALTER ROLE \(name) NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
            )
        }
        if usesIAM, !hasIAM {
            faults.append("The server has no role rds_iam: turn on IAM database authentication of the instance, or leave out --iam.")
        }
        guard faults.isEmpty else { throw SchemaError.cannotBootstrap(faults) }
    }

    private func roles() -> [BootstrapStep] {
        var steps: [BootstrapStep] = []
        for (role, name) in [(owner, Bootstrap.owner), (api, Bootstrap.api)] where !role.mayLogIn {
            steps.append(role.exists ? step("ALTER ROLE \(table: name) LOGIN") : step("CREATE ROLE \(table: name) LOGIN"))
        }
        for (setting, value) in Self.timeouts where !api.settings.contains("\(setting)=\(value)") {
            steps.append(step("ALTER ROLE \(table: Bootstrap.api) SET \(unescaped: setting) = '\(unescaped: value)'"))
        }
        return steps
    }

    /// Whether the database is closed to everybody else shows that the rest was done: it is one transaction, and no other database shows the rest.
    private func making(_ database: Identifier) -> [BootstrapStep] {
        var steps: [BootstrapStep] = []
        if owner.isIAM { steps.append(step("REVOKE rds_iam FROM \(table: Bootstrap.owner)")) }
        if !isMember { steps.append(step("GRANT \(table: Bootstrap.owner) TO \(table: Identifier(quoting: administrator))")) }
        if databaseOwner == nil {
            steps.append(step("CREATE DATABASE \(table: database) OWNER \(table: Bootstrap.owner) TEMPLATE template0 ENCODING 'UTF8'"))
        }
        let statements: [SQL] = [
            "SET ROLE \(table: Bootstrap.owner)",
            "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "REVOKE ALL ON DATABASE \(table: database) FROM PUBLIC",
            "GRANT CONNECT ON DATABASE \(table: database) TO \(table: Bootstrap.api)",
        ]
        return steps + [BootstrapStep(place: .database, statements: statements.map(\.text))]
    }

    private func step(_ statement: SQL) -> BootstrapStep { BootstrapStep(place: .server, statements: [statement.text]) }
}
