"""An import that is broken off anywhere leaves the archive as it was or complete, and the next run completes it.

The importer is killed, Postgres is killed, and the disk of Postgres is filled, each at random moments of the run.
"""

import json
import os
import pty
import random
import shutil
import subprocess
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager

import pytest
import small_snapshot as small
from archive_contents import contract, schema, staging_tables
from full_run import FULL
from private_postgres import PrivatePostgres
from psql import sql

POSTS = 10_000 if FULL else 300


def state(address):
    return contract(address) + schema(address)


class Stage:
    """A snapshot, an archive, empty or in use, and what it holds after an undisturbed import.

    The two are imported in different ways: an empty archive gets its indexes after its rows.
    """

    def __init__(self, program, admin):
        self.program, self.admin = program, admin
        program("sample", "snapshot.db", "--posts", str(POSTS), "--seed", "11")
        empty = self.database()
        self.use(empty)
        program("schema", "apply")
        in_use = self.database(empty)
        self.use(in_use)
        program("snapshot", "import", str(small.all_tables(program.folder / "before.db", "before")), "--label", "before")
        self.templates = [empty, in_use]
        self.complete = {}

    def address(self, name):
        return self.admin.replace("///postgres", f"///{name}")

    def database(self, template="template0"):
        name = f"broken_{uuid.uuid4().hex}"
        sql(self.admin, f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def use(self, name):
        self.program.environment["DATABASE_URL"] = self.address(name)

    def drop(self, name):
        sql(self.admin, f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def archive(self, turn):
        """A copy of one of the archives, in turn, of which the program is told."""
        self.template = self.templates[turn % 2]
        name = self.database(self.template)
        self.use(name)
        self.before = state(self.address(name))
        yield self.address(name)
        self.drop(name)

    def end(self):
        for template in self.templates:
            self.drop(template)

    def start(self, *options):
        return self.program.start("snapshot", "import", "snapshot.db", "--json", *options)

    def undisturbed(self, turns=(0, 1)):
        """Imports into the archives and remembers the outcomes. Returns the seconds that an import took."""
        for turn in turns:
            with self.archive(turn) as address:
                started = time.monotonic()
                running = self.start()
                out, err = running.communicate(timeout=600)
                seconds = time.monotonic() - started
                assert running.returncode == 1, err
                self.complete[self.template] = state(address)
                assert state(address) != self.before
                self.rejects = (self.program.folder / "snapshot.db.rejects.jsonl").read_bytes()
            self.clear()
        return seconds

    def clear(self):
        for path in self.program.folder.glob("snapshot.db.rejects*"):
            path.unlink()

    def is_whole(self, address):
        """The archive is as it was, or complete. Returns which. Its session may outlive an importer by the statement under way."""
        sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database()"
        while sql(address, sessions) != "0":
            time.sleep(0.05)
        held = state(address)
        assert held in (self.before, self.complete[self.template]), "half of an import"
        return "complete" if held == self.complete[self.template] else "as before"

    def completes(self, address):
        """The second run completes and leaves nothing behind."""
        running = self.start()
        out, err = running.communicate(timeout=600)
        assert running.returncode == 1, err
        for table in json.loads(out)["tables"]:
            assert table["read"] == sum(table[part] for part in ("inserted", "updated", "unchanged", "rejected", "duplicate")), table
        assert state(address) == self.complete[self.template]
        assert staging_tables(address) == [] and sql(address, "SELECT count(*) FROM import_stages") == "0"
        assert not list(self.program.folder.glob("*.partial"))
        assert (self.program.folder / "snapshot.db.rejects.jsonl").read_bytes() == self.rejects
        self.program("snapshot", "validate", "snapshot.db")
        self.clear()


def moments(count, seconds, seed):
    """Random moments, spread over the run."""
    rng = random.Random(seed)
    return [seconds * (number + rng.random()) / count for number in range(count)]


def wait(running, seconds):
    """Waits for a moment of the run, or for its end."""
    try:
        running.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        pass


def said_clearly(running):
    """The end of an importer that survived what happened to it: complete, or one sentence and exit code 2."""
    out, err = running.communicate(timeout=600)
    if running.returncode == 1:
        return
    assert running.returncode == 2 and out == "", (running.returncode, out, err)
    message = err[err.index("xmonitor: "):]
    assert err.count("xmonitor: ") == 1 and len(message.strip().split("\n")) <= 2, err
    for inner in ("Swift", "Optional(", "Fatal", "Error(", "0x"):
        assert inner not in message, message


@pytest.fixture
def stage(xmonitor):
    stage = Stage(xmonitor, os.environ["XMONITOR_TEST_DATABASE_URL"])
    yield stage
    stage.end()


@pytest.fixture
def private_stage(xmonitor):
    server = PrivatePostgres()
    try:
        yield Stage(xmonitor, server.address()), server
    finally:
        server.stop()


def test_the_importer_is_killed(stage):
    seconds = stage.undisturbed()
    for turn, moment in enumerate(moments(20 if FULL else 3, seconds, seed=1)):
        with stage.archive(turn) as address:
            running = stage.start()
            wait(running, moment)
            running.kill()
            running.communicate()
            stage.is_whole(address)
            stage.completes(address)


def test_postgres_is_killed(private_stage):
    stage, server = private_stage
    seconds = stage.undisturbed()
    rng = random.Random(2)
    for turn, moment in enumerate(moments(20 if FULL else 2, seconds, seed=2)):
        with stage.archive(turn) as address:
            running = stage.start()
            wait(running, moment)
            server.kill(with_backends=rng.random() < 0.5)
            said_clearly(running)
            server.start()
            stage.is_whole(address)
            stage.completes(address)


@pytest.fixture
def small_disk():
    """A disk of the test's own, as a function that sets its size in KiB, and its folder."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    folder = tempfile.mkdtemp(prefix="xmonitor-disk.", dir="/tmp")

    def mount(options):
        return subprocess.run([*as_root, "mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, text=True)

    made = mount("size=1g,mode=0777")
    if made.returncode != 0:
        os.rmdir(folder)
        pytest.skip(f"a small disk needs the right to mount one: {made.stderr.strip()}")

    def resize(kibibytes):
        resized = mount(f"remount,size={kibibytes}k")
        assert resized.returncode == 0, resized.stderr

    yield folder, resize
    subprocess.run([*as_root, "umount", folder], check=True)
    os.rmdir(folder)


def used(folder):
    return shutil.disk_usage(folder).used // 1024


def test_the_disk_of_postgres_is_full(xmonitor, small_disk):
    folder, resize = small_disk
    server = PrivatePostgres(folder)
    try:
        stage = Stage(xmonitor, server.address())
        stage.undisturbed()
        peaks, codes = [growth(folder, server, stage, turn) for turn in range(2)], set()
        for turn, share in enumerate(moments(20 if FULL else 2, 1, seed=3)):
            with stage.archive(turn) as address:
                server.sql("CHECKPOINT")
                resize(used(folder) + int(share * peaks[turn % 2]))
                said_clearly(running := stage.start())
                codes.add(running.returncode)
                resize(1024 * 1024)
                server.recover()
                stage.is_whole(address)
                stage.completes(address)
        assert 2 in codes, "the disk was never full"
    finally:
        server.stop()


def growth(folder, server, stage, turn):
    """The KiB that an import needs of the disk at its height."""
    with stage.archive(turn):
        server.sql("CHECKPOINT")
        return most_used(folder, lambda: stage.start().communicate(timeout=600))


def most_used(folder, work):
    before, most, done = used(folder), 0, threading.Event()

    def watch():
        nonlocal most
        while not done.wait(0.01):
            most = max(most, used(folder))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return most - before


def test_a_table_that_was_staged_is_not_read_again(stage):
    """Killed after the posts were staged, the import goes on with the next table."""
    stage.undisturbed(turns=[1])
    with stage.archive(turn=1) as address:
        # The import has to wait before it stages the reports, until it is killed: it looks for their posts in the archive.
        blocker = subprocess.Popen(
            ["psql", "-qXAt", address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        blocker.stdin.write("BEGIN; LOCK TABLE posts; SELECT 'locked';\n")
        blocker.stdin.flush()
        assert blocker.stdout.readline().strip() == "locked"
        running = stage.start()
        staged = """
            SELECT string_agg(concat_ws(' ', target, staged_at, staged_rows), ', ' ORDER BY target) FROM import_stages
            WHERE target IN ('posts', 'watch_accounts')"""
        while "posts" not in (found := sql(address, staged)):
            assert running.poll() is None, running.communicate()
        running.kill()
        running.communicate()
        blocker.communicate("COMMIT;")
        assert stage.is_whole(address) == "as before"
        node = sql(address, "SELECT pg_relation_filenode('incoming_posts')")

        # The next run stages the rest and stops there, because it may not reject a row.
        refused = stage.start("--max-rejects", "0")
        refused.communicate()
        assert refused.returncode == 2
        assert sql(address, staged) == found
        assert sql(address, "SELECT pg_relation_filenode('incoming_posts')") == node

        # The run after that finishes, and says on a terminal that it goes on.
        shown = on_terminal(stage)
        assert "going on after tweets" in shown and "reading tweets:" not in shown
        stage.completes(address)


def on_terminal(stage):
    """What an import shows on a terminal."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [stage.program.path, "snapshot", "import", "snapshot.db"], cwd=stage.program.folder, env=stage.program.environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # the terminal's other end was closed
        pass
    os.close(ours)
    assert running.wait(timeout=600) == 1
    return shown.decode()
