"""Postgres dies at any statement, or does not come to an answer: a batch is whole or not there, and sent again it is there once."""

import itertools
import random
import socket
from concurrent.futures import ThreadPoolExecutor, TimeoutError

import pytest

import random_batches
from archive_state import TABLES, contents, empty
from support.full_run import FULL
from support.held import Held
from support.ingest_server import Client
from support.message_proxy import PORT, MessageProxy
from support.private_postgres import PrivatePostgres
from support.psql import sql
from support.waiting import until

KNOWN = random_batches.ids(6)
POSTS = [random_batches.post(random.Random(number), status_id, carried=1, cleared=0) for number, status_id in enumerate(KNOWN)]
BATCHES = {kind: random_batches.batch(random.Random(5), kind, KNOWN, 8)[1] for kind in ("posts", "metrics", "reports")}


@pytest.fixture(scope="module")
def postgres():
    server = PrivatePostgres()
    server.sql("CREATE DATABASE archive")
    yield server
    server.stop()


def kill(postgres):
    """Returns when nobody listens any more."""
    postgres.kill(with_backends=True)

    def is_gone():
        with socket.socket(socket.AF_UNIX) as knocking:
            return knocking.connect_ex(f"{postgres.socket}/.s.PGSQL.{PORT}") != 0

    until(is_gone)


@pytest.fixture
def behind_a_proxy(postgres, xmonitor, serve):
    """A server that reaches Postgres through the proxy only."""
    xmonitor.environment["DATABASE_URL"] = postgres.address("archive")
    xmonitor("schema", "apply")
    proxy = MessageProxy(postgres.socket, lambda: kill(postgres))

    def start(**settings):
        empty(postgres.address("archive"))
        return serve(proxy.address("archive"), **settings), proxy

    yield start
    proxy.close()


def is_unavailable(answer, codes=("unavailable",)):
    assert answer.status == 503, (answer.status, answer.bytes)
    assert answer.headers["content-type"] == "application/problem+json" and answer.json["code"] in codes, answer.bytes
    assert int(answer.headers["retry-after"]) > 0 and "as a whole or not at all" in answer.json["detail"]
    return True


def until_taken(client, kind, items, key, codes=("unavailable",)):
    """As a collector does, with shorter pauses."""
    def is_taken():
        answer = client.post(kind, items, Idempotency_Key=key)
        return answer.json if answer.status == 200 else not is_unavailable(answer, codes)

    return until(is_taken)


@pytest.mark.parametrize("kind", list(BATCHES))
def test_postgres_is_killed_at_every_statement(postgres, behind_a_proxy, kind):
    (server, proxy), direct = behind_a_proxy(), postgres.address("archive")
    client, items = server.client, BATCHES[kind]

    def prepare(key):
        empty(direct)
        until_taken(client, "posts", POSTS, f"before {key}".replace(" ", "-"))

    prepare("undisturbed")
    proxy.arm()
    undisturbed = client.send(kind, items, Idempotency_Key="undisturbed")
    statements, expected = proxy.requests, contents(direct)
    assert statements >= 7 and undisturbed["updated"] + undisturbed["inserted"]

    every = [(number, when) for when in ("before", "after") for number in range(1, statements + 1)]
    few = [*random.Random(kind).sample(every[:-1], 2), every[-1]]
    for number, when in every if FULL else few:
        key = f"{when}-{number}"
        proxy.arm()
        prepare(key)
        proxy.arm(number, when)
        is_unavailable(client.post(kind, items, Idempotency_Key=key))
        assert proxy.struck.wait(60)
        proxy.arm()
        postgres.recover()
        # All of it or nothing, and all of it only when Postgres had been told to commit.
        is_there = sql(direct, f"SELECT count(*) FROM batches WHERE idempotency_key = '{key}'") == "1"
        assert is_there == ((number, when) == (statements, "after"))
        assert (contents(direct) == expected) == is_there
        answer = until_taken(client, kind, items, key)
        assert answer | {"batch_id": None} == undisturbed | {"batch_id": None}
        assert contents(direct) == expected, key
        assert sql(direct, f"SELECT count(*) FROM batches WHERE idempotency_key = '{key}'") == "1"
    proxy.arm()
    # One more than there are: the batch passes undisturbed.
    prepare("last")
    proxy.arm(statements + 1)
    assert client.send(kind, items, Idempotency_Key="last") | {"batch_id": None} == undisturbed | {"batch_id": None}
    assert not proxy.struck.is_set()


def test_a_dead_postgres_is_told_and_nothing_is_lost(postgres, behind_a_proxy):
    server, _ = behind_a_proxy()
    client, direct = server.client, postgres.address("archive")
    client.send("posts", POSTS)
    before = contents(direct)
    kill(postgres)
    for kind, items in BATCHES.items():
        is_unavailable(client.post(kind, items, Idempotency_Key=kind))
    assert client.get("/v1/health").status == 503
    postgres.recover()
    assert contents(direct) == before
    for kind, items in BATCHES.items():
        until_taken(client, kind, items, kind)
    assert sql(direct, "SELECT count(*) FROM batches WHERE idempotency_key IS NOT NULL") == "3"


LOCKS = [*(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE" for name in ("posts", "post_metrics_snapshots", "batches")),
         "SELECT FROM posts FOR UPDATE"]
LIMITS = {"XMONITOR_STATEMENT_TIMEOUT": "unavailable", "XMONITOR_REQUEST_TIMEOUT": "timeout"}
# Each lock and each limit once, or all pairs.
FEW = [(lock, list(LIMITS)["FOR UPDATE" in lock]) for lock in LOCKS]


@pytest.mark.parametrize("lock, limit", list(itertools.product(LOCKS, LIMITS)) if FULL else FEW)
def test_a_lock_that_is_not_got_in_time_is_told_and_nothing_is_applied(serve, another_archive, lock, limit):
    server, code = serve(another_archive(), **{limit: "1"}), LIMITS[limit]
    client = server.client
    client.send("posts", POSTS)
    before = contents(server.database, (*TABLES[:5], "embeddings"))
    held = Held(server.database, lock)
    is_unavailable(client.post("posts", BATCHES["posts"], Idempotency_Key="held"), (code,))
    held.let_go()
    assert contents(server.database, (*TABLES[:5], "embeddings")) == before
    assert sql(server.database, "SELECT count(*) FROM batches WHERE idempotency_key IS NOT NULL") == "0"
    answer = until_taken(client, "posts", BATCHES["posts"], "held")
    assert answer["updated"]
    # Twice held up, and still one receipt.
    assert sql(server.database, "SELECT count(*) FROM batches WHERE idempotency_key = 'held'") == "1"


def test_readers_are_told_of_a_lock_and_served_when_it_is_gone(serve, another_archive):
    server = serve(another_archive(), XMONITOR_STATEMENT_TIMEOUT="1")
    server.client.send("posts", POSTS)
    paths = ["/v1/feed", "/v1/feed?q=text", "/v1/facets", f"/v1/posts/{KNOWN[0]}", "/v1/stats/summary", "/v1/feed.csv"]
    held = Held(server.database, LOCKS[0])
    with ThreadPoolExecutor() as readers:
        for answer in readers.map(lambda path: server.client.get(path), paths):
            assert (answer.status, answer.json["code"]) == (503, "unavailable") and answer.headers["retry-after"], answer.bytes
        assert server.client.get("/health/live").status == 200
        held.let_go()
        assert [answer.status for answer in readers.map(lambda path: server.client.get(path), paths)] == [200] * len(paths)


def test_a_commit_that_outlasts_the_time_of_its_request_is_no_failure(postgres, behind_a_proxy):
    """503 would ask for what is done."""
    server, proxy = behind_a_proxy(XMONITOR_REQUEST_TIMEOUT="1")
    client, direct = server.client, postgres.address("archive")
    client.send("posts", POSTS)
    proxy.arm()
    client.send("posts", BATCHES["posts"], Idempotency_Key="first")
    commit = proxy.requests
    empty(direct)
    client.send("posts", POSTS)
    proxy.arm(commit, "waiting")
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(lambda: Client(server.address).post("posts", BATCHES["posts"], Idempotency_Key="slow"))
        assert proxy.struck.wait(60)
        assert sql(direct, "SELECT count(*) FROM batches WHERE idempotency_key = 'slow'") == "1"
        # The time of the request is over while nobody has heard of the commit.
        with pytest.raises(TimeoutError):
            asked.result(timeout=3)
        proxy.release.set()
        answer = asked.result(timeout=60)
    assert answer.status == 200, answer.bytes
    assert until_taken(client, "posts", BATCHES["posts"], "slow") == answer.json
