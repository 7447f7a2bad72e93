"""A collector tells that X has a post no longer, and a setting says whether its text is still shown anywhere."""

import itertools
import json

import pytest

from random_batches import moment as at
from support.ingest_server import Client
from support.psql import sql
from support.tailers import Tailer, archive_rows
from two_authors import post, report

SECRET = "a rare wording https://secret.example/page"
UTC = "2026-02-22T08:00:00.000000Z"


@pytest.fixture
def archive(another_archive):
    return another_archive()


@pytest.fixture
def server(serve, archive):
    return serve(archive)


@pytest.fixture
def hiding(serve, archive):
    """A second server over the same archive."""
    return serve(archive, XMONITOR_GONE_POSTS="hide_text")


def gone_at(server, status_id="1"):
    return server.client.get(f"/v1/posts/{status_id}").json["post"]["gone_at"]


def gone(status_id, second, moment, **news):
    return post(status_id, last_seen_at=at(second), gone_at=moment, **news)


def test_it_is_told_and_taken_back_and_every_change_is_heard_of(server, archive):
    client, tailer = server.client, Tailer(server.address)
    client.send("posts", [post("1", body_text="a", likes=1), post("2")])
    tailer.read_all()
    assert gone_at(server) is None
    assert client.send("posts", [gone("1", 5, UTC)])["items"] == ["updated"]
    tailer.read_all()
    assert gone_at(server) == tailer.items[("post", "1", None, None)]["post"]["gone_at"] == UTC
    assert client.send("posts", [gone("1", 5, UTC)])["items"] == ["unchanged"]
    assert client.send("posts", [gone("1", 4, None)])["items"] == ["stale"]
    # No word of it is no news.
    assert client.send("posts", [post("1", last_seen_at=at(6))])["items"] == ["updated"] and gone_at(server) == UTC
    answer = client.send("posts", [gone("1", 7, None)])
    assert answer["items"] == ["updated"] and gone_at(server) is None
    assert client.get("/v1/posts/1/provenance").json["fields"]["gone_at"]["batch_id"] == answer["batch_id"]
    assert client.get("/v1/posts/2/provenance").json["fields"]["gone_at"] == {"observed_at": None, "batch_id": None}
    tailer.read_all()
    assert tailer.rows == archive_rows(archive)


def test_it_changes_a_post_of_which_nothing_else_is_news(server):
    server.client.send("posts", [post("1", body_text="a", last_seen_at=at(9))])
    assert server.client.send("posts", [gone("1", 5, UTC, body_text="older")])["items"] == ["updated"]
    assert server.client.get("/v1/posts/1").json["post"] | {"body_text": "a", "gone_at": UTC} == server.client.get("/v1/posts/1").json["post"]
    assert server.client.send("posts", [gone("1", 5, UTC, body_text="older")])["items"] == ["stale"]


def test_any_order_of_observations_ends_in_the_same(server, archive):
    """Of two of one moment the later one that names a time wins."""
    told = [gone("x", 1, UTC), gone("x", 2, None), gone("x", 3, "2026-02-22T08:00:01Z"), gone("x", 3, UTC), gone("x", 3, None), post("x", last_seen_at=at(9))]
    for number, order in enumerate(itertools.islice(itertools.permutations(told), 0, None, 37)):
        name = f"p{number}"
        batch = [item | {"status_id": name} for item in order]
        if number % 2:
            server.client.send("posts", batch)
        else:
            for item in batch:
                server.client.send("posts", [item])
    assert sql(archive, "SELECT DISTINCT gone_at AT TIME ZONE 'UTC' FROM gone_posts") == "2026-02-22 08:00:01"


@pytest.mark.parametrize("value", ["yesterday", 5, "2999-01-01T00:00:00Z"])
def test_what_is_no_moment_is_rejected(server, archive, value):
    error, = server.client.send("posts", [gone("1", 1, value)])["errors"]
    assert (error["code"], error["field"]) == ("invalid_value", "gone_at")
    assert sql(archive, "SELECT count(*) FROM posts") == "0"


def views(server, question):
    """All that readers are shown under a question, as text."""
    client = Client(server.address, None)
    return {path: client.get(f"/v1/{path}?{question}").bytes.decode() for path in ("feed", "feed.csv", "feed.ndjson", "feed.atom", "feed.rss", "feed.json")}


def test_its_text_is_nowhere_where_the_setting_hides_it(server, hiding, archive):
    server.client.send("posts", [post("1", body_text=SECRET + " one"), post("2", body_text="a rare bird")])
    server.client.send("posts", [gone("1", 2, UTC, body_text=SECRET + " two")])
    server.client.send("reports", [report("1"), report("2")])
    shown = views(server, "sort=discovered")
    assert [path for path, text in shown.items() if "rare wording" not in text] == []
    assert server.client.get("/v1/posts/1/provenance").json["earlier_texts"][0]["body_text"] == SECRET + " one"

    hidden = views(hiding, "sort=discovered")
    assert all("rare wording" not in text and "rare bird" in text for text in hidden.values()), hidden
    assert [item["gone_at"] for item in json.loads(hidden["feed"])["items"]] == [None, UTC]
    assert UTC in hidden["feed.csv"] and UTC in hidden["feed.ndjson"] and all('gone' in hidden[path] for path in ("feed.atom", "feed.rss", "feed.json"))
    client = hiding.client
    detail, provenance = client.get("/v1/posts/1"), client.get("/v1/posts/1/provenance")
    assert detail.json["post"]["body_text"] is None and [text["body_text"] for text in provenance.json["earlier_texts"]] == [None]
    changes = client.get("/v1/changes?limit=200")
    assert {change["post"]["gone_at"] for change in changes.json["items"] if change["kind"] == "post" and change["status_id"] == "1"} == {UTC}
    for answer in (detail, provenance, changes):
        assert b"rare wording" not in answer.bytes


@pytest.mark.parametrize(("question", "found", "found_hiding"), [
    ("q=rare+wording", {"1"}, set()), ("q=rare", {"1", "2"}, {"2"}), ("q=zz", set(), set()), ("q=ada", {"1", "2", "3"}, {"1", "2", "3"}),
    ("exclude=wording", {"2", "3"}, {"1", "2", "3"}), ("exclude=ada", set(), set()),
    ("has_link=true", {"1", "3"}, {"3"}), ("has_link=false", {"2"}, {"1", "2"}), ("q=rare&sort=likes", {"1", "2"}, {"2"}),
])
def test_what_is_not_shown_is_not_found(server, hiding, question, found, found_hiding):
    server.client.send("posts", [post("1", body_text=SECRET), post("2", body_text="a rare bird"), post("3", body_text="https://x.example/a")])
    server.client.send("posts", [gone("1", 2, UTC), gone("3", 2, UTC), gone("3", 3, None)])
    for one, expected in ((server, found), (hiding, found_hiding)):
        feed = one.client.get(f"/v1/feed?{question}").json
        assert {item["status_id"] for item in feed["items"]} == expected
        assert len(one.client.get(f"/v1/feed.ndjson?{question}").bytes.splitlines()) == len(expected)
        if "sort" not in question:
            counted = one.client.get(f"/v1/facets?{question}").json
            assert counted["total"] == len(expected), counted


def test_a_value_that_means_nothing_ends_the_program(xmonitor, archive):
    xmonitor.environment |= {"XMONITOR_GONE_POSTS": "hide", "DATABASE_URL": archive, "XMONITOR_PORT": "0"}
    assert "it has to be show or hide_text" in xmonitor.fails("serve")
