"""Each fault of the database that passes by itself, or that its operator mends, is 503 with Retry-After, by its real cause; then all is well."""

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from support.held import Held
from support.ingest_server import Client
from support.psql import sql
from support.waiting import until

POST = {"status_id": "1", "url": "https://x.example/1", "author_handle": "ada", "body_text": "one", "discovered_at": "2026-02-01T00:00:00Z",
        "last_seen_at": "2026-02-01T00:00:00Z"}
ENDED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'"
WAITING = "SELECT pid FROM pg_stat_activity WHERE usename = 'app' AND wait_event_type = 'Lock' LIMIT 1"


@pytest.fixture(scope="module")
def app(postgres):
    """A role without privileges beyond those of the archive."""
    postgres.sql("CREATE ROLE app LOGIN PASSWORD 'first'")
    # Only its password lets it in.
    rules = postgres.data / "pg_hba.conf"
    rules.write_text("local all app scram-sha-256\n" + rules.read_text())
    postgres.sql("SELECT pg_reload_conf()")


@pytest.fixture
def server(postgres, app, xmonitor, serve):
    postgres.sql("DROP DATABASE IF EXISTS archive WITH (FORCE)")
    postgres.sql("CREATE DATABASE archive")
    xmonitor.environment["DATABASE_URL"] = postgres.address("archive")
    xmonitor("schema", "apply")
    sql(postgres.address("archive"), """
        GRANT ALL ON ALL TABLES IN SCHEMA public TO app; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO app;
        GRANT EXECUTE ON FUNCTION number_changes() TO app""")
    server = serve(postgres.address("archive").replace("user=xmonitor", "user=app&password=first"))
    server.client.send("posts", [POST])
    return server


def is_unavailable(answer):
    assert answer.status == 503, (answer.status, answer.bytes)
    assert answer.json["code"] == "unavailable" and int(answer.headers["retry-after"]) > 0
    # Nothing of what the database says leaves the server.
    for inner in (b"SQLSTATE", b"FATAL", b"permission", b"postgres", b"role"):
        assert inner not in answer.bytes, answer.bytes


def until_well(client):
    def is_well():
        answer = client.post("posts", [POST])
        assert answer.status in (200, 503), answer.bytes
        return answer.status == 200

    until(is_well)


@contextmanager
def changed(postgres, to, back):
    """The statements of an operator, and those that take them back; open connections end."""
    postgres.sql(to)
    postgres.sql(ENDED)
    try:
        yield
    finally:
        postgres.sql(back)


@contextmanager
def broken_files(postgres):
    """What every new connection reads first leads to itself, which Postgres has no code for."""
    number = postgres.sql("SELECT oid FROM pg_database WHERE datname = 'archive'")
    file = postgres.data / "base" / number / "pg_filenode.map"
    file.rename(file.with_suffix(".away"))
    file.symlink_to(file)
    postgres.sql(ENDED)
    try:
        yield
    finally:
        file.unlink()
        file.with_suffix(".away").rename(file)


CAUSES = {
    "28000": ("ALTER ROLE app NOLOGIN", "ALTER ROLE app LOGIN"),
    "28P01": ("ALTER ROLE app PASSWORD 'second'", "ALTER ROLE app PASSWORD 'first'"),
    "3D000": (f"{ENDED}; ALTER DATABASE archive RENAME TO gone", "ALTER DATABASE gone RENAME TO archive"),
    "55000": ("ALTER DATABASE archive ALLOW_CONNECTIONS false", "ALTER DATABASE archive ALLOW_CONNECTIONS true"),
    "53300": ("ALTER ROLE app CONNECTION LIMIT 0", "ALTER ROLE app CONNECTION LIMIT -1"),
}


@pytest.mark.parametrize("state", [*CAUSES, "XX000"])
def test_no_connection_is_to_be_had(postgres, server, state):
    with broken_files(postgres) if state == "XX000" else changed(postgres, *CAUSES[state]):
        is_unavailable(server.client.post("posts", [POST]))
        is_unavailable(server.client.get("/v1/feed"))
        is_unavailable(server.client.get("/health/ready"))
    server.logs(state)
    until_well(server.client)


def test_a_refused_login_is_told_from_a_wrong_password(postgres, server):
    """As RDS refuses tokens by PAM, which needs a service of the machine; LDAP is refused in the same way."""
    rules = postgres.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text("local all app ldap ldapserver=127.0.0.1 ldapport=1 ldapprefix=cn=\n" + before)

    def is_refused():
        """The rules hold a moment after they were read, for connections that are made then."""
        postgres.sql(ENDED)
        server.client.get("/health/ready")
        return "28000" in server.log.read_text()

    try:
        postgres.sql("SELECT pg_reload_conf()")
        until(is_refused)
        postgres.sql(ENDED)
        is_unavailable(server.client.post("posts", [POST]))
        is_unavailable(server.client.get("/v1/feed"))
        server.logs("28000", "LDAP")
    finally:
        rules.write_text(before)
        postgres.sql("SELECT pg_reload_conf()")
    until_well(server.client)


def kill(postgres, pid):
    subprocess.run(["kill", "-9", pid], check=True)


@pytest.mark.parametrize("state, strike", [
    ("57014", lambda postgres, pid: postgres.sql(f"SELECT pg_cancel_backend({pid})")),
    ("57P01", lambda postgres, pid: postgres.sql(f"SELECT pg_terminate_backend({pid})")),
    ("", kill)])
def test_a_statement_is_ended_by_somebody_else(postgres, server, state, strike):
    held = Held(postgres.address("archive"), "LOCK TABLE posts IN EXCLUSIVE MODE")
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(lambda: Client(server.address).post("posts", [POST]))
        strike(postgres, until(lambda: postgres.sql(WAITING)))
        is_unavailable(asked.result())
    held.session.kill()
    postgres.recover()
    server.logs(state)
    until_well(server.client)


def test_a_time_out_of_the_connection_string_ends_a_read(postgres, server, serve):
    other = serve(server.database + "&options=-c%20statement_timeout%3D300")
    held = Held(postgres.address("archive"), "LOCK TABLE posts IN ACCESS EXCLUSIVE MODE")
    is_unavailable(other.client.get("/v1/feed"))
    held.let_go()
    other.logs("57014")
    assert other.client.get("/v1/feed").status == 200


def test_a_lock_is_not_got(postgres, server, serve):
    other = serve(server.database, XMONITOR_STATEMENT_TIMEOUT="2")
    held = Held(postgres.address("archive"), "LOCK TABLE posts IN EXCLUSIVE MODE")
    is_unavailable(other.client.post("posts", [POST]))
    held.let_go()
    other.logs("55P03")
    until_well(other.client)


def test_the_server_goes_down(postgres, server):
    held = Held(postgres.address("archive"), "SELECT 1")
    postgres._run("pg_ctl", "-D", str(postgres.data), "-m", "smart", "-W", "stop")
    # The session that is left keeps it from going.
    held.session.stdin.write(f"{ENDED}; SELECT 'ended';\n")
    held.session.stdin.flush()
    while "ended" not in held.session.stdout.readline():
        pass
    is_unavailable(server.client.post("posts", [POST]))
    is_unavailable(server.client.get("/health/ready"))
    server.logs("57P03")
    held.let_go()
    until(lambda: not postgres.runs())
    is_unavailable(server.client.get("/v1/feed"))
    postgres.start()
    until_well(server.client)


@pytest.mark.parametrize("privilege, ask", [
    ("INSERT ON posts", lambda client: client.post("posts", [POST | {"status_id": "2"}])),
    ("SELECT ON posts", lambda client: client.get("/v1/feed")),
    ("INSERT ON batches", lambda client: client.post("posts", [POST | {"status_id": "3"}]))])
def test_a_missing_privilege_is_clear_in_the_log_and_needs_no_restart(postgres, server, privilege, ask):
    archive = postgres.address("archive")
    sql(archive, f"REVOKE {privilege} FROM app")
    is_unavailable(ask(server.client))
    server.logs(f"permission denied for table {privilege.split()[-1]}", "42501", "GRANT")
    sql(archive, f"GRANT {privilege} TO app")
    assert ask(server.client).status == 200


def test_a_database_that_is_read_only_by_default_is_not_written_to(postgres, server):
    with changed(postgres, "ALTER DATABASE archive SET default_transaction_read_only = on", "ALTER DATABASE archive RESET ALL"):
        is_unavailable(server.client.post("posts", [POST]))
        is_unavailable(server.client.get("/health/ready"))
        assert server.client.get("/v1/feed").status == 200
    until_well(server.client)


@pytest.fixture
def small_disk(postgres):
    """A tablespace with 24 MB."""
    folder, mount = postgres.socket / "small", [] if os.geteuid() == 0 else ["sudo", "-n"]
    folder.mkdir()
    subprocess.run([*mount, "mount", "-t", "tmpfs", "-o", "size=24m,mode=0777", "none", str(folder)], check=True)
    (folder / "space").mkdir()
    shutil.chown(folder / "space", postgres.data.owner())
    postgres.sql(f"CREATE TABLESPACE small LOCATION '{folder}/space'")
    yield folder
    postgres.sql("DROP DATABASE archive WITH (FORCE)")
    postgres.sql("DROP TABLESPACE small")
    subprocess.run([*mount, "umount", str(folder)], check=True)


def test_a_full_disk_is_unavailable_until_there_is_room(postgres, server, small_disk):
    sql(postgres.address("archive"), "ALTER TABLE earlier_texts SET TABLESPACE small; ALTER TABLE posts SET TABLESPACE small")
    filler = small_disk / "filler"
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(free - 65_536))
    posts = [POST | {"status_id": f"f{number}", "body_text": f"{number} " * 500} for number in range(500)]
    is_unavailable(server.client.post("posts", posts))
    server.logs("53100")
    assert server.client.get("/v1/feed").status == 200
    filler.unlink()
    assert server.client.send("posts", posts)["inserted"] == 500
