"""A server has a role of its own with exactly what it needs; without any single grant it says which, and the statement that mends it."""

import json
import re
import uuid

import pytest

from support.ingest_server import IngestServer
from support.psql import sql
from support.roles import make_role


@pytest.fixture
def role(archive):
    """Makes roles of the test's own."""
    made = []

    def role():
        made.append(f"role_{uuid.uuid4().hex}")
        make_role(archive, made[-1])
        return made[-1]

    yield role
    for name in made:
        sql(archive, f"DROP OWNED BY {name}; DROP ROLE {name}")


@pytest.fixture
def closed(archive):
    """What everybody may by default is taken back, so that each grant counts."""
    functions = sql(archive, """
        SELECT string_agg(oid::regprocedure::TEXT, ', ') FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')""")
    sql(archive, f"REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE EXECUTE ON FUNCTION {functions} FROM PUBLIC")


def grants(xmonitor, *arguments):
    """The single grants: `SELECT ON posts`, one for each privilege."""
    statements = json.loads(xmonitor("schema", "grant", *arguments, "--json"))["granted"]
    found = []
    for statement in statements:
        privileges, thing, to = re.fullmatch(r"GRANT (.+?) ON (.+) TO (\w+)", statement).groups()
        found += [(f"{privilege} ON {thing}", to) for privilege in privileges.split(", ")]
    return found


def test_without_any_single_grant_serve_refuses_and_names_it(xmonitor, archive, role, closed):
    api, read = role(), role()
    needed = grants(xmonitor, "--api", api, "--read", read)
    assert len(needed) > 40
    xmonitor.environment |= {
        "DATABASE_URL": archive.replace("user=xmonitor", f"user={api}"), "XMONITOR_READ_DATABASE_URL": archive.replace("user=xmonitor", f"user={read}")}
    for grant, to in needed:
        sql(archive, f"REVOKE {grant} FROM {to}")
        named = re.findall(r"GRANT .*", xmonitor.fails("serve"))
        assert len(named) == 1 and named[0].endswith(f"TO {to}"), (grant, xmonitor.stderr)
        # The statement that is named mends it.
        sql(archive, named[0])
    server = IngestServer(xmonitor, xmonitor.environment["DATABASE_URL"])
    assert server.client.get("/health/ready").status == 200
    server.stop()


def test_all_that_is_missing_is_named_at_once(xmonitor, archive, role, closed):
    api = role()
    needed = grants(xmonitor, "--api", api)
    sql(archive, f"DROP OWNED BY {api}; GRANT USAGE ON SCHEMA public TO {api}")
    xmonitor.environment["DATABASE_URL"] = archive.replace("user=xmonitor", f"user={api}")
    assert len(re.findall(r"GRANT .*", xmonitor.fails("serve"))) == len(needed) - 1
    assert "xmonitor schema grant --api" in xmonitor.stderr


def test_again_it_changes_nothing_and_what_a_role_had_besides_is_taken_back(xmonitor, archive, role):
    api, read = role(), role()
    acls = "SELECT string_agg(relname || relacl::TEXT, ' ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    first = xmonitor("schema", "grant", "--api", api, "--read", read)
    before = sql(archive, acls)
    sql(archive, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {api}; GRANT CREATE ON SCHEMA public TO {api}; GRANT DELETE ON posts TO {read}")
    assert xmonitor("schema", "grant", "--api", api, "--read", read) == first and "schema apply" in first
    assert sql(archive, acls) == before
    assert sql(archive, f"SELECT has_schema_privilege('{api}', 'public', 'CREATE')") == "f"
    may_not = [("posts", "TRUNCATE"), ("batches", "DELETE"), ("audit_events", "UPDATE"), ("audit_events", "DELETE"), ("schema_migrations", "INSERT"),
               ("access_keys", "DELETE"), ("changes", "DELETE"), ("changes", "UPDATE")]
    for table, privilege in may_not:
        assert sql(archive, f"SELECT has_table_privilege('{api}', '{table}', '{privilege}')") == "f", (table, privilege)
    # What a key may do, and until when, is not changed by a server.
    changeable = sql(archive, f"""
        SELECT string_agg(attname, ' ' ORDER BY attname) FROM pg_attribute
        WHERE attrelid = 'access_keys'::regclass AND attnum > 0 AND has_column_privilege('{api}', attrelid, attnum, 'UPDATE')""")
    assert changeable == "last_used_at revoked_at revoked_by"
    readable = sql(archive, f"""
        SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege('{read}', oid, 'SELECT')""")
    assert readable == "earlier_texts gone_posts pipeline_runs post_metrics_snapshots posts reports watch_accounts"


def test_a_role_that_cannot_be_held_to_it_is_refused(xmonitor, archive, role):
    assert "no role nobody_of_this_name" in xmonitor.fails("schema", "grant", "--api", "nobody_of_this_name")
    assert "owns the tables" in xmonitor.fails("schema", "grant", "--api", "xmonitor")
    member, changing = role(), role()
    # Who does not inherit the rights of the owner takes them on by SET ROLE.
    sql(archive, f"ALTER ROLE {changing} NOINHERIT; GRANT xmonitor TO {member}, {changing}")
    for each in (member, changing):
        assert "member" in xmonitor.fails("schema", "grant", "--api", each)
    assert "two roles" in xmonitor.fails("schema", "grant", "--api", member, "--read", member)


def test_who_may_not_grant_is_told_so(xmonitor, archive, role):
    api, other = role(), role()
    xmonitor("schema", "grant", "--api", api)
    xmonitor.environment["DATABASE_URL"] = archive.replace("user=xmonitor", f"user={api}")
    xmonitor.fails("schema", "grant", "--api", other)
    assert sql(archive, f"SELECT has_table_privilege('{other}', 'posts', 'SELECT')") == "f"


def test_names_are_quoted(xmonitor, archive):
    odd = f'Odd "{uuid.uuid4().hex}" name; --'
    quoted = '"' + odd.replace('"', '""') + '"'
    sql(archive, f"CREATE ROLE {quoted} LOGIN")
    assert f"TO {quoted}" in xmonitor("schema", "grant", "--api", odd)
    sql(archive, f"DROP OWNED BY {quoted}; DROP ROLE {quoted}")


def test_who_may_not_change_rows_follows_the_archive(xmonitor, archive, role):
    """Positions are given by a function of the owner: nobody else may call it who was not given that."""
    api, nobody = role(), role()
    xmonitor("schema", "grant", "--api", api)
    assert sql(archive, f"SELECT has_function_privilege('{nobody}', 'number_changes()', 'EXECUTE')") == "f"
    server = IngestServer(xmonitor, archive.replace("user=xmonitor", f"user={api}"))
    post = {"status_id": "1", "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": "2026-02-21T10:00:00Z",
            "last_seen_at": "2026-02-21T10:00:00Z"}
    place = server.client.get("/v1/changes").json["next"]
    server.client.send("posts", [post])
    assert [item["status_id"] for item in server.client.get(f"/v1/changes?after={place}").json["items"]] == ["1"]
    # Whatever the caller names like a table of the archive is not taken for it.
    sql(archive.replace("user=xmonitor", f"user={api}"), """
        CREATE TEMPORARY TABLE changes (id BIGINT, position BIGINT, nonce INTEGER);
        INSERT INTO pg_temp.changes VALUES (1, NULL, NULL);
        SELECT number_changes();
        DO $$ BEGIN ASSERT (SELECT position IS NULL FROM pg_temp.changes); END $$""")
    server.stop()
