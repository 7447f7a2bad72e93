"""While an import is taken back collectors go on writing: nothing of theirs is lost, and whoever follows the archive is told the truth."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import small_snapshot as small
from support.full_run import FULL
from support.ingest_server import Client, IngestServer
from support.live_writers import COUNTERS, LiveWriters, lost, wrong_velocities
from support.psql import sql
from support.tailers import Tailer, archive_rows
from support.waiting import failing, failures, holding, until_done_or_held_up

POSTS = [f"p{number:02}" for number in range(20)]
AT = "2026-03-01T00:00:00Z"


@pytest.fixture
def server(xmonitor, archive):
    server = IngestServer(xmonitor, archive)
    yield server
    server.stop()


@pytest.fixture
def imported(xmonitor, archive, snapshots):
    snapshots.imports(small.sqlite(xmonitor.folder / "x.db", tweets=[small.post(status_id) for status_id in POSTS]), "--label", "x")


def report(status_id):
    return {"status_id": status_id, "reported_at": AT, "channel": "live"}


def embedding(status_id):
    return {"status_id": status_id, "backend": "b", "model": "m", "vector": [1], "text_hash": "h", "updated_at": AT}


def metrics(status_id):
    return {"status_id": status_id, "snapshot_type": "latest_observed", "snapshot_at": AT} | dict.fromkeys(COUNTERS, 7)


def post(status_id):
    return {"status_id": status_id, "url": "https://x.example/live", "author_handle": "ada", "discovered_at": AT, "last_seen_at": AT, "likes": 9}


def by_table(result, name):
    return {table["table"]: table[name] for table in result["tables"] if table[name]}


def test_what_is_acknowledged_while_it_waits_stays(archive, imported, snapshots, server):
    tailer = Tailer(server.address)
    tailer.read_all()
    sent = [("reports", [report(status_id) for status_id in POSTS[5:8]]), ("metrics", [metrics(status_id) for status_id in POSTS[8:11]]),
            ("embeddings", [embedding(status_id) for status_id in POSTS[11:13]]), ("posts", [post(POSTS[13]), post("new")])]
    with ThreadPoolExecutor() as threads:
        with holding(archive, f"SELECT FROM posts WHERE status_id = '{POSTS[0]}' FOR UPDATE"):
            undo = threads.submit(snapshots.undoes, "x")
            until_done_or_held_up(archive, undo)
            for kind, items in sent:
                answer = server.client.send(kind, items)
                assert answer["inserted"] + answer["updated"] == len(items), answer
        result = undo.result(60)
    acknowledged = [(kind, item) for kind, items in sent for item in items]
    assert lost(archive, acknowledged) == []
    stays = POSTS[5:14]
    assert sql(archive, "SELECT string_agg(status_id, ' ' ORDER BY status_id) FROM posts") == " ".join(["new"] + stays)
    assert by_table(result, "removed")["posts"] == len(POSTS) - len(stays)
    # The post and those with newer counters are no longer the import's alone; reports and vectors need theirs.
    assert by_table(result, "changed") == {"posts": 4} and by_table(result, "needed") == {"posts": 5}
    assert by_table(result, "kept") == {"posts": 9}
    tailer.read_all()
    assert tailer.rows == archive_rows(archive)
    assert wrong_velocities(archive) == ""


def test_what_comes_too_late_is_answered_unknown_post_or_brought_anew(archive, imported, snapshots, server):
    tailer = Tailer(server.address)
    tailer.read_all()
    late = {"reports": report(POSTS[1]), "embeddings": embedding(POSTS[2]), "metrics": metrics(POSTS[3]), "posts": post(POSTS[4])}
    with ThreadPoolExecutor() as threads:
        with holding(archive, f"SELECT FROM posts WHERE status_id = '{POSTS[-1]}' FOR UPDATE"):
            undo = threads.submit(snapshots.undoes, "x")
            until_done_or_held_up(archive, undo)
            writers = {kind: threads.submit(Client(server.address).send, kind, [item]) for kind, item in late.items()}
            until_done_or_held_up(archive, undo, *writers.values())
        result = undo.result(60)
        answers = {kind: writer.result(60) for kind, writer in writers.items()}
    assert by_table(result, "removed")["posts"] == len(POSTS) and by_table(result, "kept") == {}
    assert [error["code"] for kind in ("reports", "embeddings", "metrics") for error in answers[kind]["errors"]] == ["unknown_post"] * 3
    assert answers["posts"]["items"] == ["inserted"]
    assert sql(archive, "SELECT string_agg(status_id, ' ') FROM posts") == POSTS[4]
    tailer.read_all()
    assert tailer.rows == archive_rows(archive)
    assert wrong_velocities(archive) == ""


@pytest.mark.parametrize("state", ["40P01", "40001", "55P03"])
def test_it_tries_again_when_others_stand_in_its_way(archive, imported, snapshots, state):
    failing(archive, "DELETE", "posts", state, times=3)
    assert by_table(snapshots.undoes("x"), "removed")["posts"] == len(POSTS)
    assert failures(archive) == 4


def test_it_says_what_stays_and_why(xmonitor, archive, imported, server):
    server.client.send("reports", [report(POSTS[0])])
    server.client.send("posts", [post(POSTS[1]), post("mine") | {"last_seen_at": "2026-01-01T00:00:00Z"}])
    small.sqlite(xmonitor.folder / "y.db", tweets=[small.post("mine")])
    xmonitor("snapshot", "import", "y.db", "--label", "y")
    text = xmonitor("snapshot", "undo", "--label", "x")
    assert "changed since: 1 posts." in text and "refer to them: 1 posts." in text and "not restored" not in text
    text = xmonitor("snapshot", "undo", "--label", "y")
    assert "their earlier values are not restored: 1 posts" in text


@pytest.mark.parametrize("seed", range(40 if FULL else 2))
def test_nothing_of_theirs_is_lost(xmonitor, archive, snapshots, server, seed):
    """Writers of the very posts, without pause, before, during and after it."""
    known = [f"p{number:03}" for number in range(300)]
    tweets = [small.post(status_id, author_handle=f"author{number % 50}") for number, status_id in enumerate(known)]
    snapshots.imports(small.sqlite(
        xmonitor.folder / "x.db", tweets=tweets, watch_accounts=[small.account("author1"), small.account("ada")],
        reports=[small.report(status_id) for status_id in known[::3]],
        tweet_embeddings=[small.embedding(status_id) for status_id in known[::5]]), "--label", "x")
    # So that something is left that is the import's alone.
    writers = LiveWriters(server, known[::2], ["author0", "author1"], seed=seed)
    with writers.writing():
        result = snapshots.undoes("x")
    writers.check()
    own = sql(archive, "SELECT id FROM batches WHERE label = 'x'") or "0"
    assert by_table(result, "removed")["posts"] > 0
    assert sql(archive, f"SELECT count(*) FROM posts WHERE inserted_by = {own}") == str(by_table(result, "kept").get("posts", 0))
