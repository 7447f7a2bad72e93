"""JSON Lines in place of the SQLite file: ours, and what a program of anybody's makes with a JSON library."""

import json
import os
import resource
import signal
import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest

from support.waiting import until

TABLES = ("watch_accounts", "tweets", "reports", "runs", "tweet_embeddings")


@pytest.fixture
def sample(xmonitor):
    """A sample with texts that a careless writer of JSON spoils."""
    xmonitor("sample", "sample.db", "--posts", "120", "--seed", "7")
    with closing(sqlite3.connect(xmonitor.folder / "sample.db", isolation_level=None)) as db:
        db.execute("UPDATE tweets SET body_text = ?, likes = 9223372036854775807, views = 12.0 WHERE rowid = 1",
                   ('"\\ /\b\f\n\r\t\x01\x7f é 漢 😀 \u2028 \ufeff {"$blob": "00"}',))
        db.execute("UPDATE tweets SET status_id = CAST(status_id AS INTEGER) WHERE rowid = 2")
    return xmonitor.folder / "sample.db"


def listing(folder):
    return {name: (folder / name).read_bytes() for name in sorted(os.listdir(folder))}


def made_by_python(database, folder, ensure_ascii):
    """One `json.dumps` per row, as the old runbook's export did it, with the members in another order."""
    folder.mkdir()
    with closing(sqlite3.connect(database)) as db:
        db.row_factory = sqlite3.Row
        for table in TABLES:
            with open(folder / f"{table}.jsonl", "w", encoding="utf-8") as file:
                for row in db.execute(f"SELECT * FROM {table}"):
                    members = {name: row[name] for name in reversed(row.keys())}
                    file.write(json.dumps(members, ensure_ascii=ensure_ascii) + "\n")


def results(summary):
    """What became of each table, without the first keys, which follow the order of the source."""
    def counts(strikes):
        return {f"{strike['rule']} {strike['column']}": strike["count"] for strike in strikes}

    return {table["source"]: {name: table[name] for name in ("read", "rejected", "duplicate", "unmapped")}
            | {name: counts(table[name]) for name in ("rejects", "normalised")} for table in summary["tables"]}


def test_an_export_is_the_same_bytes_every_time(xmonitor, sample):
    xmonitor("snapshot", "export", "sample.db", "first")
    xmonitor("snapshot", "take", "sample.db", "copy.db")
    xmonitor("snapshot", "export", "copy.db", "second")
    first = listing(xmonitor.folder / "first")
    assert first == listing(xmonitor.folder / "second")
    assert sorted(first) == sorted([f"{table}.jsonl" for table in TABLES] + ["manifest.json"])
    files = json.loads(first["manifest.json"])["files"]
    for name, facts in files.items():
        lines = first[name].split(b"\n")[:-1]
        assert facts == {"rows": len(lines), "bytes": len(first[name]), "sha256": sha256(first[name]).hexdigest()}
        assert all(isinstance(json.loads(line), dict) for line in lines)


@pytest.mark.parametrize("made_by", ["export", "python-ascii", "python-utf8"])
def test_the_folder_becomes_the_archive_that_the_file_becomes(xmonitor, archive, sample, made_by):
    if made_by == "export":
        xmonitor("snapshot", "export", "sample.db", "folder")
    else:
        made_by_python(sample, xmonitor.folder / "folder", ensure_ascii=made_by == "python-ascii")
    from_folder = json.loads(xmonitor("snapshot", "import", "folder", "--json", code=1))
    assert json.loads(xmonitor("snapshot", "validate", "sample.db", "--json"))["agrees"] is True
    from_file = json.loads(xmonitor("snapshot", "import", "sample.db", "--json", code=1))
    assert all(table["inserted"] == table["updated"] == 0 for table in from_file["tables"])
    assert results(from_folder) == results(from_file)
    expected = json.loads(xmonitor("snapshot", "inspect", "folder", "--json", code=1))
    assert results(expected) == results(from_file)

    def rejects(name):
        lines = [json.loads(line) for line in (xmonitor.folder / f"{name}.rejects.jsonl").read_text().splitlines()]
        return sorted(json.dumps({**line, "row": None}, sort_keys=True) for line in lines)

    assert rejects("folder") == rejects("sample.db")


def test_an_earlier_export_is_replaced_and_nothing_else(xmonitor, sample):
    xmonitor("snapshot", "export", "sample.db", "folder")
    first = listing(xmonitor.folder / "folder")
    with closing(sqlite3.connect(sample, isolation_level=None)) as db:
        db.execute("DROP TABLE runs")
    xmonitor("snapshot", "export", "sample.db", "folder")
    assert set(first) - set(listing(xmonitor.folder / "folder")) == {"runs.jsonl"}
    (xmonitor.folder / "folder" / "notes.txt").write_text("precious")
    assert "notes.txt" in xmonitor.fails("snapshot", "export", "sample.db", "folder")
    assert (xmonitor.folder / "folder" / "notes.txt").read_text() == "precious"


@pytest.mark.parametrize("file, folder, expected", [
    ("nothing.db", "out", "no file or folder"), ("text.db", "out", "not a SQLite database"), (".", "out", "is a folder"),
    ("other.db", "out", "none of the tables"), ("sample.db", "nowhere/out", "no folder"), ("sample.db", "text.db", "it is a file")])
def test_what_cannot_be_exported_is_named(xmonitor, file, folder, expected):
    xmonitor("sample", "sample.db", "--posts", "5")
    (xmonitor.folder / "text.db").write_text("text " * 200)
    with closing(sqlite3.connect(xmonitor.folder / "other.db")) as db:
        db.execute("CREATE TABLE something (a)")
    message = xmonitor.fails("snapshot", "export", file, folder)
    assert expected in message and message.count("\n") == 1
    assert not [name for name in os.listdir(xmonitor.folder) if name.startswith("out")]


def test_a_full_disk_is_named_and_the_earlier_export_stays(xmonitor):
    """A limit on the size of files stands for the full disk."""
    xmonitor("sample", "small.db", "--posts", "60")
    xmonitor("sample", "large.db", "--posts", "2000")
    xmonitor("snapshot", "export", "small.db", "folder")
    before = listing(xmonitor.folder / "folder")
    limited = xmonitor.start(
        "snapshot", "export", "large.db", "folder", restore_signals=False,
        preexec_fn=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))))
    out, err = limited.communicate(timeout=60)
    assert limited.returncode == 2 and out == ""
    assert "tweets.jsonl cannot be written" in err
    assert listing(xmonitor.folder / "folder") == before
    assert not os.path.exists(xmonitor.folder / "folder.partial")


def test_an_interrupted_export_leaves_nothing_or_is_whole(xmonitor):
    xmonitor("sample", "sample.db", "--posts", "30000")
    running = xmonitor.start("snapshot", "export", "sample.db", "folder")
    until(lambda: running.poll() is not None or os.path.exists(xmonitor.folder / "folder.partial"), pause=0.001)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert os.path.exists(xmonitor.folder / "folder") == (running.returncode == 0)
    assert running.returncode == 0 or (running.returncode == 2 and "Interrupted" in err), (out, err)
    assert not os.path.exists(xmonitor.folder / "folder.partial")
