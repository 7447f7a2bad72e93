"""An import into an archive in which collectors are writing loses nothing of theirs, and reckons nothing past them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import small_snapshot as small
from support.full_run import FULL
from support.ingest_server import IngestServer
from support.live_writers import LiveWriters, wrong_velocities
from support.psql import sql
from support.tailers import Tailer, archive_rows
from support.waiting import failing, failures, holding, until_done_or_held_up

# All that a snapshot says of a post, so that an older one brings no news.
EVERYTHING = dict.fromkeys(
    ["author_display", "body_text", "posted_relative", "source_query", "watch_tier", "significance_reason", "significance_version",
     "refresh_24h_at", "refresh_24h_status"]
    + [name.format(counter) for name in ("initial_{}", "{}_24h", "refresh_24h_delta_{}") for counter in ("likes", "reposts", "replies", "views")])


def seen(hour, views):
    return EVERYTHING | {
        "status_id": "p", "url": "https://x.example/p", "author_handle": "ada", "is_significant": False, "likes": 1, "reposts": 1, "replies": 1,
        "views": views, "discovered_at": "2026-02-22T00:00:00Z", "last_seen_at": f"2026-02-22T{hour:02}:00:00Z"}


@pytest.fixture
def server(xmonitor, archive):
    server = IngestServer(xmonitor, archive)
    yield server
    server.stop()


def test_a_history_that_a_collector_writes_too_is_reckoned_whole(xmonitor, archive, snapshots, server):
    """The post itself has nothing to learn from the import, but its history has, and at the same moment from a collector."""
    server.client.send("posts", [seen(0, 0), seen(10, 1_000)])
    path = small.sqlite(xmonitor.folder / "x.db", tweets=[small.post(
        "p", discovered_at="2026-02-22T00:00:00Z", last_seen_at="2026-02-22T05:00:00Z", views=900)])
    batch = """
        SELECT FROM posts WHERE status_id = 'p' FOR NO KEY UPDATE;
        INSERT INTO post_metrics_snapshots (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views)
        VALUES ('p', 'latest_observed', '2026-02-22T20:00:00Z', 1, 1, 1, 5000);
        UPDATE posts SET views = 5000, views_velocity = 400000, likes_velocity = 0 WHERE status_id = 'p'"""
    with ThreadPoolExecutor() as threads:
        with holding(archive, batch):
            task = threads.submit(snapshots.imports, path)
            until_done_or_held_up(archive, task)
        assert task.result(60)["tables"][0]["unchanged"] == 1
    assert sql(archive, "SELECT count(*) FROM post_metrics_snapshots WHERE snapshot_at = '2026-02-22T05:00:00Z'") == "1"
    assert wrong_velocities(archive) == ""


def imports_past(archive, snapshots, held, path):
    """The summary of an import that waits for nobody, though somebody holds all of the posts `held`."""
    statements = ";".join(
        f"SELECT FROM {table} WHERE status_id IN ({', '.join(repr(name) for name in held)}) FOR UPDATE"
        for table in ("posts", "post_metrics_snapshots"))
    with ThreadPoolExecutor() as threads:
        with holding(archive, statements):
            task = threads.submit(snapshots.imports, path)
            until_done_or_held_up(archive, task)
            waited = not task.done()
        summary = task.result(60)
    assert not waited
    return summary


def test_what_it_brings_nothing_to_is_not_held(xmonitor, archive, snapshots):
    """The first time it brings nothing, the second time a piece of history to one post, the third time news of that post itself."""
    posts = {name: small.post(name) for name in ("p1", "p2", "p3")}
    snapshots.imports(small.sqlite(xmonitor.folder / "1.db", tweets=list(posts.values())))
    again = imports_past(archive, snapshots, posts, small.sqlite(xmonitor.folder / "2.db", tweets=list(posts.values())))
    assert again["tables"][0]["unchanged"] == 3

    posts["p2"] = small.post("p2", last_seen_at="2026-02-22T10:00:00Z")
    history = imports_past(archive, snapshots, ["p1", "p3"], small.sqlite(xmonitor.folder / "3.db", tweets=list(posts.values())))
    assert history["tables"][0]["unchanged"] == 3
    assert sql(archive, "SELECT status_id FROM post_metrics_snapshots WHERE snapshot_at = '2026-02-22T10:00:00Z'") == "p2"

    posts["p2"] = small.post("p2", last_seen_at="2026-02-22T12:00:00Z", views=1_000)
    news = imports_past(archive, snapshots, ["p1", "p3"], small.sqlite(xmonitor.folder / "4.db", tweets=list(posts.values())))
    assert (news["tables"][0]["unchanged"], news["tables"][0]["updated"]) == (2, 1)
    assert wrong_velocities(archive) == ""


def test_gaps_are_filled_from_what_it_brings(xmonitor, archive, snapshots, server):
    server.client.send("posts", [{
        "status_id": "p", "url": "https://x.example/p", "author_handle": "ada", "likes": 5, "discovered_at": "2026-02-22T00:00:00Z",
        "last_seen_at": "2026-02-22T20:00:00Z"}])
    tailer = Tailer(server.address)
    tailer.read_all()
    snapshots.imports(small.sqlite(xmonitor.folder / "x.db", tweets=[small.post("p")]))
    assert sql(archive, "SELECT views FROM post_metrics_snapshots WHERE observed = 1 ORDER BY snapshot_at DESC LIMIT 1") == "4"
    tailer.read_all()
    assert tailer.rows == archive_rows(archive)


@pytest.mark.parametrize("state", ["40P01", "40001", "55P03"])
def test_it_tries_again_when_others_stand_in_its_way(xmonitor, archive, snapshots, server, state):
    server.client.send("posts", [seen(0, 0)])
    failing(archive, "INSERT", "reports", state, times=2)
    path = small.all_tables(xmonitor.folder / "x.db")
    summary = snapshots.imports(path)
    assert failures(archive) == 3
    assert {table["target"]: table["inserted"] for table in summary["tables"]}["posts"] == 3
    assert snapshots.validates(path)["agrees"] is True


@pytest.mark.parametrize("seed", range(40 if FULL else 2))
def test_nothing_of_theirs_is_lost(xmonitor, archive, snapshots, server, seed):
    known = [f"p{number:03}" for number in range(300)]
    path = small.sqlite(
        xmonitor.folder / "x.db", tweets=[small.post(status_id) for status_id in known], watch_accounts=[small.account("ada")],
        reports=[small.report(status_id) for status_id in known[::3]],
        tweet_embeddings=[small.embedding(status_id) for status_id in known[::5]])
    # Rows before it, so that it cannot have the tables for itself.
    server.client.send("posts", [seen(0, 0)])
    writers = LiveWriters(server, known, ["ada", "bert"], seed=seed)
    with writers.writing():
        snapshots.imports(path, "--label", "x")
    writers.check()
    report = snapshots.validates(path)
    # A tier is what was said last, by the import or by a collector, and no observation.
    different = {difference["column"] for table in report["tables"] for difference in table["differences"]}
    assert different <= {"watch_tier", "tier", "note", "added_at"}, report
