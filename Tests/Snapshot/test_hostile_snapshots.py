"""Files that only look like snapshots, and snapshots made to do harm: a sentence and nothing changed, or all of it and validated."""

import random
import sqlite3

import pytest

import small_snapshot as small
from archive_contents import contents, schema
from support.full_run import FULL
from support.psql import sql

EVIL = ["\"; DROP TABLE posts; --", "'); DROP TABLE posts; --", "a\nb", "$1", "%s", "\\", "ä", "a" * 500, "--", "/*", "NULL", "select"]


def test_files_of_random_bytes_are_refused_in_a_sentence(xmonitor, archive, snapshots):
    chance = random.Random(1)
    sound = small.all_tables(xmonitor.folder / "sound.db").read_bytes()
    before = schema(archive)
    for number in range(200 if FULL else 6):
        damaged = bytearray(sound)
        for _ in range(chance.choice((1, 20, 400))):
            place = chance.randrange(16, len(damaged))
            damaged[place:place + 64] = chance.randbytes(len(damaged[place:place + 64]))
        content = chance.choice((bytes(damaged), sound[:chance.randrange(20, len(sound))], b"SQLite format 3\0" + chance.randbytes(9_000), chance.randbytes(9_000)))
        (xmonitor.folder / "x.db").write_bytes(content)
        running = xmonitor.start("snapshot", "import", "x.db")
        out, err = running.communicate(timeout=120)
        assert running.returncode in (0, 1, 2), (number, running.returncode, out, err)
        if running.returncode == 2:
            assert "x.db" in err and "Fatal" not in err and "Swift" not in err, err
            assert sql(archive, "SELECT count(*) FROM posts") == "0"
        else:
            # What was hit was no part of a row, or what could not be read was rejected.
            xmonitor("snapshot", "validate", "x.db")
        sql(archive, "TRUNCATE posts, watch_accounts, pipeline_runs, batches CASCADE")
    assert schema(archive) == before


def test_names_that_are_no_names_do_nothing(xmonitor, archive, snapshots):
    """Tables and columns of any name, beside those that are known, and more of them than anybody has."""
    path = small.all_tables(xmonitor.folder / "x.db")
    database = sqlite3.connect(path)
    for name in EVIL:
        quoted = name.replace('"', '""')
        database.execute(f'CREATE TABLE "{quoted}" ("{quoted}")')
        database.execute(f'INSERT INTO "{quoted}" VALUES (?)', [name])
        if name != "a\nb":
            database.execute(f'ALTER TABLE tweets ADD COLUMN "{quoted}" DEFAULT 1')
    for number in range(1_900 if FULL else 600):
        database.execute(f"ALTER TABLE reports ADD COLUMN c{number} DEFAULT {number}")
    database.commit()
    database.close()
    summary = snapshots.imports(path)
    assert next(table for table in summary["tables"] if table["source"] == "tweets")["inserted"] == 3
    assert snapshots.validates(path)["agrees"] is True
    assert len(contents(archive, "posts")) == 3 and len(contents(archive, "reports")) == 1


@pytest.mark.parametrize("value", [9e999, -9e999, b"\xff\0", "a\0b", 2**63 - 1, -2**63, 1e-320, "1e999"])
def test_a_value_that_is_none_is_rejected_or_kept_as_it_is(xmonitor, archive, snapshots, value):
    path = small.sqlite(xmonitor.folder / "x.db", tweets=[small.post("sound"), small.post("odd", likes=value, body_text=value), small.post(value)])
    summary = snapshots.imports(path)
    posts = next(table for table in summary["tables"] if table["source"] == "tweets")
    assert posts["read"] == 3 and posts["inserted"] + posts["rejected"] == 3 and posts["inserted"] >= 1
    assert snapshots.validates(path)["agrees"] is True
