"""Moments of a wrong clock that an earlier release believed are found, and mended: the next right observation wins."""

import datetime
import json

import pytest

from archive_state import contents, versions
from support.full_run import FULL
from support.live_writers import LiveWriters, wrong_velocities
from support.psql import sql
from support.tailers import Tailer, archive_rows

NOW = datetime.datetime.now(datetime.UTC)
COUNTERS = ("likes", "reposts", "replies", "views")


def ago(minutes):
    return (NOW - datetime.timedelta(minutes=minutes)).isoformat(timespec="microseconds").replace("+00:00", "Z")


# When the batches with the wrong clock arrived, and what that clock said: as an earlier release stored it, the same but for the year.
ARRIVED, WRONG = ago(60), ago(121)
FUTURE = [
    ("watch_accounts", "added_at"), ("pipeline_runs", "run_at"), ("reports", "reported_at"), ("embeddings", "updated_at"),
    ("embeddings", "created_at"), ("posts", "discovered_at"), ("posts", "last_seen_at"), ("posts", "refresh_24h_at"),
    ("post_metrics_snapshots", "snapshot_at")]


def post(status_id, at, **fields):
    return {"status_id": status_id, "url": f"https://x.com/ada/status/{status_id}", "author_handle": "ada", "discovered_at": at,
            "last_seen_at": at} | fields


def counters(number):
    return dict.fromkeys(COUNTERS, number)


def metrics(status_id, at, number, kind="latest_observed"):
    return {"status_id": status_id, "snapshot_type": kind, "snapshot_at": at} | counters(number)


def embedding(status_id, at, model):
    return {"status_id": status_id, "backend": "b", "model": model, "vector": [1], "text_hash": "h", "updated_at": at}


def poison(client, address):
    """What was right before, what came with a wrong clock, and what is right since and lost against it."""
    client.send("posts", [post(number, ago(300), body_text="first", source_query="q", **counters(10)) for number in "123"])
    client.send("reports", [{"status_id": "1", "reported_at": ago(290), "channel": "first", "summary": "kept"}])
    last = int(sql(address, "SELECT max(id) FROM batches"))
    client.send("posts", [post("1", WRONG, body_text="from a wrong clock", **counters(1)), post("9", WRONG, body_text="new", **counters(1)),
                          post("3", ago(200), refresh_24h_at=WRONG, likes_24h=4)])
    client.send("metrics", [metrics("2", WRONG, 2)])
    client.send("reports", [{"status_id": "1", "reported_at": WRONG, "channel": "wrong"}])
    client.send("embeddings", [embedding("1", WRONG, "wrong")])
    client.send("runs", {"run_at": WRONG, "mode": "priority", "fetched_count": 3})
    client.send("watch_accounts", [{"handle": "bert", "tier": "teammate", "added_at": WRONG}])
    sql(address, f"UPDATE batches SET received_at = '{ARRIVED}' WHERE id > {last}")
    sql(address, f"UPDATE watch_accounts SET created_at = '{ARRIVED}'")
    for table, column in FUTURE:
        sql(address, f"UPDATE {table} SET {column} = {column} + INTERVAL '70 years' WHERE {column} = '{WRONG}'")
    for table in ("posts", "reports"):
        sql(address, f"UPDATE {table} SET observed_at = replace(observed_at::TEXT, '{WRONG}', '2099{WRONG[4:]}')::JSONB")
    client.send("metrics", [metrics("1", ago(30), 50)])


def shown(server, status_id):
    found = server.client.get(f"/v1/posts/{status_id}").json["post"]
    return found["body_text"], found["likes"], found["views"]


def future(xmonitor, *options, code):
    return json.loads(xmonitor("ops", "future", "--json", *options, code=code))


def counts(found):
    return {(each["table"], each["column"]): each["rows"] for each in found["found"]}


def test_they_are_listed_and_mended_and_the_next_right_observation_wins(xmonitor, server):
    address = server.database
    poison(server.client, address)
    tailer = Tailer(server.address)
    tailer.read_all()
    # As the world found it: nothing that came since has won.
    assert shown(server, "1") == ("from a wrong clock", 1, 1)
    assert server.client.get("/v1/feed?limit=1").json["items"][0]["status_id"] == "9"

    before = versions(address)
    found = future(xmonitor, code=1)
    assert counts(found) == {
        ("watch_accounts", "added_at"): 1, ("pipeline_runs", "run_at"): 1, ("reports", "reported_at"): 1, ("embeddings", "updated_at"): 1,
        ("embeddings", "created_at"): 1, ("posts", "discovered_at"): 1, ("posts", "last_seen_at"): 2, ("posts", "refresh_24h_at"): 1,
        ("posts", "observed_at"): 2, ("post_metrics_snapshots", "snapshot_at"): 6}
    seen = next(each for each in found["found"] if each["column"] == "last_seen_at")
    assert [row["key"] for row in seen["first"]] == ["1", "9"] and seen["first"][0]["moment"][:4] > "2090"
    assert found["mended"] == [] and versions(address) == before
    text = xmonitor("ops", "future", code=1)
    assert "posts.last_seen_at" in text and "--mend" in text

    audited = sql(address, "SELECT coalesce(max(id), 0) FROM audit_events")
    mended = future(xmonitor, "--mend", code=0)
    assert counts(mended) == counts(found)
    assert {each["table"]: (each["mended"], each["removed"]) for each in mended["mended"]} == {
        "watch_accounts": (1, 0), "pipeline_runs": (1, 0), "reports": (1, 0), "embeddings": (1, 0), "post_metrics_snapshots": (6, 0),
        "posts": (4, 0)}
    # A second time there is nothing to do, and nothing is written.
    after = versions(address)
    assert future(xmonitor, "--mend", code=0)["found"] == [] and versions(address) == after
    # The audit has the one time that something was done, and who did it.
    principal, details = sql(address, f"SELECT principal, details FROM audit_events WHERE action = 'moments.mended' AND id > {audited}").split("|")
    assert principal.endswith(" (command line)")
    assert json.loads(details) == {
        each["table"]: {"mended": each["mended"], "removed": each["removed"]} for each in mended["mended"]}
    assert "No moment" in xmonitor("ops", "future")

    # Each is when its batch arrived, and feed, history and followers agree.
    contents(address)
    assert wrong_velocities(address) == ""
    tailer.read_all()
    assert tailer.rows == archive_rows(address)
    moments = [("posts", "last_seen_at", "1"), ("posts", "last_seen_at", "9"), ("posts", "discovered_at", "9"), ("posts", "refresh_24h_at", "3"),
               ("reports", "reported_at", "1"), ("embeddings", "updated_at", "1")]
    for table, column, status_id in moments:
        where = f"SELECT {column} = '{ARRIVED}' FROM {table} WHERE status_id = '{status_id}'"
        assert sql(address, where) == "t", (table, column, status_id)
    for table, column in [("pipeline_runs", "run_at"), ("watch_accounts", "added_at")]:
        assert sql(address, f"SELECT bool_and({column} = '{ARRIVED}') FROM {table}") == "t"
    # What was told of the counters since is there at once; the rest when it is sent again.
    assert shown(server, "1") == ("from a wrong clock", 50, 50)
    server.client.send("posts", [post("1", ago(20), body_text="right", **counters(60)), post("8", ago(10), body_text="newest")])
    server.client.send("reports", [{"status_id": "1", "reported_at": ago(20), "channel": "right"}])
    server.client.send("embeddings", [embedding("1", ago(20), "right")])
    assert shown(server, "1") == ("right", 60, 60)
    assert sql(address, "SELECT channel || summary FROM reports") == "rightkept" and sql(address, "SELECT model FROM embeddings") == "right"
    assert [item["status_id"] for item in server.client.get("/v1/feed").json["items"]][:2] == ["8", "9"]
    freshness = server.client.get("/v1/freshness").json
    assert (freshness["newest_discovered_at"], freshness["newest_last_seen_at"]) == (ago(10), ago(10)), freshness
    timeline = server.client.get("/v1/stats/timeline").json
    assert timeline["total"] == 5 and timeline["buckets"][-1]["start"] < ago(0), timeline
    contents(address)


def test_where_the_key_is_there_already_one_row_stays(xmonitor, server):
    address = server.database
    server.client.send("posts", [post("1", ago(300), **counters(10))])
    server.client.send("metrics", [metrics("1", ago(120), 20), metrics("1", ago(121), 21)])
    batch = sql(address, "SELECT max(id) FROM batches")
    server.client.send("metrics", [metrics("1", ARRIVED, 30)])
    sql(address, f"UPDATE batches SET received_at = '{ARRIVED}' WHERE id = {batch}")
    sql(address, f"UPDATE post_metrics_snapshots SET snapshot_at = snapshot_at + INTERVAL '70 years' WHERE inserted_by = {batch}")
    for hours in (1, 2):
        server.client.send("runs", {"run_at": ago(60 * hours), "mode": "priority"})
    sql(address, f"UPDATE pipeline_runs SET run_at = run_at + INTERVAL '70 years', inserted_by = {batch}")
    tailer = Tailer(server.address)
    tailer.read_all()
    mended = future(xmonitor, "--mend", code=0)["mended"]
    assert {each["table"]: (each["mended"], each["removed"]) for each in mended if each["mended"] or each["removed"]} == {
        "pipeline_runs": (1, 1), "post_metrics_snapshots": (0, 2), "posts": (1, 0)}
    assert sql(address, f"SELECT run_at = '{ARRIVED}' FROM pipeline_runs") == "t"
    tailer.read_all()
    assert tailer.rows == archive_rows(address)
    assert shown(server, "1")[1:] == (30, 30)
    contents(address)


def test_a_row_of_an_unknown_batch_and_a_batch_of_the_future_end_at_present(xmonitor, server):
    address = server.database
    server.client.send("posts", [post("1", ago(300)), post("2", ago(300))])
    sql(address, "UPDATE batches SET received_at = '2098-01-01'")
    sql(address, "UPDATE posts SET last_seen_at = '2099-01-01', inserted_by = CASE WHEN status_id = '1' THEN inserted_by END")
    future(xmonitor, "--mend", code=0)
    assert sql(address, "SELECT bool_and(last_seen_at <= now() AND last_seen_at > now() - INTERVAL '1 hour') FROM posts") == "t"


def test_ten_minutes_are_forgiven(xmonitor, server):
    server.client.send("posts", [post("1", ago(300))])
    sql(server.database, "UPDATE posts SET last_seen_at = now() + INTERVAL '9 minutes'")
    assert future(xmonitor, code=0)["found"] == []
    sql(server.database, "UPDATE posts SET last_seen_at = now() + INTERVAL '11 minutes'")
    assert counts(future(xmonitor, code=1)) == {("posts", "last_seen_at"): 1}


@pytest.mark.parametrize("seed", range(40 if FULL else 2))
def test_writers_go_on_meanwhile_and_nothing_of_theirs_is_lost(xmonitor, server, seed):
    address = server.database
    known = [f"p{number:03}" for number in range(200)]
    server.client.send("posts", [post(status_id, "2026-03-01T00:00:00Z", **counters(1)) for status_id in known])
    server.client.send("reports", [{"status_id": status_id, "reported_at": "2026-03-01T00:00:00Z"} for status_id in known[::3]])
    for table, column in [("posts", "last_seen_at"), ("post_metrics_snapshots", "snapshot_at"), ("reports", "reported_at")]:
        sql(address, f"UPDATE {table} SET {column} = {column} + INTERVAL '70 years' WHERE right(status_id, 1) < '5'")
    writers = LiveWriters(server, known, ["ada", "bert"], seed=seed)
    with writers.writing():
        mended = future(xmonitor, "--mend", code=0)["mended"]
    assert next(each["mended"] for each in mended if each["table"] == "posts") == 100
    writers.check()
    assert future(xmonitor, code=0)["found"] == []
    contents(address)


def test_a_database_without_the_schema_is_named(xmonitor, database):
    assert "xmonitor schema apply" in xmonitor.fails("ops", "future")
