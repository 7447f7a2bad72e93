internal import Postgres

/// What a server has of the database and its roles, as far as every database of it shows.
struct BootstrapState: Sendable {
    var administrator: String
    var mayCreate: Bool
    var owner, api: Role
    /// Whether the administrator made himself a member of the owner.
    var isMember: Bool
    /// Whose the database is; nil when there is none.
    var databaseOwner: String?
    var isOpenToPublic: Bool
    var mayAPIConnect: Bool
    /// Whether there is the role by which RDS knows who logs in with a token.
    var hasIAM: Bool
    /// Whether the role is there that makes the other two: a run was broken off.
    var hasMaker: Bool
    /// Whether the administrator can make himself a member of the owner, who is there.
    var mayJoinOwner: Bool
    /// The roles of the archive that the administrator is a member of by somebody else's grant, which he cannot take back.
    var foreignMemberships: [String]

    struct Role: Sendable {
        var exists: Bool
        var mayLogIn: Bool
        /// Whether it may do what no role of an archive should.
        var isMighty: Bool
        var isIAM: Bool
        /// `name=value` of what its sessions begin with.
        var settings: [String]
    }

    static func query(database: String) -> Statement<BootstrapState> {
        Statement(
            "schema.bootstrap",
            """
            SELECT me.rolname::TEXT, me.rolsuper OR me.rolcreaterole AND me.rolcreatedb,
                   EXISTS (SELECT FROM pg_auth_members WHERE roleid = owner.oid AND member = me.oid AND grantor = me.oid),
                   pg_get_userbyid(d.datdba)::TEXT,
                   EXISTS (SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) WHERE grantee = 0),
                   EXISTS (SELECT FROM aclexplode(d.datacl) WHERE grantee = api.oid AND privilege_type = 'CONNECT'),
                   iam.oid IS NOT NULL,
                   \(role("owner")),
                   \(role("api")),
                   maker.oid IS NOT NULL,
                   me.rolsuper OR owner.oid IS NULL OR current_setting('server_version_num')::INTEGER < 160000
                       OR EXISTS (SELECT FROM pg_auth_members
                                  WHERE roleid = owner.oid AND member IN (me.oid, maker.oid) AND admin_option),
                   ARRAY(SELECT DISTINCT pg_get_userbyid(roleid)::TEXT FROM pg_auth_members
                         WHERE roleid IN (owner.oid, api.oid) AND member = me.oid AND grantor <> me.oid ORDER BY 1)
            FROM pg_roles AS me
            LEFT JOIN pg_roles AS owner ON owner.rolname = \(literal: Bootstrap.owner)
            LEFT JOIN pg_roles AS api ON api.rolname = \(literal: Bootstrap.api)
            LEFT JOIN pg_roles AS maker ON maker.rolname = \(literal: Bootstrap.maker)
            LEFT JOIN pg_roles AS iam ON iam.rolname = 'rds_iam'
            LEFT JOIN pg_database AS d ON d.datname = \(text: database)
            WHERE me.rolname = current_user
            """
        ) { row in
            BootstrapState(
                administrator: try row.text(0), mayCreate: try row.bool(1), owner: try Role(row, from: 7), api: try Role(row, from: 12),
                isMember: try row.bool(2), databaseOwner: try row.textOrNil(3), isOpenToPublic: try row.bool(4),
                mayAPIConnect: try row.bool(5), hasIAM: try row.bool(6), hasMaker: try row.bool(17), mayJoinOwner: try row.bool(18),
                foreignMemberships: try row.textArray(19))
        }
    }

    private static func role(_ name: Identifier) -> SQL {
        """
        \(table: name).oid IS NOT NULL, coalesce(\(table: name).rolcanlogin, false),
        coalesce(\(table: name).rolsuper OR \(table: name).rolcreaterole OR \(table: name).rolcreatedb OR \(table: name).rolreplication
                 OR \(table: name).rolbypassrls, false),
        EXISTS (SELECT FROM pg_auth_members WHERE roleid = iam.oid AND member = \(table: name).oid),
        coalesce((SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = 0 AND setrole = \(table: name).oid), '{}')
        """
    }
}

extension BootstrapState.Role {
    fileprivate init(_ row: Row, from column: Int) throws {
        exists = try row.bool(column)
        mayLogIn = try row.bool(column + 1)
        isMighty = try row.bool(column + 2)
        isIAM = try row.bool(column + 3)
        settings = try row.textArray(column + 4)
    }
}
