"""Posts are erased for good: what goes is said first, all of it goes at once, and no batch brings any of it back."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from random_batches import moment as at
from support.ingest_server import Client
from support.psql import sql
from support.tailers import Tailer, archive_rows
from support.waiting import failing, failures, holding, until, until_done_or_held_up
from two_authors import embedding, filled, metrics, post, report

TABLES = ("posts", "post_metrics_snapshots", "earlier_texts", "reports", "embeddings")
SECRET = "what nobody may read again"


@pytest.fixture
def archive(xmonitor, another_archive):
    address = another_archive()
    xmonitor.environment["DATABASE_URL"] = address
    return address


@pytest.fixture
def server(serve, archive):
    return serve(archive)


def counts(address, *ids):
    named = ", ".join(f"'{status_id}'" for status_id in ids)
    return {table: int(sql(address, f"SELECT count(*) FROM {table} WHERE status_id IN ({named})")) for table in TABLES}


def said(xmonitor, *arguments):
    return json.loads(xmonitor("ops", "erase", *arguments, "--json"))


def erased(xmonitor, *arguments):
    return said(xmonitor, *arguments, "--confirm", str(said(xmonitor, *arguments)["total"]))


def everything(address):
    """All that the database holds, table by table, as text."""
    tables = sql(address, "SELECT string_agg(oid::REGCLASS::TEXT, ' ') FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::REGNAMESPACE")
    return {table: sql(address, f"SELECT t::TEXT FROM {table} AS t") for table in tables.split()}


def test_an_author_is_no_id(xmonitor, archive):
    assert "Did you mean --handle @ada?" in xmonitor.fails("ops", "erase", "@ada")


def test_a_post_that_was_erased_by_mistake_comes_in_again(xmonitor, server, archive):
    filled(server)
    assert xmonitor("ops", "erased") == "No post was erased.\n"
    erased(xmonitor, "1", "2")
    assert [entry["status_id"] for entry in json.loads(xmonitor("ops", "erased", "--json"))["erased"]] == ["1", "2"]
    text = xmonitor("ops", "readmit", "1", "404", code=1)
    assert text == "1 comes in again.\n404 was not erased.\n"
    assert [line.split()[0] for line in xmonitor("ops", "erased").splitlines()] == ["post", "2"]
    server.client.send("posts", [post("1", body_text="again"), post("2")])
    assert counts(archive, "1")["posts"] == 1 and counts(archive, "1")["reports"] == 0 and counts(archive, "2")["posts"] == 0
    actions = sql(archive, "SELECT action, subject FROM audit_events ORDER BY id").split("\n")
    assert actions == ["posts.erased|1, 2", "posts.readmitted|1"]


def test_it_says_what_would_go_and_erases_it_when_told_the_number(xmonitor, server, archive):
    filled(server)
    server.client.send("posts", [post("1", body_text=SECRET, last_seen_at=at(3))])
    server.client.send("posts", [post("1", body_text="harmless", last_seen_at=at(4))])
    server.client.send("reports", [report("1") | {"summary": SECRET}])
    tailer = Tailer(server.address)
    tailer.read_all()
    there, others = counts(archive, "1"), counts(archive, "2", "3")
    assert min(there.values()) > 0
    answer = said(xmonitor, "1")
    assert {table["table"]: table["rows"] for table in answer["tables"]} == there and not answer["erased"]
    total = sum(there.values())
    assert answer["total"] == total
    text = xmonitor("ops", "erase", "1")
    assert "Nothing was erased" in text and f"`xmonitor ops erase 1 --confirm {total}`" in text
    assert f"{total} rows of 1 now, not {total + 1}" in xmonitor.fails("ops", "erase", "1", "--confirm", str(total + 1))
    assert counts(archive, "1") == there and sql(archive, "SELECT count(*) FROM erased_posts") == "0"

    done = said(xmonitor, "1", "--confirm", str(total))
    assert (done["erased"], done["total"], done["kept_out"]) == (True, total, 1)
    assert sum(counts(archive, "1").values()) == 0 and counts(archive, "2", "3") == others
    assert [table for table, rows in everything(archive).items() if SECRET in rows or "harmless" in rows] == []
    tailer.read_all()
    assert tailer.rows == archive_rows(archive)
    gone = {key for key, item in tailer.items.items() if "deleted" in item}
    assert ("post", "1", None, None) in gone and ("report", "1", None, None) in gone and {key[1] for key in gone} == {"1"}
    assert server.client.get("/v1/posts/1").status == 404

    who = sql(archive, "SELECT principal FROM audit_events")
    assert sql(archive, "SELECT status_id, erased_by, erased_at > now() - INTERVAL '1 hour' FROM erased_posts") == f"1|{who}|t"
    action, subject, details = sql(archive, "SELECT action, subject, details FROM audit_events").split("|")
    assert (action, subject, json.loads(details)) == ("posts.erased", "1", there)


def test_no_batch_brings_it_back(xmonitor, server, archive):
    filled(server)
    erased(xmonitor, "1")
    batch = [post("1"), post("4"), post("1", likes=9, last_seen_at=at(9)), post("1", likes=-1)]
    answer = server.client.send("posts", batch, idempotency_key="k")
    assert answer["items"] == ["erased", "inserted", "erased", "rejected"] and answer["outcomes"]["erased"] == 2
    assert server.client.send("posts", batch, idempotency_key="k") == answer
    assert server.client.send("posts", batch, "?dry_run=true")["items"] == ["erased", "unchanged", "erased", "rejected"]
    receipt = server.client.get(f"/v1/ingest/batches/{answer['batch_id']}").json["counts"]
    assert (receipt["received"], receipt["erased"], receipt["rejected"], receipt["inserted"]) == (4, 2, 1, 1)
    for kind, items in (("metrics", [metrics("1"), metrics("3")]), ("reports", [report("1"), report("3")]), ("embeddings", [embedding("1"), embedding("3")])):
        assert server.client.send(kind, items)["items"] == ["erased", "unchanged"], kind
    assert sum(counts(archive, "1").values()) == 0


def test_posts_of_an_author_are_erased_and_later_ones_come_in(xmonitor, server, archive):
    filled(server)
    assert "--handle ada" in xmonitor("ops", "erase", "--handle", "@Ada")
    assert erased(xmonitor, "--handle", "@Ada")["kept_out"] == 2
    assert sql(archive, "SELECT string_agg(status_id, ' ' ORDER BY status_id) FROM erased_posts") == "1 2"
    assert server.client.send("posts", [post("1"), post("2"), post("9")])["items"] == ["erased", "erased", "inserted"]
    assert sql(archive, "SELECT subject FROM audit_events") == "ada"


def test_a_post_that_is_not_there_is_kept_out_too(xmonitor, server, archive):
    assert "keeps it out all the same" in xmonitor("ops", "erase", "77")
    assert erased(xmonitor, "77", "77") | {"tables": []} == {"erased": True, "tables": [], "total": 0, "kept_out": 1}
    assert erased(xmonitor, "77")["kept_out"] == 0
    assert server.client.send("posts", [post("77")])["items"] == ["erased"]
    assert "nothing of nobody" in xmonitor("ops", "erase", "--handle", "nobody")


@pytest.mark.parametrize("arguments", [(), ("1", "--handle", "ada"), ("--handle", "@"), ("",), ("1" * 1001,), ("1", "--confirm", "some")])
def test_what_it_does_not_understand_it_does_not_do(xmonitor, server, archive, arguments):
    filled(server)
    xmonitor.fails("ops", "erase", *arguments)
    assert sql(archive, "SELECT count(*) FROM posts") == "3"


def test_what_a_broken_import_has_staged_goes_too(xmonitor, archive):
    sql(archive, f"CREATE UNLOGGED TABLE incoming_posts AS SELECT '1' AS status_id, '{SECRET}' AS body_text; CREATE TABLE incoming_mail AS SELECT 1")
    sql(archive, "INSERT INTO import_stages (target, snapshot_hash, staged_rows, tally, reject_bytes) VALUES ('posts', 'x', 1, '{}', 0)")
    erased(xmonitor, "1")
    assert sql(archive, "SELECT to_regclass('incoming_posts'), to_regclass('incoming_mail'), count(*) FROM import_stages") == "|incoming_mail|0"


def test_a_batch_under_way_is_waited_for_and_erased_with_the_rest(xmonitor, server, archive):
    """The batch came first: it has looked for erased posts, and holds what it writes."""
    filled(server)
    total = said(xmonitor, "1")["total"]
    with ThreadPoolExecutor() as threads:
        with holding(archive, "SELECT FROM posts WHERE status_id = '1' FOR UPDATE"):
            writer = threads.submit(Client(server.address).send, "posts", [post("1", likes=9, last_seen_at=at(9))])
            until_done_or_held_up(archive, writer)
            erasure = threads.submit(xmonitor.start("ops", "erase", "1", "--confirm", str(total)).communicate)
            until_done_or_held_up(archive, writer, erasure)
        assert writer.result(60)["items"] == ["updated"]
        erasure.result(60)
    # It counts what the batch has added, and asks again.
    assert int(sql(archive, "SELECT count(*) FROM posts WHERE status_id = '1'")) == 1
    erased(xmonitor, "1")
    assert sum(counts(archive, "1").values()) == 0


@pytest.mark.parametrize("is_there", [True, False])
def test_a_batch_that_comes_meanwhile_waits_and_brings_nothing_back(xmonitor, server, archive, is_there):
    filled(server)
    status_id = "1" if is_there else "77"
    tailer = Tailer(server.address)
    total = said(xmonitor, status_id)["total"]
    with ThreadPoolExecutor() as threads:
        with holding(archive, "LOCK TABLE audit_events IN SHARE MODE"):
            erasure = threads.submit(xmonitor.start("ops", "erase", status_id, "--confirm", str(total)).communicate)
            until_done_or_held_up(archive, erasure)
            late = {"posts": post(status_id, likes=9, last_seen_at=at(9)), "metrics": metrics(status_id, 9), "reports": report(status_id)}
            writers = {kind: threads.submit(Client(server.address).send, kind, [item]) for kind, item in late.items()}
            until(lambda: int(sql(archive, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) == 1)
        erasure.result(60)
        answers = {kind: writer.result(60)["items"] for kind, writer in writers.items()}
    assert answers["posts"] == ["erased"]
    # They do not wait for the lock of batches of posts: the post is gone, or was not there yet.
    assert all(answers[kind] in (["erased"], ["rejected"]) for kind in ("metrics", "reports"))
    assert sum(counts(archive, status_id).values()) == 0
    tailer.read_all()
    assert tailer.rows == archive_rows(archive)


@pytest.mark.parametrize("state", ["40P01", "40001", "55P03"])
def test_it_tries_again_when_others_stand_in_its_way(xmonitor, server, archive, state):
    filled(server)
    failing(archive, "DELETE", "posts", state, times=3)
    erased(xmonitor, "1")
    assert failures(archive) == 4 and sum(counts(archive, "1").values()) == 0
    assert sql(archive, "SELECT count(*) FROM audit_events") == "1"
