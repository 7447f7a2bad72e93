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
    /// Before the roles get `rds_iam` the administrator has to be a member of neither: RDS takes no password of an indirect member either. From
    /// Postgres 16 on who creates a role without being a superuser is a member of it, by a grant that he cannot take back. So another role
    /// creates them then, and with that role its memberships go, and the administrator's in it. Without `rds_iam` he creates them himself, and
    /// can go on to give them passwords.
    ///
    /// - Throws: `SchemaError` when the administrator cannot do it.
    func steps(database: Identifier, logsInByIAM: Bool?) throws -> [BootstrapStep] {
        let usesIAM = logsInByIAM ?? hasIAM
        let isUnfinished = databaseOwner == nil || isOpenToPublic || !mayAPIConnect
        try check(database, usesIAM: usesIAM, isUnfinished: isUnfinished)
        let (roles, usesMaker) = (roles(), usesIAM || hasMaker)
        var steps: [BootstrapStep] = []
        if isUnfinished, owner.isIAM { steps.append(step("REVOKE rds_iam FROM \(table: Bootstrap.owner)")) }
        steps += usesMaker ? byMaker(roles, isUnfinished: isUnfinished) : byAdministrator(roles, isUnfinished: isUnfinished)
        if isUnfinished { steps += making(database) }
        if hasMaker || usesMaker && (isUnfinished || !roles.isEmpty) { steps.append(step("DROP ROLE \(table: Bootstrap.maker)")) }
        if isMember || isUnfinished && !usesMaker {
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

    private func check(_ database: Identifier, usesIAM: Bool, isUnfinished: Bool) throws {
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
        if usesIAM, !foreignMemberships.isEmpty {
            let roles = foreignMemberships.joined(separator: ", ")
            faults.append(
                "The administrator \(administrator) is a member of \(roles) by a grant that he cannot take back, and RDS would take no password of his any more: as who granted it, REVOKE \(roles) FROM \(administrator) (\\drg in psql shows who); or, when he created them himself and nothing is theirs yet, DROP ROLE \(roles), and run this again; or log the roles in with passwords (--no-iam)."
            )
        } else if isUnfinished, !mayJoinOwner {
            faults.append(
                "The role \(Bootstrap.owner.name) is there without its database, and \(administrator) may not administer it: make the database as a superuser, or restore the server, or use one where the role is not there."
            )
        }
        guard faults.isEmpty else { throw SchemaError.cannotBootstrap(faults) }
    }

    /// What is missing of the roles and of what their sessions begin with.
    private func roles() -> [SQL] {
        var statements: [SQL] = []
        for (role, name) in [(owner, Bootstrap.owner), (api, Bootstrap.api)] where !role.mayLogIn {
            statements.append(role.exists ? "ALTER ROLE \(table: name) LOGIN" : "CREATE ROLE \(table: name) LOGIN")
        }
        for (setting, value) in Self.timeouts where !api.settings.contains("\(setting)=\(value)") {
            statements.append("ALTER ROLE \(table: Bootstrap.api) SET \(unescaped: setting) = '\(unescaped: value)'")
        }
        return statements
    }

    private func byAdministrator(_ roles: [SQL], isUnfinished: Bool) -> [BootstrapStep] {
        let steps = roles.map(step)
        guard isUnfinished, !isMember else { return steps }
        return steps + [step("GRANT \(table: Bootstrap.owner) TO \(table: Identifier(quoting: administrator))")]
    }

    /// All in one transaction: what the role creates it alone can administer, from Postgres 16 on, and the administrator through it.
    private func byMaker(_ roles: [SQL], isUnfinished: Bool) -> [BootstrapStep] {
        guard isUnfinished || !roles.isEmpty else { return [] }
        let (maker, administrator) = (Bootstrap.maker, Identifier(quoting: administrator))
        let making: [SQL] = ["CREATE ROLE \(table: maker) CREATEROLE", "GRANT \(table: maker) TO \(table: administrator)"]
        let joining: [SQL] = isUnfinished ? ["GRANT \(table: Bootstrap.owner) TO \(table: maker)"] : []
        let statements: [SQL] = ["SET ROLE \(table: maker)"] + roles + joining + ["RESET ROLE"]
        return (hasMaker ? [statements] : [making, statements]).map { BootstrapStep(place: .server, statements: $0.map(\.text)) }
    }

    /// Whether the database is closed to everybody else shows that the rest was done: it is one transaction, and no other database shows the rest.
    private func making(_ database: Identifier) -> [BootstrapStep] {
        var steps: [BootstrapStep] = []
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
