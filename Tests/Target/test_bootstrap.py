"""The administrator of a server, who is no superuser, makes the database and its roles; a run that was killed anywhere is finished by the next."""

import json
import os
import re
import signal

import pytest

from support.ingest_server import IngestServer
from support.message_proxy import MessageProxy
from support.psql import sql

ADMINISTRATOR, OWNER, API, MAKER = "the_administrator", "xmonitor_owner", "xmonitor_api", "xmonitor_maker"
ROLES = (OWNER, API, MAKER, ADMINISTRATOR, "rds_iam", "somebody")

# All that the command makes, as every database shows it.
STATE = f"""
    SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
        SELECT format('%s %s %s', rolname, rolcanlogin, (SELECT setconfig FROM pg_db_role_setting WHERE setrole = r.oid)) AS line
        FROM pg_roles AS r WHERE rolname IN ('{OWNER}', '{API}', '{MAKER}')
        UNION ALL SELECT format('%s in %s', member::REGROLE, roleid::REGROLE) FROM pg_auth_members WHERE roleid >= 16384
        UNION ALL SELECT format('%s of %s %s', datname, datdba::REGROLE, datacl) FROM pg_database WHERE datname = 'xmonitor') AS lines"""
INSIDE = """
    SELECT format('%s %s', (SELECT nspacl FROM pg_namespace WHERE nspname = 'public'),
                  (SELECT string_agg(format('%s %s %s', defaclrole::REGROLE, defaclobjtype, defaclacl), ' ') FROM pg_default_acl))"""


@pytest.fixture
def server(postgres, xmonitor):
    """A Postgres with an administrator as RDS has one, and nothing of ours."""
    postgres.sql(f"CREATE ROLE {ADMINISTRATOR} LOGIN CREATEDB CREATEROLE")
    xmonitor.environment["DATABASE_URL"] = as_role(postgres.address(), ADMINISTRATOR)
    yield postgres
    postgres.sql("DROP DATABASE IF EXISTS xmonitor WITH (FORCE)")
    for role in ROLES:
        postgres.sql(f"DROP ROLE IF EXISTS {role}")


@pytest.fixture
def with_iam(server):
    """Members of rds_iam, direct or not, cannot log in without a token, and nobody here has one."""
    server.sql("CREATE ROLE rds_iam")
    rules = server.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text("local all +rds_iam reject\n" + before)
    server.sql("SELECT pg_reload_conf()")
    yield server
    rules.write_text(before)
    server.sql("SELECT pg_reload_conf()")


def as_role(address, role):
    return address.replace("user=xmonitor", f"user={role}")


def state(server):
    return server.sql(STATE) + "\n" + sql(server.address("xmonitor"), INSIDE)


def logs_in(server, role, database="postgres"):
    try:
        return sql(as_role(server.address(database), role), "SELECT current_user") == role
    except Exception:
        return False


def test_an_administrator_who_is_no_superuser_makes_all_of_it(server, xmonitor):
    assert "schema apply" in xmonitor("database", "bootstrap")
    assert server.sql("SELECT datdba::REGROLE FROM pg_database WHERE datname = 'xmonitor'") == OWNER
    # The owner applies and grants, the other one serves, and nobody else comes in.
    xmonitor.environment["DATABASE_URL"] = as_role(server.address("xmonitor"), OWNER)
    xmonitor("schema", "apply")
    xmonitor("schema", "grant", "--api", API)
    served = IngestServer(xmonitor, as_role(server.address("xmonitor"), API))
    assert served.client.get("/health/ready").status == 200
    served.stop()
    server.sql("CREATE ROLE somebody LOGIN")
    assert logs_in(server, OWNER, "xmonitor") and logs_in(server, API, "xmonitor")
    assert not logs_in(server, "somebody", "xmonitor") and not logs_in(server, ADMINISTRATOR, "xmonitor")
    assert server.sql(f"SELECT pg_has_role('{ADMINISTRATOR}', '{OWNER}', 'MEMBER')") == "f"
    for right in ("CREATE", "TEMPORARY"):
        assert sql(server.address("xmonitor"), f"SELECT has_database_privilege('{API}', 'xmonitor', '{right}')") == "f"
    assert sql(server.address("xmonitor"), f"SELECT has_schema_privilege('{API}', 'public', 'CREATE')") == "f"
    assert "15min" in server.sql(f"SELECT rolconfig FROM pg_roles WHERE rolname = '{API}'")


def test_again_it_changes_nothing_also_beside_an_archive(server, xmonitor):
    xmonitor("database", "bootstrap")
    before = state(server)
    assert "nothing to do" in xmonitor("database", "bootstrap") and json.loads(xmonitor("database", "bootstrap", "--json"))["statements"] == []
    assert state(server) == before
    administrator = xmonitor.environment["DATABASE_URL"]
    xmonitor.environment["DATABASE_URL"] = as_role(server.address("xmonitor"), OWNER)
    xmonitor("schema", "apply")
    xmonitor("schema", "grant", "--api", API)
    before = state(server)
    xmonitor.environment["DATABASE_URL"] = administrator
    assert "nothing to do" in xmonitor("database", "bootstrap", "--plan")
    xmonitor("database", "bootstrap")
    assert state(server) == before


def test_the_plan_is_what_is_done_and_does_nothing(server, xmonitor):
    before = server.sql(STATE)
    shown = json.loads(xmonitor("database", "bootstrap", "--plan", "--json"))
    assert shown["applied"] is False and len(shown["statements"]) > 8
    text = xmonitor("database", "bootstrap", "--plan")
    assert re.findall(r"^(?!--)(.+);$", text, re.M) == shown["statements"]
    assert server.sql(STATE) == before
    done = json.loads(xmonitor("database", "bootstrap", "--json"))
    assert done == {"applied": True, "statements": shown["statements"]}


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_every_statement_it_is_finished_by_the_next_run(with_iam, xmonitor, when):
    server = with_iam
    direct = xmonitor.environment["DATABASE_URL"]
    xmonitor("database", "bootstrap")
    wanted = state(server)
    server.sql("DROP DATABASE xmonitor")
    server.sql(f"DROP ROLE {OWNER}, {API}")
    strikes = 0
    proxy = None
    try:
        while True:
            running = []
            proxy = MessageProxy(server.socket, lambda running=running: os.kill(running[0].pid, signal.SIGKILL))
            proxy.arm(strikes + 1, when)
            xmonitor.environment["DATABASE_URL"] = as_role(proxy.address("postgres"), ADMINISTRATOR)
            running.append(xmonitor.start("database", "bootstrap"))
            running[0].communicate(timeout=120)
            if not proxy.struck.is_set():
                assert running[0].returncode == 0
                break
            strikes += 1
            proxy.close()
            # Whatever it left, the administrator comes in and finishes it.
            xmonitor.environment["DATABASE_URL"] = direct
            assert logs_in(server, ADMINISTRATOR)
            xmonitor("database", "bootstrap")
            assert state(server) == wanted
            assert logs_in(server, ADMINISTRATOR)
            server.sql("DROP DATABASE IF EXISTS xmonitor WITH (FORCE)")
            server.sql(f"DROP ROLE {OWNER}, {API}")
    finally:
        proxy.close()
    # The role that makes the others, these, the database, what is in it, the end of that role, and rds_iam.
    assert strikes >= 6


def test_rds_iam_comes_last_and_the_administrator_still_logs_in(with_iam, xmonitor):
    statements = json.loads(xmonitor("database", "bootstrap", "--json"))["statements"]
    assert statements[-3:] == [f"DROP ROLE {MAKER}", f"GRANT rds_iam TO {OWNER}", f"GRANT rds_iam TO {API}"]
    assert logs_in(with_iam, ADMINISTRATOR)
    assert not logs_in(with_iam, OWNER, "xmonitor") and not logs_in(with_iam, API, "xmonitor")
    # The database is lost, the roles are not: the owner leaves rds_iam while the administrator is one of his members.
    with_iam.sql("DROP DATABASE xmonitor")
    statements = json.loads(xmonitor("database", "bootstrap", "--json"))["statements"]
    order = [statements.index(text) for text in (
        f"REVOKE rds_iam FROM {OWNER}", f"GRANT {OWNER} TO {MAKER}", f"DROP ROLE {MAKER}", f"GRANT rds_iam TO {OWNER}")]
    assert order == sorted(order) and logs_in(with_iam, ADMINISTRATOR)


def test_who_creates_the_roles_and_is_their_member_for_good_is_gone_at_the_end(with_iam, xmonitor):
    """From Postgres 16 on the bootstrap superuser makes who creates a role a member of it, who cannot take that back; here by hand."""
    statements = json.loads(xmonitor("database", "bootstrap", "--plan", "--json"))["statements"]
    begins, ends = statements.index(f"SET ROLE {MAKER}"), statements.index("RESET ROLE")
    created = [statements.index(f"CREATE ROLE {role} LOGIN") for role in (OWNER, API)]
    assert all(begins < place < ends for place in created)
    # What a run leaves there that breaks off when it has created them.
    with_iam.sql(f"""
        CREATE ROLE {MAKER} CREATEROLE; GRANT {MAKER} TO {ADMINISTRATOR} WITH ADMIN OPTION;
        CREATE ROLE {OWNER} LOGIN; CREATE ROLE {API} LOGIN; GRANT {OWNER}, {API} TO {MAKER} WITH ADMIN OPTION""")
    xmonitor("database", "bootstrap")
    assert with_iam.sql("SELECT count(*) FROM pg_auth_members WHERE roleid >= 16384 AND roleid::REGROLE::TEXT <> 'rds_iam'") == "0"
    assert with_iam.sql(f"SELECT count(*) FROM pg_roles WHERE rolname = '{MAKER}'") == "0"
    assert logs_in(with_iam, ADMINISTRATOR) and not logs_in(with_iam, OWNER, "xmonitor")
    assert "nothing to do" in xmonitor("database", "bootstrap")


def test_an_administrator_who_created_the_roles_himself_is_told_before_they_get_rds_iam(with_iam, xmonitor):
    """As --no-iam does it, after which Postgres 16 keeps him a member of both."""
    with_iam.sql(f"""
        CREATE ROLE {OWNER} LOGIN; CREATE ROLE {API} LOGIN; GRANT {OWNER}, {API} TO {ADMINISTRATOR} WITH ADMIN OPTION""")
    before = with_iam.sql(STATE)
    told = xmonitor.fails("database", "bootstrap")
    assert f"member of {API}, {OWNER}" in told and f"DROP ROLE {API}, {OWNER}" in told
    assert with_iam.sql(STATE) == before and logs_in(with_iam, ADMINISTRATOR)
    # What he is told to do helps.
    sql(xmonitor.environment["DATABASE_URL"], f"DROP ROLE {API}, {OWNER}")
    xmonitor("database", "bootstrap")
    assert logs_in(with_iam, ADMINISTRATOR)


def test_with_passwords_the_roles_are_no_members_of_rds_iam(with_iam, xmonitor):
    xmonitor("database", "bootstrap", "--no-iam")
    assert logs_in(with_iam, OWNER, "xmonitor") and logs_in(with_iam, API, "xmonitor")


def test_an_administrator_who_would_be_kept_out_is_told_and_is_not(with_iam, xmonitor):
    # Somebody else made him a member of the role that serves, through another role.
    with_iam.sql(f"CREATE ROLE {API} LOGIN; CREATE ROLE somebody; GRANT {API} TO somebody; GRANT somebody TO {ADMINISTRATOR}")
    assert "REVOKE the membership" in xmonitor.fails("database", "bootstrap")
    assert logs_in(with_iam, ADMINISTRATOR)
    with_iam.sql(f"REVOKE {API} FROM somebody")
    xmonitor("database", "bootstrap")
    assert logs_in(with_iam, ADMINISTRATOR) and not logs_in(with_iam, API, "xmonitor")


def test_when_it_cannot_be_found_out_whether_he_logs_in_the_next_run_looks_again(with_iam, xmonitor):
    xmonitor("database", "bootstrap")
    wanted = state(with_iam)
    with_iam.sql(f"REVOKE rds_iam FROM {OWNER}, {API}; ALTER ROLE {ADMINISTRATOR} CONNECTION LIMIT 1")
    assert "too many connections" in xmonitor.fails("database", "bootstrap")
    assert logs_in(with_iam, OWNER, "xmonitor")
    with_iam.sql(f"ALTER ROLE {ADMINISTRATOR} CONNECTION LIMIT -1")
    xmonitor("database", "bootstrap")
    assert state(with_iam) == wanted


def test_what_cannot_be_done_is_said_before_anything_is_made(server, xmonitor):
    server.sql("CREATE ROLE somebody LOGIN CREATEDB")
    before = server.sql(STATE)
    administrator = xmonitor.environment["DATABASE_URL"]
    xmonitor.environment["DATABASE_URL"] = as_role(server.address(), "somebody")
    assert "CREATEROLE" in xmonitor.fails("database", "bootstrap")
    xmonitor.environment["DATABASE_URL"] = administrator
    assert "IAM database authentication" in xmonitor.fails("database", "bootstrap", "--iam")
    assert server.sql(STATE) == before
    server.sql("CREATE DATABASE xmonitor OWNER somebody")
    assert "belongs to somebody" in xmonitor.fails("database", "bootstrap")
    server.sql("DROP DATABASE xmonitor")
    server.sql(f"CREATE ROLE {API} LOGIN CREATEROLE")
    assert "more than an archive needs" in xmonitor.fails("database", "bootstrap")
    assert xmonitor("database", "bootstrap", "--database", "", code=2) == ""


def test_names_are_quoted(server, xmonitor):
    odd = 'Odd "name"; --'
    quoted = '"' + odd.replace('"', '""') + '"'
    xmonitor("database", "bootstrap", "--database", odd)
    assert server.sql(f"SELECT datdba::REGROLE FROM pg_database WHERE datname = '{odd}'") == OWNER
    server.sql(f"DROP DATABASE {quoted}")


def test_without_the_right_to_connect_serve_says_so(server, xmonitor):
    xmonitor("database", "bootstrap")
    owner, api = (as_role(server.address("xmonitor"), role) for role in (OWNER, API))
    xmonitor.environment["DATABASE_URL"] = owner
    xmonitor("schema", "apply")
    xmonitor("schema", "grant", "--api", API)
    xmonitor.environment["DATABASE_URL"] = api
    takings = {
        f"REVOKE CONNECT ON DATABASE xmonitor FROM {API}": "GRANT CONNECT ON DATABASE",
        f"REVOKE USAGE ON SCHEMA public FROM {API}": f"GRANT USAGE ON SCHEMA public TO {API}",
        f"REVOKE EXECUTE ON FUNCTION posting_rank FROM {API}": "posting_rank",
    }
    for taking, named in takings.items():
        sql(owner, taking)
        assert named in xmonitor.fails("serve"), taking
        xmonitor.environment["DATABASE_URL"] = owner
        sql(owner, f"GRANT CONNECT ON DATABASE xmonitor TO {API}")
        xmonitor("schema", "grant", "--api", API)
        xmonitor.environment["DATABASE_URL"] = api
    served = IngestServer(xmonitor, api)
    assert served.client.get("/health/ready").status == 200
    served.stop()
