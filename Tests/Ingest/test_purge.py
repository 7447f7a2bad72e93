"""An author is removed: what goes is said first, all of it goes at once, and collectors that write meanwhile lose nothing untold."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from random_batches import moment as at
from support.access import hold
from support.ingest_server import Client
from support.live_writers import LiveWriters, lost, moment
from support.psql import sql
from support.tailers import Tailer, archive_rows
from support.waiting import failing, failures, holding, until_done_or_held_up
from two_authors import embedding, filled, metrics, post, report

OPS = "a-key-of-an-operator"
PATH = "/v1/ops/purge-handle"
TABLES = ("posts", "post_metrics_snapshots", "earlier_texts", "reports", "embeddings")


@pytest.fixture
def archive(xmonitor, another_archive):
    address = another_archive()
    hold(address, OPS, "ops")
    xmonitor.environment["DATABASE_URL"] = address
    return address


@pytest.fixture
def server(serve, archive):
    return serve(archive)


@pytest.fixture
def operator(server):
    client = Client(server.address, OPS)

    def purge(handle, **members):
        answer = client.request("POST", PATH, json.dumps({"handle": handle} | members))
        return answer.status, answer.json

    yield purge
    client.close()


def rows(address, table, author):
    return int(sql(address, f"SELECT count(*) FROM {table} WHERE status_id IN (SELECT status_id FROM posts WHERE author_handle = '{author}')"))


def test_it_says_what_would_go_and_removes_it_when_told_the_number(server, operator, archive):
    filled(server)
    tailer = Tailer(server.address)
    tailer.read_all()
    status, said = operator(" @ADA ")
    assert (status, said["handle"], said["purged"]) == (200, "ada", False)
    there = {table: rows(archive, table, "ada") for table in TABLES}
    assert {table["table"]: table["rows"] for table in said["tables"]} == there and min(there.values()) > 0
    assert said["total"] == sum(there.values())
    before = {table: rows(archive, table, "bob") for table in TABLES}

    status, refused = operator("ada", confirm=said["total"] + 1)
    assert (status, refused["code"]) == (409, "count_differs") and str(said["total"]) in refused["detail"]
    assert {table: rows(archive, table, "ada") for table in TABLES} == there

    status, done = operator("ada", confirm=said["total"])
    assert (status, done["purged"], done["blocked"], done["total"]) == (200, True, False, said["total"])
    assert sql(archive, "SELECT string_agg(status_id, ' ') FROM posts") == "3"
    assert {table: rows(archive, table, "bob") for table in TABLES} == before
    tailer.read_all()
    assert tailer.rows == archive_rows(archive)
    gone = {key for key, item in tailer.items.items() if "deleted" in item}
    assert {key[1] for key in gone if key[0] == "post"} == {"1", "2"} and ("report", "2", None, None) in gone
    assert any(key[0] == "metrics" for key in gone)
    action, principal, subject, details = sql(archive, "SELECT action, principal, subject, details FROM audit_events").split("|")
    assert (action, principal, subject, json.loads(details)) == ("posts.purged", "ops (1)", "ada", there)


@pytest.mark.parametrize("body", ['{"handle":"@"}', '{"handle":5}', "{}", "[]", '{"handle":"a","confirm":"3"}', '{"handle":"a","confirm":-1}',
                                  '{"handle":"a","confirm":1.5}', '{"handle":"a","block":1}', '{"handle":"a","blocks":true}'])
def test_what_it_does_not_understand_it_does_not_do(server, archive, body):
    filled(server)
    answer = Client(server.address, OPS).request("POST", PATH, body)
    assert (answer.status, answer.json["code"]) == (400, "invalid_body")
    assert sql(archive, "SELECT count(*) FROM posts") == "3"


def test_a_key_that_writes_removes_nothing(server, archive):
    filled(server)
    for key, status in ((server.client.key, 403), ("nonsense", 401), (None, 401)):
        answer = Client(server.address, key).request("POST", PATH, '{"handle":"ada","confirm":9}')
        assert answer.status == status
    assert sql(archive, "SELECT count(*) FROM posts") == "3"


def test_a_blocked_author_stays_out(xmonitor, server, operator, archive):
    filled(server)
    _, said = operator("ada", block=True)
    assert not said["blocked"] and sql(archive, "SELECT count(*) FROM blocked_handles") == "0"
    assert operator("ada", confirm=said["total"], block=True)[1]["blocked"]
    batch = [post("1"), post("4", "bob"), post("9", "@Ada "), post("10", likes=-1)]
    answer = server.client.send("posts", batch, idempotency_key="k")
    assert answer["items"] == ["blocked", "inserted", "blocked", "rejected"] and answer["outcomes"]["blocked"] == 2
    assert server.client.send("posts", batch, idempotency_key="k") == answer
    assert server.client.send("posts", batch, "?dry_run=true")["items"] == ["blocked", "unchanged", "blocked", "rejected"]
    receipt = server.client.get(f"/v1/ingest/batches/{answer['batch_id']}").json["counts"]
    assert (receipt["received"], receipt["blocked"], receipt["rejected"], receipt["inserted"]) == (4, 2, 1, 1)
    for kind, item in (("metrics", metrics("1")), ("reports", report("1")), ("embeddings", embedding("1"))):
        assert [error["code"] for error in server.client.send(kind, [item])["errors"]] == ["unknown_post"]
    assert sql(archive, "SELECT string_agg(status_id, ' ' ORDER BY status_id) FROM posts") == "3 4"

    listed = json.loads(xmonitor("ops", "blocked", "--json"))["blocked"]
    assert [(entry["handle"], entry["blocked_by"]) for entry in listed] == [("ada", "ops (1)")]
    assert "come in again" in xmonitor("ops", "unblock", "@ADA")
    assert "not blocked" in xmonitor("ops", "unblock", "ada", code=1)
    assert server.client.send("posts", [post("1")])["items"] == ["inserted"]
    assert sql(archive, "SELECT string_agg(action, ' ' ORDER BY id) FROM audit_events") == "posts.purged handle.blocked handle.unblocked"


def test_the_command_does_the_same(xmonitor, server, archive):
    filled(server)
    assert "Nothing was removed" in xmonitor("ops", "purge-handle", "@Ada")
    assert "--confirm" in xmonitor("ops", "purge-handle", "@Ada", "--block") and "--block` removes them, and keeps later posts out" in xmonitor.stdout
    total = json.loads(xmonitor("ops", "purge-handle", "@Ada", "--json"))["total"]
    assert f"{total} rows of ada now, not {total + 1}" in xmonitor.fails("ops", "purge-handle", "ada", "--confirm", str(total + 1))
    assert sql(archive, "SELECT count(*) FROM posts") == "3"
    done = json.loads(xmonitor("ops", "purge-handle", "ada", "--confirm", str(total), "--block", "--json"))
    assert (done["purged"], done["blocked"], done["total"]) == (True, True, total)
    assert "nothing of ada" in xmonitor("ops", "purge-handle", "ada")
    assert "is no handle" in xmonitor.fails("ops", "purge-handle", "@")


def test_who_writes_meanwhile_waits_and_then_finds_the_post_gone(server, operator, archive):
    filled(server)
    tailer = Tailer(server.address)
    total = operator("ada")[1]["total"]
    late = {"reports": report("1"), "metrics": metrics("1", 9), "posts": post("2", likes=9, last_seen_at=at(9))}
    with ThreadPoolExecutor() as threads:
        with holding(archive, "SELECT FROM posts WHERE status_id = '2' FOR UPDATE"):
            purge = threads.submit(operator, "ada", confirm=total)
            until_done_or_held_up(archive, purge)
            writers = {kind: threads.submit(Client(server.address).send, kind, [item]) for kind, item in late.items() if kind != "posts"}
            until_done_or_held_up(archive, purge, *writers.values())
            writers["posts"] = threads.submit(Client(server.address).send, "posts", [late["posts"]])
        assert purge.result(60)[0] == 200
        answers = {kind: writer.result(60) for kind, writer in writers.items()}
    assert [error["code"] for kind in ("reports", "metrics") for error in answers[kind]["errors"]] == ["unknown_post"] * 2
    assert answers["posts"]["items"] in (["inserted"], ["updated"])
    tailer.read_all()
    assert tailer.rows == archive_rows(archive)


@pytest.mark.parametrize("state", ["40P01", "40001", "55P03"])
def test_the_command_tries_again_when_others_stand_in_its_way(xmonitor, server, archive, state):
    filled(server)
    failing(archive, "DELETE", "posts", state, times=3)
    total = json.loads(xmonitor("ops", "purge-handle", "ada", "--json"))["total"]
    xmonitor("ops", "purge-handle", "ada", "--confirm", str(total))
    assert failures(archive) == 4 and rows(archive, "posts", "ada") == 0
    assert sql(archive, "SELECT count(*) FROM audit_events") == "1"


@pytest.mark.parametrize("blocks", [False, True])
def test_beside_writers_nothing_of_others_is_lost_and_nothing_of_the_author_goes_untold(server, operator, archive, blocks):
    of_ada, of_bob = [f"a{number:02}" for number in range(60)], [f"b{number:02}" for number in range(60)]
    server.client.send("posts", [post(status_id) for status_id in of_ada] + [post(status_id, "bob") for status_id in of_bob])
    ada, bob = LiveWriters(server, of_ada, ["ada"], count=2), LiveWriters(server, of_bob, ["bob"], count=2, seed=2)
    # Each moment once, and new posts are named by it.
    bob.moments = map(moment, itertools.count(1_000_000))
    with ada.writing(), bob.writing():
        removed = 0
        while removed < 3:
            # Others write all the time, so the number may be another one by now.
            status, answer = operator("ada", confirm=operator("ada")[1]["total"], block=blocks)
            assert status in (200, 409, 503), answer
            removed += status == 200
    assert lost(archive, bob.acknowledged) == []
    for writers in (ada, bob):
        writers.tailer.read_all()
        assert writers.tailer.rows == archive_rows(archive)
    deleted = sql(archive, "SELECT count(*) FROM changes, unnest(status_ids) AS ids (status_id) WHERE kind = 'post' AND status_id LIKE 'a%'")
    assert int(deleted) >= len(of_ada)
    if blocks:
        assert rows(archive, "posts", "ada") == 0
    assert sql(archive, "SELECT count(*) FROM audit_events WHERE action = 'posts.purged'") == "3"
