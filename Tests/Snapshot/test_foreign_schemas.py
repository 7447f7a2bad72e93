"""A database of an application that brought its own collations and functions: what does not need them is read and copied."""

import json
import sqlite3
from contextlib import closing

import pytest

import small_snapshot as small
from archive_contents import contents

POSTS = [small.post(f"p{number}", body_text=f"Text {number}") for number in range(30)]
NAMES = list(POSTS[0])


def written(path, definition, *others, rows=POSTS):
    """Tweets in a table of `definition`, where {columns} are those of the rows."""
    with closing(sqlite3.connect(path)) as database:
        database.create_collation("unicode_ci", lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))
        database.create_function("fold", -1, lambda value: str(value).lower(), deterministic=True)
        database.execute(definition.format(columns=", ".join(NAMES), rest=", ".join(NAMES[1:])))
        database.executemany(f"INSERT INTO tweets ({', '.join(NAMES)}) VALUES ({', '.join('?' * len(NAMES))})", [list(row.values()) for row in rows])
        for other in others:
            database.execute(other)
        database.commit()
    return path


PLAIN = "CREATE TABLE tweets ({columns})"
SCHEMAS = {
    "collation of a key": ("CREATE TABLE tweets (status_id TEXT PRIMARY KEY COLLATE unicode_ci, {rest})",),
    "collation of a keyed table": ("CREATE TABLE tweets (status_id TEXT PRIMARY KEY COLLATE unicode_ci, {rest}) WITHOUT ROWID",),
    "collation of an index": (PLAIN, "CREATE INDEX i ON tweets (body_text COLLATE unicode_ci)"),
    "collation of another table": (PLAIN, "CREATE TABLE notes (note TEXT PRIMARY KEY COLLATE unicode_ci)", "INSERT INTO notes VALUES ('b'), ('A')"),
    "generated column": ("CREATE TABLE tweets ({columns}, folded TEXT GENERATED ALWAYS AS (fold(body_text)) VIRTUAL)",),
    "generated column, stored": ("CREATE TABLE tweets ({columns}, folded TEXT GENERATED ALWAYS AS (fold(body_text)) STORED)",),
    "generated column that must not be null": ("CREATE TABLE tweets ({columns}, folded TEXT NOT NULL GENERATED ALWAYS AS (fold(body_text)))",),
    "expression index": (PLAIN, "CREATE INDEX i ON tweets (fold(author_handle))"),
    "partial index": (PLAIN, "CREATE INDEX i ON tweets (likes) WHERE fold(author_handle) = 'ada'"),
    "check": ("CREATE TABLE tweets ({columns}, CHECK (fold(body_text) <> ''))",),
    "view": (PLAIN, "CREATE VIEW folded AS SELECT fold(body_text) FROM tweets"),
    "trigger": (PLAIN, "CREATE TRIGGER t AFTER INSERT ON tweets BEGIN SELECT fold(new.body_text); END"),
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_is_read_and_copied(xmonitor, archive, snapshots, schema):
    path = written(xmonitor.folder / "x.db", *SCHEMAS[schema])
    taken = json.loads(xmonitor("snapshot", "take", "x.db", "copy.db", "--json"))
    assert taken["rows"]["tweets"] == len(POSTS)
    assert snapshots.inspects(path)["rejected"] == 0
    snapshots.imports(xmonitor.folder / "copy.db")
    assert {key[0]: row["body_text"] for key, row in contents(archive, "posts").items()} == {row["status_id"]: row["body_text"] for row in POSTS}
    assert snapshots.validates(path)["agrees"]
    xmonitor("snapshot", "export", "x.db", "folder")
    assert snapshots.validates(xmonitor.folder / "folder")["agrees"]


def test_a_column_that_only_the_application_can_work_out_is_named(xmonitor, archive, snapshots):
    columns = ", ".join(name for name in NAMES if name != "body_text")
    path = xmonitor.folder / "x.db"
    with closing(sqlite3.connect(path)) as database:
        database.create_function("unpacked", 1, lambda value: value, deterministic=True)
        database.execute(f"CREATE TABLE tweets ({columns}, packed, body_text TEXT GENERATED ALWAYS AS (unpacked(packed)) VIRTUAL)")
        rows = [[value for name, value in row.items() if name != "body_text"] + [row["body_text"]] for row in POSTS]
        database.executemany(f"INSERT INTO tweets ({columns}, packed) VALUES ({', '.join('?' * len(rows[0]))})", rows)
        database.commit()
    summary = snapshots.imports(path)
    (part,) = [part for part in summary["not_read"] if part["column"] == "body_text"]
    assert "unpacked" in part["reason"] and part["may_be"] == "body_text" and not summary["complete"]


def test_a_copy_is_refused_for_no_value_that_an_import_takes(xmonitor, archive, snapshots):
    """NULL in a NOT NULL column, a failed CHECK: left by a program that wrote the schema later, or past SQLite."""
    path = written(xmonitor.folder / "x.db", PLAIN, rows=POSTS + [small.post("gap", body_text=None), small.post("low", likes=0)])
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "UPDATE sqlite_master SET sql = replace(replace(sql, 'body_text', 'body_text TEXT NOT NULL'), 'likes,', 'likes INTEGER CHECK (likes > 0),')"
            " WHERE name = 'tweets'")
        database.commit()
    with closing(sqlite3.connect(path)) as database:
        assert len(database.execute("PRAGMA integrity_check").fetchall()) == 2
    xmonitor("snapshot", "take", "x.db", "copy.db")
    assert snapshots.imports(xmonitor.folder / "copy.db")["tables"][0]["inserted"] == len(POSTS) + 2


def test_an_index_that_lost_a_row_is_damage(xmonitor):
    path = written(xmonitor.folder / "x.db", PLAIN, "CREATE INDEX by_likes ON tweets (likes)", "CREATE INDEX by_views ON tweets (views)")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA writable_schema = ON")
        # Each index stands where the other is, so that no entry fits its row any more.
        database.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT sum(rootpage) FROM sqlite_master WHERE type = 'index') - rootpage WHERE type = 'index'")
        database.commit()
    assert "integrity check" in xmonitor.fails("snapshot", "take", "x.db", "copy.db")


def test_what_cannot_be_copied_is_told_without_a_wrong_remedy(xmonitor):
    path = written(xmonitor.folder / "x.db", PLAIN)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE tweets (' WHERE name = 'tweets'")
        database.commit()
    message = xmonitor.fails("snapshot", "take", "x.db", "copy.db")
    assert "malformed" in message and "room" not in message and "place" not in message
