"""A moment that has not happened yet and a value that no page could bear are rejected one by one; the rest of the import goes on."""

import json
import resource
from datetime import datetime, timedelta

import pytest

import small_snapshot as small
from archive_contents import contents
from support.psql import sql

LONGEST = 256 * 1024


def at(archive, minutes):
    """A moment by the database's clock."""
    now = datetime.fromisoformat(sql(archive, "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"))
    return (now + timedelta(minutes=minutes)).isoformat() + "Z"


def test_moments_of_the_future_are_rejected_in_every_column_that_observes(xmonitor, archive, snapshots):
    late, soon = at(archive, 15), at(archive, 5)
    tables = {
        "tweets": [small.post("good", refresh_24h_at=soon, last_seen_at=soon)]
        + [small.post(column, **{"refresh_24h_at": None} | {column: late}) for column in ("discovered_at", "last_seen_at", "refresh_24h_at")],
        "reports": [small.report("good", reported_at=late)], "watch_accounts": [small.account("ada", added_at=late)], "runs": [small.run(late)],
        "tweet_embeddings": [small.embedding("good", created_at=late), small.embedding("good", updated_at=late)]}
    path = small.sqlite(xmonitor.folder / "x.db", **tables)
    assert {r["rule"] for table in snapshots.inspects(path)["tables"] for r in table["rejects"]} == {"future"}
    assert "clock of this machine" in xmonitor("snapshot", "inspect", "x.db", code=1)
    summary = snapshots.imports(path)
    assert {(table["source"], r["rule"], r["column"], r["count"]) for table in summary["tables"] for r in table["rejects"]} == {
        ("tweets", "future", "discovered_at", 1), ("tweets", "future", "last_seen_at", 1), ("tweets", "future", "refresh_24h_at", 1),
        ("reports", "future", "reported_at", 1), ("watch_accounts", "future", "added_at", 1), ("runs", "future", "run_at", 1),
        ("tweet_embeddings", "future", "created_at", 1), ("tweet_embeddings", "future", "updated_at", 1)}
    assert sql(archive, "SELECT string_agg(status_id, ',') FROM posts") == "good"
    assert snapshots.validates(path)["agrees"]
    kept = snapshots.imports(path, "--allow-future", "--label", "kept")
    assert all(table["rejected"] == 0 for table in kept["tables"])
    assert sql(archive, "SELECT count(*) FROM posts") == "4"
    assert snapshots.validates(path, "--allow-future")["agrees"] and not snapshots.validates(path)["agrees"]


def test_the_same_import_is_judged_by_the_same_clock(xmonitor, archive, snapshots):
    """When the moment has come, neither a repetition nor the proof sees another archive than the import made."""
    path = small.sqlite(xmonitor.folder / "x.db", tweets=[small.post("now"), small.post("then", last_seen_at=at(archive, 15))])
    assert snapshots.imports(path, "--label", "one")["tables"][0]["rejected"] == 1
    # As if all of it had been an hour ago.
    sql(archive, "UPDATE batches SET received_at = received_at - INTERVAL '1 hour'")
    assert snapshots.imports(path, "--label", "one")["tables"][0]["rejected"] == 1
    assert snapshots.validates(path)["agrees"]
    sql(archive, "UPDATE batches SET received_at = received_at + INTERVAL '2 hours'")
    assert snapshots.imports(path, "--label", "one")["tables"][0]["inserted"] == 1
    assert snapshots.validates(path)["agrees"]


def long_values(factor):
    """Column → a value that is `factor` times as long as the longest."""
    text = "é" * (LONGEST * factor // 2) + "x"
    values = {
        "body_text": text, "significance_reason": text, "author_display": text, "url": "https://x.example/" + text, "watch_tier": text,
        "status_id": text, "author_handle": text, "likes": "1" * (LONGEST * factor + 1), "last_seen_at": text}
    return values if factor == 1 else {name: values[name] for name in ("body_text", "status_id", "likes")}


@pytest.mark.parametrize("factor", [1, 8])
@pytest.mark.parametrize("form", ["sqlite", "json"])
def test_a_value_that_is_too_long_rejects_its_row_alone(xmonitor, archive, snapshots, form, factor):
    fits = small.post("fits", body_text="é" * (LONGEST // 2))
    spoilt = [small.post(f"bad{number}", watch_tier=None, significance_reason=None, author_display=None) | {column: value}
              for number, (column, value) in enumerate(long_values(factor).items())]
    tables = {
        "tweets": [fits | {"watch_tier": None, "significance_reason": None, "author_display": None}, *spoilt],
        "tweet_embeddings": [small.embedding("fits", vector_json="[" + "0.5, " * (LONGEST * factor // 5) + "0.5]", dims=0)]}
    path = small.sqlite(xmonitor.folder / "x.db", **tables) if form == "sqlite" else small.json_lines(xmonitor.folder / "x", **tables)
    inspection = snapshots.inspects(path)
    summary = snapshots.imports(path)
    assert [(r["rule"], r["column"]) for r in summary["tables"][0]["rejects"]] == sorted(("length", column) for column in long_values(factor))
    assert [r["rule"] for r in summary["tables"][1]["rejects"]] == ["length"]
    assert [table["rejected"] for table in inspection["tables"]] == [len(spoilt), 1]
    assert list(contents(archive, "posts")) == [("fits",)]
    assert snapshots.validates(path)["agrees"]
    if form == "sqlite":
        xmonitor("snapshot", "export", "x.db", "folder")
        again = snapshots.inspects(xmonitor.folder / "folder")
        assert [strikes(table) for table in again["tables"]] == [strikes(table) for table in inspection["tables"]]
    if factor == 8:
        assert (xmonitor.folder / "x.db.rejects.jsonl" if form == "sqlite" else xmonitor.folder / "x.rejects.jsonl").stat().st_size < 100_000


def strikes(table):
    return [(strike["rule"], strike["column"], strike["count"]) for strike in table["rejects"]]


def test_a_line_without_an_end_takes_no_memory(xmonitor, archive, snapshots):
    path = small.json_lines(xmonitor.folder / "x", tweets=[small.post("before"), small.post("after")])
    before, after = (path / "tweets.jsonl").read_text().splitlines(keepends=True)
    with open(path / "tweets.jsonl", "w") as file:
        file.write(before + '{"body_text": "')
        file.truncate(1 << 30)  # 1 GiB of zeros, as a power cut leaves them
        file.seek(1 << 30)
        file.write("\n" + after)
    limited = xmonitor.start("snapshot", "inspect", "x", "--json", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (400 << 20, 400 << 20)))
    out, err = limited.communicate(timeout=120)
    assert limited.returncode == 1, err
    (table,) = json.loads(out)["tables"]
    assert (table["read"], table["accepted"], [(r["rule"], r["count"]) for r in table["rejects"]]) == (3, 2, [("length", 1)])
