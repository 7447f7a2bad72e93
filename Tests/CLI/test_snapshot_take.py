"""A copy of a database that another program is writing to: whole, of one moment, and without a trace of failure."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from support.waiting import until

# A collector in WAL mode that never checkpoints: one commit about every millisecond, with ids that have no gap.
WRITER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA wal_autocheckpoint = 0")
number = db.execute("SELECT coalesce(max(status_id), 0) FROM tweets").fetchone()[0]
for _ in iter(int, 1):
    number += 1
    db.execute("INSERT INTO tweets VALUES (?, ?)", (number, "text of %d" % number))
    if number % 100 == 0:
        print(number, flush=True)
    time.sleep(0.0005)
"""


def connect(path):
    return closing(sqlite3.connect(path, isolation_level=None))


def create(path, padding=0):
    with connect(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE tweets (status_id INTEGER PRIMARY KEY, body_text TEXT)")
        db.execute("CREATE TABLE padding (bytes BLOB)")
        db.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                   "INSERT INTO padding SELECT zeroblob(4000) FROM n WHERE ? > 0", (padding, padding))


def last_id(path):
    with connect(path) as db:
        return db.execute("SELECT coalesce(max(status_id), 0) FROM tweets").fetchone()[0]


def leftovers(folder):
    return sorted(name for name in os.listdir(folder) if ".partial" in name)


@pytest.fixture
def writer(xmonitor):
    """A second process that goes on committing until the test ends."""
    create(xmonitor.folder / "live.db", padding=12_000)  # 48 MB, so that commits fall into the copying
    process = subprocess.Popen([sys.executable, "-c", WRITER, xmonitor.folder / "live.db"], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().strip() == "100"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_copy_while_a_writer_is_busy_is_a_prefix_of_its_commits(xmonitor, writer):
    for attempt in range(3):
        before = last_id(xmonitor.folder / "live.db")
        taken = json.loads(xmonitor("snapshot", "take", "live.db", f"copy{attempt}.db", "--json"))
        after = last_id(xmonitor.folder / "live.db")
        assert writer.poll() is None and after > before
        with connect(f"file:{xmonitor.folder}/copy{attempt}.db?mode=ro") as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            ids = [row[0] for row in copy.execute("SELECT status_id FROM tweets ORDER BY status_id")]
        assert ids == list(range(1, len(ids) + 1))
        assert before <= len(ids) <= after
        assert taken["rows"] == {"padding": 12_000, "tweets": len(ids)}
        assert leftovers(xmonitor.folder) == []


def test_a_database_in_use_is_taken_with_a_warning_for_the_owner(xmonitor, writer):
    taken = json.loads(xmonitor("snapshot", "take", "live.db", "copy.db", "--json"))
    assert taken["source_in_use"] is True
    for schedule in ("priority", "discovery"):
        for verb in ("disable", "bootout"):
            command = f"launchctl {verb} gui/$(id -u)/com.openclaw.xmonitor.{schedule}"
            assert command in taken["owner_commands"] and command in xmonitor.stderr
    assert any("print-disabled" in command for command in taken["owner_commands"])
    assert "owner" in xmonitor.stderr and "live.db" in xmonitor.stderr


@pytest.mark.parametrize("table, column", [("tweets", "last_seen_at"), ("tweets", "Discovered_At"), ("runs", "run_at")])
def test_the_age_of_the_newest_row_is_told_and_what_nobody_can_know(xmonitor, table, column):
    """Between two runs of a collector nobody has its database open."""
    now = datetime.now(UTC)
    newest = now - timedelta(minutes=12)
    with connect(xmonitor.folder / "live.db") as db:
        db.execute("CREATE TABLE tweets (status_id TEXT)")
        db.execute(f"CREATE TABLE IF NOT EXISTS {table} (mode TEXT)")
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT")
        for moment in (newest, now - timedelta(days=3), now + timedelta(days=3)):
            db.execute(f"INSERT INTO {table} ({column}) VALUES (?)", (moment.isoformat(),))
        db.execute(f"INSERT INTO {table} ({column}) VALUES ('yesterday'), (7), (NULL)")
    taken = json.loads(xmonitor("snapshot", "take", "live.db", "copy.db", "--json"))
    assert "Warning" not in xmonitor.stderr and "The newest row is 12 minutes old; a collector may still write between runs." in xmonitor.stderr
    assert "cannot be seen from here" in taken["note"] and taken["note"] in xmonitor.stderr and taken["source_in_use"] is False
    assert datetime.fromisoformat(taken["newest_row_at"]) == newest
    assert json.loads((xmonitor.folder / "copy.db.manifest.json").read_text())["newest_row_at"] == taken["newest_row_at"]


def test_rows_without_a_moment_are_told_too(xmonitor):
    create(xmonitor.folder / "live.db")
    xmonitor("snapshot", "take", "live.db", "copy.db")
    assert "No row says when it was written; a collector may still write between runs." in xmonitor.stderr


def test_the_last_copy_is_refused_while_somebody_may_write(xmonitor, writer):
    message = xmonitor.fails("snapshot", "take", "--last", "live.db", "copy.db")
    assert "live.db" in message and "launchctl bootout" in message
    assert not [name for name in os.listdir(xmonitor.folder) if name.startswith("copy.db")]
    writer.kill()
    writer.wait()
    xmonitor("snapshot", "take", "--last", "live.db", "copy.db")
    assert last_id(xmonitor.folder / "copy.db") == last_id(xmonitor.folder / "live.db")


def test_a_reader_of_a_rollback_journal_counts_as_use(xmonitor):
    create(xmonitor.folder / "old.db")
    with connect(xmonitor.folder / "old.db") as db:
        db.execute("PRAGMA journal_mode = DELETE")
        assert json.loads(xmonitor("snapshot", "take", "old.db", "first.db", "--json"))["source_in_use"] is False
        db.execute("BEGIN")
        db.execute("SELECT * FROM tweets").fetchall()
        assert json.loads(xmonitor("snapshot", "take", "old.db", "second.db", "--json"))["source_in_use"] is True


def test_commits_that_were_never_checkpointed_are_in_the_copy(xmonitor):
    """Pitfall: `cp` of the file alone leaves out what is still in the write-ahead log."""
    live = xmonitor.folder / "live.db"
    create(live)
    left = WRITER.replace("time.sleep(0.0005)", "number == 500 and __import__('os')._exit(0)")
    subprocess.run([sys.executable, "-c", left, live], check=True, stdout=subprocess.DEVNULL)
    assert os.path.getsize(f"{live}-wal") > 0
    os.mkdir(xmonitor.folder / "cp")
    shutil.copy(live, xmonitor.folder / "cp" / "live.db")
    assert last_id(xmonitor.folder / "cp" / "live.db") == 0
    main, log = sha256(live.read_bytes()).digest(), sha256((xmonitor.folder / "live.db-wal").read_bytes()).digest()
    xmonitor("snapshot", "take", "live.db", "copy.db")
    assert "Warning" not in xmonitor.stderr
    assert sha256(live.read_bytes()).digest() == main
    assert sha256((xmonitor.folder / "live.db-wal").read_bytes()).digest() == log
    assert last_id(xmonitor.folder / "copy.db") == 500


def test_the_copy_is_read_only_without_a_log_and_described_by_its_manifest(xmonitor):
    xmonitor("sample", "sample.db", "--posts", "60")
    assert "frozen.db.manifest.json" in xmonitor("snapshot", "take", "sample.db", "frozen.db")
    copy = xmonitor.folder / "frozen.db"
    manifest = json.loads((xmonitor.folder / "frozen.db.manifest.json").read_text())
    assert manifest["sha256"] == sha256(copy.read_bytes()).hexdigest()
    assert manifest["bytes"] == copy.stat().st_size
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    # bytes 18 and 19 of the header: 1 is a rollback journal, 2 is WAL (fileformat2.html, 1.3.3)
    assert copy.read_bytes()[18:20] == b"\x01\x01"
    assert not os.path.exists(f"{copy}-wal")
    with connect(f"file:{copy}?mode=ro") as db:
        for table, count in manifest["rows"].items():
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)
    assert manifest["rows"]["tweets"] == 60 and not any("fts" in name for name in manifest["rows"])
    assert len(manifest["taken_at"]) == len("2026-02-22T09:30:00.123456Z") and manifest["taken_at"].endswith("Z")
    assert manifest["sqlite_version"].startswith("3.")


@pytest.mark.parametrize("there", ["copy.db", "copy.db.manifest.json"])
def test_nothing_is_overwritten(xmonitor, there):
    create(xmonitor.folder / "live.db")
    (xmonitor.folder / there).write_text("precious")
    assert there in xmonitor.fails("snapshot", "take", "live.db", "copy.db")
    assert (xmonitor.folder / there).read_text() == "precious"
    assert leftovers(xmonitor.folder) == []


def test_what_a_killed_run_left_is_no_obstacle(xmonitor):
    create(xmonitor.folder / "live.db")
    for name in ("copy.db.partial", "copy.db.partial-journal", "copy.db.manifest.json.partial"):
        (xmonitor.folder / name).write_text("half a copy")
    xmonitor("snapshot", "take", "live.db", "copy.db")
    assert leftovers(xmonitor.folder) == []


def test_a_source_that_looks_like_an_unfinished_copy_is_not_deleted(xmonitor):
    create(xmonitor.folder / "copy.db.partial")
    assert "copy.db.partial" in xmonitor.fails("snapshot", "take", "./copy.db.partial", "copy.db")
    assert last_id(xmonitor.folder / "copy.db.partial") == 0


@pytest.mark.parametrize("source, destination, expected", [
    ("nothing.db", "copy.db", "no file or folder"), ("text.db", "copy.db", "not a SQLite database"), (".", "copy.db", "is a folder"),
    ("empty.db", "copy.db", "none of the tables"), ("live.db", "nowhere/copy.db", "no folder")])
def test_what_cannot_be_taken_is_named(xmonitor, source, destination, expected):
    create(xmonitor.folder / "live.db")
    (xmonitor.folder / "text.db").write_text("text " * 200)
    (xmonitor.folder / "empty.db").write_text("")
    before = sorted(os.listdir(xmonitor.folder))
    message = xmonitor.fails("snapshot", "take", source, destination)
    assert expected in message and message.count("\n") == 1
    assert [name for name in sorted(os.listdir(xmonitor.folder)) if not name.endswith(("-wal", "-shm"))] == before


def test_a_damaged_database_is_not_passed_on(xmonitor):
    create(xmonitor.folder / "live.db")
    with connect(xmonitor.folder / "live.db") as db:
        db.execute("CREATE INDEX by_text ON tweets (body_text)")
        db.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
                   "INSERT INTO tweets SELECT i, 'text of ' || i FROM n")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(xmonitor.folder / "live.db", "r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xaa" * 4096 * 4)
    message = xmonitor.fails("snapshot", "take", "live.db", "copy.db")
    assert "live.db" in message and "integrity check" in message and message.count("\n") == 1
    assert not os.path.exists(xmonitor.folder / "copy.db") and leftovers(xmonitor.folder) == []


def test_a_full_disk_is_named_and_leaves_nothing(xmonitor):
    """A limit on the size of files stands for the full disk."""
    create(xmonitor.folder / "live.db", padding=2_000)
    limited = xmonitor.start(
        "snapshot", "take", "live.db", "copy.db", restore_signals=False,
        preexec_fn=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))))
    out, err = limited.communicate(timeout=60)
    assert limited.returncode == 2 and out == ""
    assert "copy.db cannot be written" in err and "not an error" not in err and err.count("\n") == 1
    assert not os.path.exists(xmonitor.folder / "copy.db") and leftovers(xmonitor.folder) == []
    xmonitor("snapshot", "take", "live.db", "copy.db")


def test_an_interrupted_copy_leaves_nothing_or_is_whole(xmonitor):
    create(xmonitor.folder / "live.db", padding=50_000)
    running = xmonitor.start("snapshot", "take", "live.db", "copy.db")
    until(lambda: running.poll() is not None or os.path.exists(xmonitor.folder / "copy.db.partial"), pause=0.001)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    names = ("copy.db", "copy.db.manifest.json")
    assert [os.path.exists(xmonitor.folder / name) for name in names] == [running.returncode == 0] * 2
    assert running.returncode == 0 or (running.returncode == 2 and "Interrupted" in err), (out, err)
    assert leftovers(xmonitor.folder) == []
