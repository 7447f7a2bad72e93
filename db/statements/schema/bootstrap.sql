-- Schema: schema.bootstrap
-- $1 text
SELECT me.rolname::TEXT, me.rolsuper OR me.rolcreaterole AND me.rolcreatedb,
       EXISTS (SELECT FROM pg_auth_members WHERE roleid = owner.oid AND member = me.oid AND grantor = me.oid),
       pg_get_userbyid(d.datdba)::TEXT,
       EXISTS (SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) WHERE grantee = 0),
       EXISTS (SELECT FROM aclexplode(d.datacl) WHERE grantee = api.oid AND privilege_type = 'CONNECT'),
       iam.oid IS NOT NULL,
       owner.oid IS NOT NULL, coalesce(owner.rolcanlogin, false),
       coalesce(owner.rolsuper OR owner.rolcreaterole OR owner.rolcreatedb OR owner.rolreplication
                OR owner.rolbypassrls, false),
       EXISTS (SELECT FROM pg_auth_members WHERE roleid = iam.oid AND member = owner.oid),
       coalesce((SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = 0 AND setrole = owner.oid), '{}'),
       api.oid IS NOT NULL, coalesce(api.rolcanlogin, false),
       coalesce(api.rolsuper OR api.rolcreaterole OR api.rolcreatedb OR api.rolreplication
                OR api.rolbypassrls, false),
       EXISTS (SELECT FROM pg_auth_members WHERE roleid = iam.oid AND member = api.oid),
       coalesce((SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = 0 AND setrole = api.oid), '{}'),
       maker.oid IS NOT NULL,
       me.rolsuper OR owner.oid IS NULL OR current_setting('server_version_num')::INTEGER < 160000
           OR EXISTS (SELECT FROM pg_auth_members
                      WHERE roleid = owner.oid AND member IN (me.oid, maker.oid) AND admin_option),
       ARRAY(SELECT DISTINCT pg_get_userbyid(roleid)::TEXT FROM pg_auth_members
             WHERE roleid IN (owner.oid, api.oid) AND member = me.oid AND grantor <> me.oid ORDER BY 1)
FROM pg_roles AS me
LEFT JOIN pg_roles AS owner ON owner.rolname = 'xmonitor_owner'
LEFT JOIN pg_roles AS api ON api.rolname = 'xmonitor_api'
LEFT JOIN pg_roles AS maker ON maker.rolname = 'xmonitor_maker'
LEFT JOIN pg_roles AS iam ON iam.rolname = 'rds_iam'
LEFT JOIN pg_database AS d ON d.datname = $1
WHERE me.rolname = current_user
