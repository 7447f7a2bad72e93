"""A collector's clock is not believed: what it dates ahead of the database's clock by more than ten minutes is refused, and moves nothing."""

import pytest

from random_batches import moment as at
from support.ingest_server import PATHS
from support.psql import sql

POST = {"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "discovered_at": at(1), "last_seen_at": at(1)}
ITEMS = {
    "posts": POST,
    "metrics": {"status_id": "7", "snapshot_type": "latest_observed", "snapshot_at": at(2), "likes": 1, "reposts": 1, "replies": 1, "views": 1},
    "reports": {"status_id": "7", "reported_at": at(2)},
    "watch_accounts": {"handle": "ada", "tier": "teammate"},
    "embeddings": {"status_id": "7", "backend": "b", "model": "m", "vector": [1], "text_hash": "h"},
    "runs": {"run_at": at(2), "mode": "both"},
}
MEMBERS = [
    ("posts", "discovered_at"), ("posts", "last_seen_at"), ("posts", "refresh_24h_at"), ("metrics", "snapshot_at"), ("reports", "reported_at"),
    ("watch_accounts", "added_at"), ("embeddings", "created_at"), ("embeddings", "updated_at"), ("runs", "run_at")]


def ahead(database, minutes):
    """A moment by the database's clock, not by that of this program."""
    return sql(database, f"""SELECT to_char((now() + INTERVAL '{minutes} minutes') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""")


def test_every_operation_is_tried_here():
    assert {kind for kind, _ in MEMBERS} == set(PATHS)


@pytest.mark.parametrize("dry_run", ["", "?dry_run=true"])
@pytest.mark.parametrize("kind, member", MEMBERS)
def test_a_moment_of_the_future_rejects_its_item(server, client, kind, member, dry_run):
    if kind != "posts":
        client.send("posts", [POST])
    for moment, fields in ((ahead(server.database, 12), [member]), ("9999-12-31T23:59:59Z", [member]), (ahead(server.database, 9), [])):
        item = ITEMS[kind] | {member: moment}
        answer = client.send(kind, item if kind == "runs" else [item], dry_run)
        assert [error["field"] for error in answer["errors"]] == fields
        assert all(error["code"] == "invalid_value" and "ahead of the archive's clock" in error["message"] for error in answer["errors"])


@pytest.mark.parametrize("kind, member", MEMBERS)
def test_a_moment_without_its_zone_rejects_its_item(server, client, kind, member):
    if kind != "posts":
        client.send("posts", [POST])
    for moment, fields in (("2026-03-01T00:00:00", [member]), ("2026-03-01 00:00", [member]), ("2026-03-01T00:00:00.5", [member]),
                           ("2026-03-01T00:00:00-08:00", []), ("2026-03-01t00:00:00z", [])):
        item = ITEMS[kind] | {member: moment}
        answer = client.send(kind, item if kind == "runs" else [item], "?dry_run=true")
        assert [error["field"] for error in answer["errors"]] == fields, moment
        assert all(error["code"] == "invalid_value" and "Z or an offset" in error["message"] for error in answer["errors"])


def test_a_post_is_not_locked_by_a_clock_that_jumped(server, client):
    future = POST | {"last_seen_at": "2099-01-01T00:00:00Z", "body_text": "from a wrong clock", "likes": 1}
    answer = client.send("posts", [future, POST | {"status_id": "8"}, future | {"status_id": "9"}])
    assert answer["items"] == ["rejected", "inserted", "rejected"]
    assert "26" in answer["errors"][0]["message"] and "days ahead" in answer["errors"][0]["message"]
    client.send("posts", [POST | {"body_text": "the truth", "likes": 50}])
    post = client.get("/v1/posts/7").json["post"]
    assert (post["body_text"], post["likes"]) == ("the truth", 50)


def test_an_answer_that_is_given_again_is_of_the_time_when_the_batch_came(server, client):
    items = [POST | {"last_seen_at": ahead(server.database, 12)}, POST | {"status_id": "8"}, POST | {"status_id": "9", "likes": -1}]
    first = client.post("posts", items, idempotency_key="k")
    assert first.json["items"] == ["rejected", "inserted", "rejected"]
    # Three minutes later the first item would be good; its batch was another one then.
    sql(server.database, "UPDATE batches SET received_at = received_at - INTERVAL '1 day'")
    again = client.post("posts", items, idempotency_key="k")
    assert again.json["items"] == first.json["items"] and again.json["batch_id"] == first.json["batch_id"]
    assert client.post("posts", items, idempotency_key="k").bytes == again.bytes
    assert sql(server.database, "SELECT string_agg(status_id, ',') FROM posts") == "8"


def test_what_is_there_already_does_not_move_the_default_timeline(server, client):
    client.send("posts", [POST, POST | {"status_id": "8", "discovered_at": at(2)}])
    before = client.get("/v1/stats/timeline?bucket=hour").json
    freshness = client.get("/v1/freshness").json
    sql(server.database, """INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at)
        VALUES ('9', 'https://x.com/', 'ada', '2099-01-01', '2099-01-01')""")
    assert client.get("/v1/stats/timeline?bucket=hour").json["buckets"] == before["buckets"]
    after = client.get("/v1/freshness").json
    assert [after[name] for name in ("newest_discovered_at", "newest_last_seen_at")] == [
        freshness[name] for name in ("newest_discovered_at", "newest_last_seen_at")] == [at(2), at(1)]
