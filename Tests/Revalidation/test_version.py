"""What the archive's version is made of: the database alone, whoever writes to it."""

import os
import signal
import subprocess

import pytest

from readers import post
from support.private_postgres import PrivatePostgres

PATHS = ["/v1/feed?limit=5", "/v1/feed?limit=5&curve=true", "/v1/posts/1", "/v1/posts/1/provenance", "/v1/watch-accounts", "/v1/stats/summary"]


def logged(postgres, text):
    """How often the log of the Postgres has this text."""
    return (postgres.socket / "log").read_text().count(text)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_but_the_version_is_asked_while_nothing_is_committed(postgres, serve, path):
    postgres.sql("ALTER DATABASE postgres SET log_statement = 'all'")
    reader = serve(postgres.address()).reader()
    reader.post("/v1/ingest/posts/batch", {"items": [post(1)]})
    reader.again(path)
    assert reader.again(path)[0]
    versions, others = logged(postgres, "pg_current_snapshot"), logged(postgres, "FROM")
    for _ in range(20):
        assert reader.again(path)[0]
    assert reader.session.head(reader.address + path).headers["ETag"] == reader.kept[path][0]
    assert logged(postgres, "pg_current_snapshot") == versions + 21
    assert logged(postgres, "FROM") == others
    # A rolled back transaction changes nothing, and may be found out by asking.
    postgres.sql("BEGIN; DELETE FROM posts; ROLLBACK")
    assert reader.again(path)[0]
    postgres.sql("INSERT INTO watch_accounts (handle, tier, added_at) VALUES ('a', 'teammate', now()); DELETE FROM posts")
    assert not reader.again(path)[0]


def test_what_is_not_committed_is_not_seen(postgres, serve):
    reader = serve(postgres.address()).reader()
    path = "/v1/stats/summary"
    reader.again(path)
    with Transaction(postgres) as transaction:
        for name in ("a", "b", "c"):
            transaction.run("BEGIN")
            transaction.run(f"INSERT INTO watch_accounts (handle, tier, added_at) VALUES ('{name}', 'teammate', now())")
            # Others commit meanwhile what this answer is not about.
            postgres.sql(f"INSERT INTO pipeline_runs (run_at, mode, source) VALUES (now(), 'both', '{name}')")
            assert reader.again(path)[0]
            assert reader.again(path)[0]
            transaction.run("COMMIT")
            assert not reader.again(path)[0]


class Transaction:
    """A session that stays open."""

    def __init__(self, postgres):
        self.psql = subprocess.Popen(
            ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", postgres.address()], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self):
        return self

    def run(self, query):
        self.psql.stdin.write(f"{query};\n\\echo done\n")
        self.psql.stdin.flush()
        assert self.psql.stdout.readline() == "done\n"

    def __exit__(self, *_):
        self.psql.communicate(timeout=60)


def test_numbers_of_transactions_that_come_again_after_a_crash_are_not_taken_for_the_same(postgres, serve):
    """A transaction that was rolled back leaves no trace in the log: after a crash its number is given to another one."""
    reader = serve(postgres.address()).reader()
    path = "/v1/stats/summary"
    reader.again(path)
    # Numbers are written to the log every 15 seconds too, by chance between the two.
    for name in "abcdefgh":
        postgres.sql("CHECKPOINT")
        # Whoever writes the log would, within a moment, write that it was rolled back.
        os.kill(log_writer(postgres), signal.SIGSTOP)
        lost = postgres.sql("BEGIN; SELECT pg_current_xact_id(); ROLLBACK")
        reader.again(path)
        assert reader.again(path)[0]
        crash(postgres)
        given = postgres.sql(f"""
            BEGIN; SELECT pg_current_xact_id();
            INSERT INTO watch_accounts (handle, tier, added_at) VALUES ('{name}', 'teammate', now()); COMMIT""")
        kept, status, _ = reader.again(path)
        while status == 503:
            kept, status, _ = reader.again(path)
        assert not kept
        if given == lost:
            return
    raise AssertionError("no number came again")


def log_writer(postgres):
    """The number of the process; 0 while there is none."""
    try:
        return int(postgres.sql("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'") or 0)
    except subprocess.CalledProcessError:
        return 0


def crash(postgres):
    """One process of it dies, and all start anew, except the first."""
    before = log_writer(postgres)
    os.kill(before, signal.SIGKILL)
    while log_writer(postgres) in (0, before):
        pass


class Standby(PrivatePostgres):
    """A copy that follows another Postgres."""

    def __init__(self, primary):
        self.primary = primary
        super().__init__()

    def _run(self, program, *arguments, check=True):
        if program == "initdb":
            program, arguments = "pg_basebackup", ("-D", str(self.data), "-h", str(self.primary.socket), "-U", "xmonitor", "-R", "-c", "fast")
        return super()._run(program, *arguments, check=check)

    def follow(self):
        """Waits until it has everything that was committed so far."""
        place = self.primary.sql("SELECT pg_current_wal_flush_lsn()")
        while self.sql(f"SELECT pg_last_wal_replay_lsn() >= '{place}'") != "t":
            pass


@pytest.fixture
def standby(postgres):
    standby = Standby(postgres)
    yield standby
    standby.stop()


def test_a_standby_that_is_read_is_asked_for_its_own_version(postgres, standby, serve):
    assert standby.sql("SELECT pg_is_in_recovery()") == "t"
    reader = serve(postgres.address(), XMONITOR_READ_DATABASE_URL=standby.address()).reader()
    for round in range(20):
        reader.post("/v1/ingest/posts/batch", {"items": [post(round % 3, round, 1)]})
        standby.follow()
        for path in PATHS[:3]:
            path = path.replace("/1", f"/{round % 3}") if "posts" in path else path
            assert reader.again(path)[1:] == reader.plain(path)[:2]
            assert reader.again(path)[0]
    # What was not replayed was not committed, as far as this reader can see.
    standby.sql("SELECT pg_wal_replay_pause()")
    reader.post("/v1/ingest/posts/batch", {"items": [post(1, 30, 2)]})
    assert reader.again("/v1/feed?limit=5")[0]
    standby.sql("SELECT pg_wal_replay_resume()")
    standby.follow()
    assert not reader.again("/v1/feed?limit=5")[0]
