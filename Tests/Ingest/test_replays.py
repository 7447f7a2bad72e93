"""What was sent before changes nothing, and is answered as what it is."""

import json
import random
import threading

import pytest

import random_batches
from archive_state import COMPARED, TABLES, contents, versions
from support.full_run import FULL
from support.psql import sql

AT = random_batches.moment
POST = {"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "discovered_at": AT(2), "last_seen_at": AT(4),
        "body_text": "one", "likes": 3}
METRICS = {"status_id": "7", "snapshot_type": "latest_observed", "snapshot_at": AT(6), "likes": 4, "reposts": 0, "replies": 0,
           "views": 9}
REPORT = {"status_id": "7", "reported_at": AT(5), "channel": "team"}
RUN = {"run_at": AT(5), "mode": "priority", "fetched_count": 40}
ACCOUNT = {"handle": "ada", "tier": "influencer", "note": "first", "added_at": AT(1)}
VECTOR = {"status_id": "7", "backend": "local", "model": "m", "vector": [0.5, 1e-7], "text_hash": "h",
          "created_at": AT(1), "updated_at": AT(5)}
ONE_OF_EACH = [("posts", [POST]), ("metrics", [METRICS]), ("reports", [REPORT]), ("runs", RUN), ("watch_accounts", [ACCOUNT]),
               ("embeddings", [VECTOR])]
# A batch leaves its receipt, whatever it wrote.
WRITTEN = tuple(table for table in TABLES if table != "batches")


def older(kind, item):
    """The same item, observed earlier and different in everything else."""
    if kind == "posts":
        return item | {"last_seen_at": AT(3), "body_text": "zzz", "likes": 99}
    if kind == "reports":
        return item | {"reported_at": AT(4), "channel": "zzz"}
    return item | {"updated_at": AT(4), "model": "zzz"}


@pytest.mark.parametrize("kind, items", ONE_OF_EACH, ids=[kind for kind, _ in ONE_OF_EACH])
def test_a_replay_writes_nothing(server, client, kind, items):
    for before, sent in ONE_OF_EACH:
        assert client.send(before, sent)["inserted"] == 1
    written = versions(server.database, WRITTEN)
    assert client.send(kind, items)["items"] == ["unchanged"]
    if kind != "runs":
        assert client.send(kind, items * 5)["items"] == ["unchanged"] * 5
    assert versions(server.database, WRITTEN) == written


@pytest.mark.parametrize("kind", ["reports", "embeddings"])
def test_what_is_older_than_what_is_known_is_stale(server, client, kind):
    for before, sent in ONE_OF_EACH:
        client.send(before, sent)
    written = versions(server.database, WRITTEN)
    assert client.send(kind, [older(kind, dict(ONE_OF_EACH)[kind][0])])["items"] == ["stale"]
    assert versions(server.database, WRITTEN) == written


def test_an_older_post_is_stale_once_its_history_is_known(server, client):
    client.send("posts", [POST])
    velocity = dict.fromkeys(("views_velocity", "likes_velocity"))
    shown = contents(server.database)["posts"]
    # Its counters are news for the history, and so for the velocity; for nothing else.
    assert client.send("posts", [older("posts", POST)])["items"] == ["updated"]
    assert [post | velocity for post in contents(server.database)["posts"]] == shown
    written = versions(server.database, WRITTEN)
    assert client.send("posts", [older("posts", POST)])["items"] == ["stale"]
    assert versions(server.database, WRITTEN) == written


def test_replays_of_random_batches_write_nothing(server, client):
    for seed in range(300 if FULL else 12):
        chance = random.Random(seed)
        known = [f"{seed}-{name}" for name in random_batches.ids(3)]
        batches = [random_batches.batch(chance, "posts", known, 8)]
        client.send("posts", [random_batches.post(chance, status_id) for status_id in known])
        batches += [random_batches.batch(chance, kind, known, 8) for kind in ("metrics", "reports", "posts", "metrics")]
        for kind, items in batches:
            client.send(kind, items)
        written = versions(server.database, COMPARED)
        for kind, items in random.Random(seed).sample(batches, len(batches)):
            answer = client.send(kind, items)
            assert answer["inserted"] == answer["updated"] == answer["outcomes"]["rejected"] == 0, (seed, kind, answer)
            assert set(answer["items"]) <= {"unchanged", "stale"}
        assert versions(server.database, COMPARED) == written, seed


def test_a_dry_run_answers_what_the_real_call_then_answers(server, client):
    known = random_batches.ids(3)
    for seed in range(300 if FULL else 15):
        chance = random.Random(50 + seed)
        kind, items = random_batches.batch(chance, chance.choice(("posts", "metrics", "reports")), known, 6)
        items += [{"status_id": "nobody"}, 17, {"unheard": 1}]
        before = versions(server.database)
        rehearsed = client.send(kind, items, "?dry_run=true")
        assert versions(server.database) == before
        assert rehearsed.pop("batch_id") is None
        real = client.send(kind, items)
        assert isinstance(real.pop("batch_id"), int)
        assert rehearsed == real, (seed, kind, items)


@pytest.mark.parametrize("kind, items", ONE_OF_EACH, ids=[kind for kind, _ in ONE_OF_EACH])
def test_a_dry_run_of_every_operation(server, client, kind, items):
    for before, sent in ONE_OF_EACH:
        if before == kind:
            break
        client.send(before, sent)
    before = versions(server.database)
    rehearsed = client.send(kind, items, "?dry_run=true")
    assert versions(server.database) == before
    real = client.send(kind, items)
    assert rehearsed == real | {"batch_id": None}
    assert real["items"] == ["inserted"]


def test_the_same_key_is_answered_as_the_first_time_whatever_happened_since(server, client):
    items = [POST, POST | {"status_id": "8", "likes": -1}, {"status_id": "9"}, POST | {"surprise": 1}]
    first = client.send("posts", items, Idempotency_Key="once")
    client.send("posts", [POST | {"last_seen_at": AT(9), "body_text": "later", "likes": 30}])
    written = versions(server.database)
    assert client.send("posts", items, Idempotency_Key="once") == first
    assert versions(server.database) == written
    # Metrics that came before their post stay rejected under their key; a new key tries again.
    early = [METRICS | {"status_id": "10"}]
    rejected = client.send("metrics", early, Idempotency_Key="early")
    assert rejected["items"] == ["rejected"]
    client.send("posts", [POST | {"status_id": "10"}])
    assert client.send("metrics", early, Idempotency_Key="early") == rejected
    assert client.send("metrics", early, Idempotency_Key="late")["items"] == ["inserted"]


def test_a_dry_run_uses_no_key_up(client):
    rehearsed = client.send("posts", [POST], "?dry_run=true", Idempotency_Key="k")
    assert client.send("posts", [POST], Idempotency_Key="k") | {"batch_id": None} == rehearsed
    # It asks what would happen now, and not what was answered then.
    assert client.send("posts", [POST], "?dry_run=true", Idempotency_Key="k")["items"] == ["unchanged"]


@pytest.mark.parametrize("kind, items", ONE_OF_EACH, ids=[kind for kind, _ in ONE_OF_EACH])
def test_each_operation_remembers_its_key(server, client, kind, items):
    for before, sent in ONE_OF_EACH:
        if before == kind:
            break
        client.send(before, sent)
    first = client.send(kind, items, Idempotency_Key="k")
    written = versions(server.database)
    assert client.send(kind, items, Idempotency_Key="k") == first
    assert client.post(kind, items, "?dry_run=false", Idempotency_Key="k").status == 422
    assert versions(server.database) == written


def test_another_body_under_a_known_key_is_refused_whole(server, client):
    client.send("posts", [POST], Idempotency_Key="once")
    written = versions(server.database)
    for kind, items in (("posts", [POST | {"likes": 5}]), ("metrics", [METRICS]), ("runs", RUN)):
        refused = client.post(kind, items, Idempotency_Key="once")
        assert (refused.status, refused.json["code"]) == (422, "idempotency_key_reused")
    assert versions(server.database) == written


def test_keys_of_two_collectors_do_not_meet(serve, archive):
    server = serve(archive, XMONITOR_INGEST_KEYS="laptop=one-secret,server=another-secret")
    client = server.client
    answers = {}
    for name, secret in (("laptop", "one-secret"), ("server", "another-secret")):
        answers[name] = client.send("posts", [POST | {"body_text": name}], Idempotency_Key="mine", x_api_key=secret)
        receipt = client.get(f"/v1/ingest/batches/{answers[name]['batch_id']}").json
        assert (receipt["ingest_key"], receipt["idempotency_key"]) == (name, "mine")
    assert answers["laptop"]["batch_id"] != answers["server"]["batch_id"]
    assert client.post("posts", [POST], x_api_key="a-third-secret").status == 401


@pytest.mark.parametrize("key", ["", "two words", "ä", "k" * 256, "tab\there", "\x7f"])
def test_a_key_of_another_form_is_refused(server, client, key):
    refused = client.post("posts", [POST], Idempotency_Key=key.encode())
    assert refused.status == 400
    assert refused.json["code"] in ("invalid_header", "malformed_request")
    assert sql(server.database, "SELECT count(*) FROM posts") == "0"


@pytest.mark.parametrize("key", ["k" * 255, "!", "~", "a/b:c=d,e;f"])
def test_a_key_of_the_right_form_is_taken(client, key):
    assert client.send("posts", [POST], Idempotency_Key=key) == client.send("posts", [POST], Idempotency_Key=key)


def test_twins_write_once_and_get_the_same_answer(server):
    for attempt in range(100 if FULL else 5):
        answers, start = [], threading.Barrier(8)
        items = [POST | {"status_id": f"{attempt}-{number}"} for number in range(20)]

        def send(items=items, answers=answers, start=start, attempt=attempt):
            start.wait()
            answers.append(server.client.send("posts", items, Idempotency_Key=f"twins-{attempt}"))
            server.client.close()

        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == 8 and all(answer == answers[0] for answer in answers)
        assert answers[0]["inserted"] == 20
    assert sql(server.database, "SELECT count(*), count(DISTINCT idempotency_key) FROM batches") == f"{attempt + 1}|{attempt + 1}"


def test_receipts_say_what_the_answers_said(server, client):
    for kind, items in ONE_OF_EACH + [("posts", [POST, {"status_id": ""}, older("posts", POST)])]:
        answer = client.send(kind, items, User_Agent="a collector/1.0")
        receipt = client.get(f"/v1/ingest/batches/{answer['batch_id']}").json
        assert receipt["counts"] == answer["outcomes"] | {"received": answer["received"]}
        assert (receipt["kind"], receipt["batch_id"], receipt["source"]) == (kind, answer["batch_id"], "a collector/1.0")
        assert receipt["idempotency_key"] is None and receipt["label"] is None
    for unknown in ("999999", "0", "-1", "x", "1e0", "99999999999999999999"):
        assert client.get(f"/v1/ingest/batches/{unknown}").status == 404
    assert client.request("GET", "/v1/ingest/batches/1", x_api_key=None).status == 401


def test_an_empty_batch_is_a_batch(client):
    answer = client.send("posts", [])
    assert client.get(f"/v1/ingest/batches/{answer['batch_id']}").json["counts"]["received"] == 0


def test_a_refused_batch_leaves_no_receipt(server, client):
    for body in (b"{", b"[]", b'{"items": {}}', b'{"items": [], "items": []}'):
        assert client.post("posts", body).status == 400
    assert sql(server.database, "SELECT count(*) FROM batches") == "0"


def test_what_a_batch_says_is_what_the_archive_holds(server, client):
    """No answer of inserted without its row, no row without its answer."""
    items = [POST | {"status_id": str(number), "likes": number - 2} for number in range(40)]
    answer = client.send("posts", items)
    accepted = {item["status_id"] for item, name in zip(items, answer["items"]) if name == "inserted"}
    assert set(json.loads(sql(server.database, "SELECT json_agg(status_id) FROM posts"))) == accepted
    assert [error["index"] for error in answer["errors"]] == [0, 1]
    assert all(error["code"] == "invalid_value" and error["field"] == "likes" for error in answer["errors"])
