"""What a person takes for a known table or column is read; what may be one and is not read is never a clean success.

The proof must not share the names by which the import reads, so here the values that have no place are counted by SQLite.
"""

import json
import sqlite3
from contextlib import closing

import pytest

import random_snapshot
import small_snapshot as small
from archive_contents import contents
from support.psql import sql

POSTS = [small.post(f"p{number}", likes=40 + number) for number in range(3)]


def renamed(rows, **names):
    """The rows with some columns under other names."""
    return [{names.get(name, name): value for name, value in row.items()} for row in rows]


def written(path, **tables):
    """Like `small.sqlite`, but for names of every kind."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for table, rows in tables.items():
            names = ", ".join(f'"{name}"' for name in rows[0])
            database.execute(f'CREATE TABLE "{table}" ({names})')
            database.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', [list(row.values()) for row in rows])
    return path


def json_lines(path, **tables):
    path.mkdir()
    for table, rows in tables.items():
        (path / f"{table}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


FORMS = [written, json_lines]


def likes(archive):
    return {key[0]: row["likes"] for key, row in contents(archive, "posts").items()}


SPELT = {
    "likes": "LIKES", "views": " Views", "replies": "replies\t", "reposts": "\ufeffreposts", "body_text": "Body_Text ", "url": "\u00a0url\u200b",
    "author_handle": "author_handle\n"}


@pytest.mark.parametrize("form", FORMS, ids=["sqlite", "json"])
def test_a_column_is_read_whatever_stands_around_its_name(xmonitor, archive, snapshots, form):
    path = form(xmonitor.folder / "x", tweets=renamed(POSTS, **SPELT))
    assert snapshots.inspects(path)["not_read"] == []
    summary = snapshots.imports(path)
    assert summary["complete"] and summary["not_read"] == []
    held = contents(archive, "posts")
    assert {key[0]: {name: row[name] for name in SPELT} for key, row in held.items()} == {
        row["status_id"]: {name: row[name] for name in SPELT} for row in POSTS}
    aliases = {(use["column"], use["count"]) for use in summary["tables"][0]["normalised"] if use["rule"] == "alias"}
    assert aliases == {(f"{column} from {name}", 3) for column, name in SPELT.items()}
    assert snapshots.validates(path)["agrees"]


@pytest.mark.parametrize("form", FORMS, ids=["sqlite", "json"])
def test_a_table_is_read_whatever_stands_around_its_name(xmonitor, archive, snapshots, form):
    path = form(xmonitor.folder / "x", **{
        "Tweets": POSTS, " RUNS": [small.run()], "reports ": [small.report("p0")], "\ufeffwatch_accounts": [small.account("ada")],
        "Tweet_Embeddings": [small.embedding("p0")]})
    summary = snapshots.imports(path)
    assert summary["complete"] and summary["left_behind"] == []
    assert [(table["source"], table["inserted"]) for table in summary["tables"]] == [
        ("watch_accounts", 1), ("tweets", 3), ("reports", 1), ("runs", 1), ("tweet_embeddings", 1)]
    assert snapshots.validates(path)["agrees"]


def test_the_name_to_the_letter_comes_first_and_the_other_fills_its_gaps(xmonitor, archive, snapshots):
    rows = [small.post("p0", likes=1), small.post("p1", likes=None), small.post("p2", likes=3)]
    path = json_lines(xmonitor.folder / "x", tweets=[{"Likes": 70 + number} | row for number, row in enumerate(rows)])
    summary = snapshots.imports(path)
    assert likes(archive) == {"p0": 1, "p1": 71, "p2": 3}
    assert summary["not_read"] == [{"table": "tweets", "column": "Likes", "count": 2, "reason": None, "may_be": None}]
    assert snapshots.validates(path)["not_read"] == summary["not_read"]


def test_a_view_in_the_place_of_a_table_is_read(xmonitor, archive, snapshots):
    path = written(xmonitor.folder / "x.db", tweets_v2=POSTS, runs=[small.run()])
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE VIEW tweets AS SELECT * FROM tweets_v2")
    assert snapshots.inspects(path)["tables"][0]["read"] == 3
    snapshots.imports(path)
    assert len(likes(archive)) == 3
    assert snapshots.validates(path)["agrees"]


@pytest.mark.parametrize("form, tables, meant", [
    (written, {"tweets_v2": POSTS}, "tweets"), (json_lines, {"tweets_old": POSTS}, "tweets"), (written, {"archive_2025": POSTS}, "tweets"),
    (json_lines, {"archive_2025": POSTS}, "tweets"), (written, {"Posts": POSTS}, "tweets"), (written, {"tweets_v2": POSTS, "tweets": []}, "tweets"),
    (json_lines, {"tweets_v2": POSTS, "tweets": []}, "tweets"), (written, {"tweets": POSTS, "report_log": [small.report("p0")]}, "reports")],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else getattr(value, "__name__", value))
def test_a_table_that_may_be_the_missing_one_is_no_clean_success(xmonitor, archive, snapshots, form, tables, meant):
    tables = {"runs": [small.run()]} | tables
    path = form(xmonitor.folder / "x", **{name: rows for name, rows in tables.items() if rows})
    if tables.get("tweets") == []:
        if form is written:
            with closing(sqlite3.connect(path)) as database:
                database.execute("CREATE TABLE tweets (status_id)")
        else:
            (path / "tweets.jsonl").touch()
    left = next(name for name in tables if name not in ("tweets", "runs"))
    expected = [{"table": left, "column": None, "count": len(tables[left]), "reason": None, "may_be": meant}]
    assert snapshots.inspects(path)["not_read"] == expected
    assert snapshots.imports(path)["not_read"] == expected
    report = snapshots.validates(path)
    assert report["not_read"] == expected and not report["agrees"]
    for verb in ("inspect", "import", "validate"):
        first = xmonitor("snapshot", verb, str(path), code=1).splitlines()[0]
        assert "NOT EVERYTHING WAS READ" in first and left in first and meant in first


@pytest.mark.parametrize("column, name", [
    ("body_text", "bodyText"), ("body_text", "body-text"), ("body_text", "full_text"), ("likes", "like_count"), ("likes", "likes_v2"),
    ("likes", "favorite_count"), ("views", "Impressions"), ("watch_tier", "WatchTier")])
def test_a_column_that_may_be_the_missing_one_is_told(xmonitor, snapshots, column, name):
    path = written(xmonitor.folder / "x", tweets=renamed([row | {"watch_tier": "teammate"} for row in POSTS], **{column: name}))
    assert snapshots.inspects(path)["not_read"] == [{"table": "tweets", "column": name, "count": 3, "reason": None, "may_be": column}]


@pytest.mark.parametrize("form", FORMS, ids=["sqlite", "json"])
def test_a_column_that_may_be_the_missing_one_is_no_clean_success(xmonitor, archive, snapshots, form):
    path = form(xmonitor.folder / "x", tweets=renamed(POSTS, likes="like_count"))
    expected = [{"table": "tweets", "column": "like_count", "count": 3, "reason": None, "may_be": "likes"}]
    assert snapshots.inspects(path)["not_read"] == expected
    assert snapshots.imports(path)["not_read"] == expected
    assert snapshots.validates(path)["not_read"] == expected
    assert "like_count" in xmonitor("snapshot", "validate", str(path), "--report", "proof", code=1).splitlines()[0]
    assert "like_count" in (xmonitor.folder / "proof" / "validation.md").read_text().splitlines()[0]
    assert "EVERY CELL AGREES" not in xmonitor.stdout


@pytest.mark.parametrize("form", FORMS, ids=["sqlite", "json"])
def test_what_has_no_place_in_the_archive_is_named_and_harmless(xmonitor, archive, snapshots, form):
    path = form(
        xmonitor.folder / "x", tweets=[row | {"lang": "en", "followers": None} for row in POSTS], settings=[{"key": "a"}, {"key": "b"}])
    expected = [("tweets", "lang", 3, None), ("settings", None, 2, None)]
    for verb in (snapshots.inspects, snapshots.imports, snapshots.validates):
        assert [(part["table"], part["column"], part["count"], part["may_be"]) for part in verb(path)["not_read"]] == expected
    first = xmonitor("snapshot", "import", str(path)).splitlines()[0]
    assert "tweets.lang" in first and "settings" in first


def test_a_folder_that_holds_a_table_in_another_form_is_no_clean_success(xmonitor, archive, snapshots):
    path = json_lines(xmonitor.folder / "x", runs=[small.run()])
    (path / "tweets.ndjson").write_text(json.dumps(POSTS[0]) + "\n")
    (part,) = snapshots.imports(path)["not_read"]
    assert (part["table"], part["may_be"], part["count"]) == ("tweets.ndjson", "tweets", None)


@pytest.mark.parametrize("seed", range(3))
def test_the_proof_counts_every_value_that_no_column_of_the_archive_has(xmonitor, archive, snapshots, seed):
    """SQLite counts all values; those that the documented names read are taken off by a model that shares nothing with the program."""
    import documented_rules as rules

    path = xmonitor.folder / "x.db"
    random_snapshot.written(path, random_snapshot.snapshot(seed, size=40), seed).close()
    held = random_snapshot.read_back(path)
    expected = {}
    for table, (names, rows) in held.items():
        if table not in rules.TARGETS:
            expected[table, None] = len(rows)
            continue
        counts = {name: sum(row[place] is not None for row in rows) for place, name in enumerate(names)}
        sources = rules.sources(table, names)
        for row in rows:
            for place in {next((place for place in places if row[place] is not None), None) for places in sources.values()} - {None}:
                counts[names[place]] -= 1
        expected |= {(table, name): count for name, count in counts.items()}
    snapshots.imports(path)
    report = snapshots.validates(path)
    assert {(part["table"], part["column"]): part["count"] for part in report["not_read"]} == {
        key: count for key, count in expected.items() if count}


def test_the_rehearsal_does_not_pass_over_what_was_not_read(xmonitor, archive):
    path = written(xmonitor.folder / "x.db", tweets=renamed(POSTS, likes="like_count"))
    xmonitor.environment.pop("DATABASE_URL")
    xmonitor("snapshot", "rehearse", str(path), "--evidence", "evidence", code=1)
    proof = json.loads(next((xmonitor.folder / "evidence").glob("*-validate.json")).read_text())
    assert proof["result"] == "failed" and "like_count" in "\n".join(proof["output"])
    assert sql(archive, "SELECT count(*) FROM posts") == "0"
