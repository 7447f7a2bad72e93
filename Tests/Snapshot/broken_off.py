"""Imports that are broken off at random moments, and what has to be there afterwards."""

import json
import random
import subprocess
import time
import uuid
from contextlib import contextmanager, suppress

import small_snapshot as small
from archive_contents import contract, schema, staging_tables
from support.full_run import FULL
from support.psql import sql
from support.waiting import until_no_session

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
        """The archive is as it was, or complete. Returns which."""
        until_no_session(address)
        held = state(address)
        assert held in (self.before, self.complete[self.template]), "half of an import"
        return "complete" if held == self.complete[self.template] else "as before"

    def completes(self, address):
        """The second run completes and leaves nothing behind."""
        running = self.start()
        out, err = running.communicate(timeout=600)
        assert running.returncode == 1, err
        for table in json.loads(out)["tables"]:
            assert table["read"] == sum(table[part] for part in ("inserted", "updated", "unchanged", "rejected", "duplicate", "erased")), table
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
    with suppress(subprocess.TimeoutExpired):
        running.wait(timeout=seconds)


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
