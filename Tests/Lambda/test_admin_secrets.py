"""The administrator's password reaches Postgres, and nothing else."""

import json
import secrets
import threading
from pathlib import Path

import pytest

from admin_function import Admin
from support.private_postgres import PrivatePostgres

# Of this run alone: other programs on the machine may have planted something too.
MARK = f"planted-{secrets.token_hex(8)}"
PASSWORD = f"{MARK}:7c\\0b-of-the administrator"


@pytest.fixture
def guarded():
    """A Postgres whose administrator needs a password."""
    server = PrivatePostgres()
    literal = PASSWORD.replace("'", "''")
    server.sql(f"CREATE ROLE the_administrator LOGIN CREATEDB CREATEROLE PASSWORD '{literal}'")
    rules = server.data / "pg_hba.conf"
    rules.write_text("local all the_administrator scram-sha-256\n" + rules.read_text())
    server.sql("SELECT pg_reload_conf()")
    yield server
    server.stop()


class Watch:
    """Looks again and again at the environments and command lines of every process, and at the files of a folder that others may read."""

    def __init__(self, folder):
        self.folder, self.seen, self.readable, self.rounds, self.done = folder, set(), set(), 0, threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self):
        while not self.done.is_set():
            for name in ("environ", "cmdline"):
                for path in Path("/proc").glob(f"[0-9]*/{name}"):
                    try:
                        if MARK.encode() in path.read_bytes():
                            self.seen.add(str(path))
                    except OSError:
                        pass
            for path in self.folder.rglob("*"):
                try:
                    if path.is_file() and path.stat().st_mode & 0o077:
                        self.readable.add(str(path))
                except OSError:
                    pass
            self.rounds += 1

    def stop(self):
        self.done.set()
        self.thread.join()


def test_the_password_is_nowhere(function, guarded, tmp_path):
    admin = Admin(function, guarded.address("xmonitor").replace("user=xmonitor", "user=xmonitor_owner"), tmp_path)
    watch = Watch(admin.temporary)
    administrator = {"user": "the_administrator", "password": PASSWORD}
    answers = []
    try:
        refused = admin.run("database", "bootstrap", administrator=administrator | {"password": f"{MARK}-and-wrong"})
        assert refused["exit_code"] == 2 and "password authentication failed" in refused["errors"]
        answers.append(refused)
        answers.append(admin.run("database", "bootstrap", "--json", administrator=administrator))
        assert answers[-1]["exit_code"] == 0 and len(json.loads(answers[-1]["output"])["statements"]) > 8, answers
        assert "nothing to do" in admin.run("database", "bootstrap", administrator=administrator)["output"]
        # The owner goes on without it.
        assert admin.run("schema", "apply")["exit_code"] == 0
        assert admin.run("schema", "grant", "--api", "xmonitor_api")["exit_code"] == 0
    finally:
        watch.stop()
        admin.stop()
    assert watch.rounds > 1 and watch.seen == watch.readable == set()
    assert MARK not in json.dumps(answers) + admin.log
    assert not any(MARK.encode() in content for content in admin.store.objects.values())
    assert list(admin.temporary.iterdir()) == []
