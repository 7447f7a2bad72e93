"""A rejected row is kept whole, with its reason; how many are allowed is the caller's choice; every change of a value is counted."""

import json
import random
import string

import pytest

import small_snapshot as small
from archive_contents import everything
from support.psql import sql

# What a good post becomes when one field is spoilt, by which rule, and for JSON how it is shown.
FAULTS = [
    ("likes", "1.2K", "counter"), ("views", -1, "counter"), ("replies", 3.7, "counter"), ("watch_tier", "investor", "tier"),
    ("discovered_at", "yesterday", "timestamp"), ("last_seen_at", "2026-02-22T09:30:00.1234567Z", "timestamp"),
    ("url", "javascript:alert(1)", "url"), ("author_handle", " @ ", "handle"), ("is_significant", "perhaps", "boolean"),
    ("status_id", None, "required"), ("refresh_24h_delta_likes", "0.5", "delta"), ("author_display", "a\0b", "text")]


def spoilt_posts():
    columns = {"watch_tier": None, "refresh_24h_delta_likes": None, "author_display": None, "nobody_knows": "whole"}
    good = [small.post(f"good{number}", **columns) for number in range(3)]
    return good + [small.post(f"bad{number}", **columns) | {field: value} for number, (field, value, _) in enumerate(FAULTS)]


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


@pytest.fixture
def spoilt(xmonitor):
    """As many bad posts as there are faults, a report and an embedding without their post, and a line that is no JSON."""
    return small.sqlite(
        xmonitor.folder / "x.db", tweets=spoilt_posts(), reports=[small.report("good0"), small.report("nowhere")],
        tweet_embeddings=[small.embedding("good0"), small.embedding("good1", dims=3)], runs=[small.run(), small.run(mode="nightly")])


REJECTED = len(FAULTS) + 3


def test_every_rejected_row_is_in_the_file_whole_and_with_its_reason(xmonitor, archive, snapshots, spoilt):
    summary = snapshots.imports(spoilt)
    assert summary["reject_file"] == str(spoilt) + ".rejects.jsonl"
    rejects = lines(summary["reject_file"])
    assert len(rejects) == sum(table["rejected"] for table in summary["tables"]) == REJECTED
    posts = spoilt_posts()
    for reject, (field, value, rule) in zip([r for r in rejects if r["table"] == "tweets"], FAULTS, strict=True):
        row = posts[reject["row"] - 1]
        assert reject["source"] == row
        assert (reject["field"], reject["rule"], reject["value"]) == (field, rule, value)
        assert reject["key"] == {"status_id": row["status_id"]}
        assert reject["demand"]
    others = {(r["table"], r["row"], r["field"], r["rule"], r["value"], *r["key"].values()) for r in rejects if r["table"] != "tweets"}
    assert others == {
        ("reports", 2, "status_id", "orphan", "nowhere", "nowhere"), ("tweet_embeddings", 2, "dims", "vector", 3, "good1"),
        ("runs", 2, "mode", "run_mode", "nightly", "2026-02-22T09:00:00Z", "nightly", "cron")}
    assert next(r for r in rejects if r["table"] == "reports")["source"] == small.report("nowhere")


def test_a_line_that_is_no_json_object_is_rejected_and_the_rest_goes_on(xmonitor, archive, snapshots):
    folder = small.json_lines(xmonitor.folder / "lines", tweets=[small.post("p1")])
    with open(folder / "tweets.jsonl", "a") as file:
        file.write('{"status_id": "half\n[1]\n\n{"status_id": "twice", "status_id": "twice"}\n')
        file.write(json.dumps(small.post("p2")))
    summary = snapshots.imports(folder)
    assert sql(archive, "SELECT string_agg(status_id, ' ' ORDER BY status_id) FROM posts") == "p1 p2"
    rejects = lines(summary["reject_file"])
    assert [(r["rule"], r["row"], r["value"]) for r in rejects] == [
        ("json", 2, '{"status_id": "half'), ("json", 3, "[1]"), ("json", 4, '{"status_id": "twice", "status_id": "twice"}')]


@pytest.mark.parametrize("limit, imports", [(0, False), (REJECTED - 1, False), (REJECTED, True), (REJECTED + 1, True)])
def test_with_more_rejects_than_allowed_nothing_is_imported(xmonitor, archive, snapshots, spoilt, limit, imports):
    before = everything(archive)
    arguments = ("snapshot", "import", str(spoilt), "--rejects", "kept.jsonl", "--max-rejects", str(limit))
    if imports:
        xmonitor(*arguments, code=1)
        assert sql(archive, "SELECT count(*) FROM posts") == "3"
        assert not list(xmonitor.folder.glob("*.partial"))
    else:
        message = xmonitor.fails(*arguments)
        assert "kept.jsonl" in message and str(REJECTED) in message and f"--max-rejects {limit}" in message
        assert [line for line in everything(archive).split("\n") if "import_stages" not in line] == [
            line for line in before.split("\n") if "import_stages" not in line]
    rejects = lines(xmonitor.folder / "kept.jsonl")
    assert len(rejects) == REJECTED and all(reject["source"] and reject["rule"] for reject in rejects)


def test_after_too_many_rejects_the_import_goes_on_when_more_are_allowed(xmonitor, archive, snapshots, spoilt):
    xmonitor.fails("snapshot", "import", str(spoilt), "--max-rejects", "0")
    summary = snapshots.imports(spoilt)
    assert len(lines(summary["reject_file"])) == REJECTED
    assert sql(archive, "SELECT count(*) FROM import_stages") == "0"
    assert not list(xmonitor.folder.glob("*.partial"))


def test_the_reject_file_holds_no_row_of_another_snapshot(xmonitor, archive, snapshots):
    """The one that was refused had a table that the next one lacks."""
    one = small.sqlite(xmonitor.folder / "one.db", tweets=[small.post("p1")], reports=[small.report("p1", reported_at="nonsense")])
    two = small.sqlite(xmonitor.folder / "two.db", tweets=[small.post("p1")])
    xmonitor.fails("snapshot", "import", str(one), "--max-rejects", "0", "--rejects", "kept.jsonl")
    summary = snapshots.imports(two, "--rejects", "kept.jsonl")
    assert summary["reject_file"] is None
    assert not (xmonitor.folder / "kept.jsonl").exists()


def test_a_clean_import_removes_the_reject_file_of_the_one_before(xmonitor, archive, snapshots):
    one = small.sqlite(xmonitor.folder / "one.db", tweets=[small.post("p1"), small.post("p2", likes="many")])
    snapshots.imports(one, "--rejects", "kept.jsonl")
    assert (xmonitor.folder / "kept.jsonl").exists()
    snapshots.imports(small.sqlite(xmonitor.folder / "two.db", tweets=[small.post("p2")]), "--rejects", "kept.jsonl")
    assert not (xmonitor.folder / "kept.jsonl").exists()


def test_a_label_of_another_snapshot_is_refused(xmonitor, archive, snapshots):
    one, two = small.all_tables(xmonitor.folder / "one.db", "a"), small.all_tables(xmonitor.folder / "two.db", "b")
    snapshots.imports(one, "--label", "first-migration")
    before = everything(archive)
    assert "first-migration" in xmonitor.fails("snapshot", "import", str(two), "--label", "first-migration")
    assert everything(archive) == before
    again = snapshots.imports(one, "--label", "first-migration")
    assert again["label"] == "first-migration" and everything(archive) == before


def test_the_ledger_counts_every_normalisation_with_the_first_ten_keys(xmonitor, archive, snapshots):
    handles = ["@Ada", " ada", "ADA", "ada", "ada"]
    posts = [
        {"id": f"p{number}", "url": "https://x.example/", "handle": handles[number % 5], "likes": str(number), "retweets": number,
         "significant": ["yes", 1][number % 2], "captured_at": "2026-02-22T09:30:00", "last_seen_at": "2026-02-22T09:30:00Z",
         "followers": None if number else 7}
        for number in range(20)]
    path = small.sqlite(
        xmonitor.folder / "x.db", tweets=posts, runs=[small.run(mode="refresh-24h", source=None, reported_count=None)],
        tweet_embeddings=[small.embedding("p1", dims=0)], settings=[{"key": "a"}])
    summary = snapshots.imports(path)
    ledger = {
        (table["source"], entry["rule"], entry["column"]): (entry["count"], entry["first_keys"])
        for table in summary["tables"] for entry in table["normalised"]}
    keys = [f"p{number}" for number in range(20)]
    of_all = (20, keys[:10])
    run_key = ["2026-02-22T09:00:00Z | refresh-24h | NULL"]
    assert ledger == {
        ("tweets", "alias", "status_id from id"): of_all, ("tweets", "alias", "author_handle from handle"): of_all,
        ("tweets", "alias", "reposts from retweets"): of_all, ("tweets", "alias", "is_significant from significant"): of_all,
        ("tweets", "alias", "discovered_at from captured_at"): of_all,
        ("tweets", "handle", "author_handle"): (12, [key for number, key in enumerate(keys) if number % 5 < 3][:10]),
        ("tweets", "counter", "likes"): of_all, ("tweets", "boolean", "is_significant"): (10, keys[::2]),
        ("tweets", "timestamp", "discovered_at"): of_all,
        ("tweets", "default", "replies"): of_all, ("tweets", "default", "views"): of_all,
        ("runs", "run_mode", "mode"): (1, run_key), ("runs", "default", "source"): (1, run_key),
        ("runs", "default", "reported_count"): (1, run_key),
        ("tweet_embeddings", "dims", "dims"): (1, ["p1"]),
    }
    assert summary["tables"][0]["unmapped"] == [{"column": "followers", "values": 1}]
    assert summary["left_behind"] == ["settings"]
    kept = json.loads(sql(archive, "SELECT summary FROM batches WHERE kind = 'import'"))
    assert {(table["source"], entry["rule"], entry["column"]): (entry["count"], entry["first_keys"])
            for table in kept for entry in table["normalised"]} == ledger
    xmonitor("snapshot", "import", str(path))
    assert "author_handle from handle" in xmonitor.stdout and "followers" in xmonitor.stdout and "settings" in xmonitor.stdout


@pytest.mark.parametrize("broken", [
    {"status_id": "a\0b", "likes": "many"}, {"author_handle": "a\0b"}, {"discovered_at": "\0"}])
def test_u0000_in_a_rejected_row_does_not_break_the_import_off(xmonitor, archive, snapshots, broken):
    """Postgres cannot store it, not even in the ledger."""
    path = small.sqlite(xmonitor.folder / "x.db", tweets=[small.post("p1"), small.post("p2") | broken])
    summary = snapshots.imports(path)
    assert summary["tables"][0]["rejected"] == 1
    assert lines(summary["reject_file"])[0]["source"] == small.post("p2") | broken


def test_integers_beyond_64_bits_in_json_lines_are_kept_exactly(xmonitor, archive, snapshots):
    """As an id whole, as a counter rejected; never through a floating-point number."""
    large = 12345678901234567890
    folder = small.json_lines(xmonitor.folder / "lines", tweets=[small.post(large), small.post("p2", likes=large)])
    summary = snapshots.imports(folder)
    assert sql(archive, "SELECT status_id FROM posts") == str(large)
    (reject,) = lines(summary["reject_file"])
    assert str(reject["value"]) == str(large) and str(reject["source"]["likes"]) == str(large)


# No compression makes it fit into an index.
LONG = "".join(random.Random(1).choices(string.ascii_lowercase + string.digits, k=6000))


@pytest.mark.parametrize("table, row", [
    ("tweet_embeddings", small.embedding("p1", vector_json="[1e-20000]", dims=1)), ("tweets", small.post(LONG)),
    ("tweets", small.post("p2", author_handle=LONG)),
    ("runs", small.run(source=LONG)),
], ids=["a number too small", "a long id", "a long handle", "a long source"])
def test_a_value_that_postgres_cannot_hold_rejects_its_row_alone(xmonitor, archive, snapshots, table, row):
    tables = {"tweets": [small.post("p1")]}
    tables[table] = tables.get(table, []) + [row]
    summary = snapshots.imports(small.sqlite(xmonitor.folder / "x.db", **tables))
    assert {entry["source"]: entry["rejected"] for entry in summary["tables"]}[table] == 1
