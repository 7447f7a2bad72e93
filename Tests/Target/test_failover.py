"""The way to the database leads to a standby for a while: nothing is lost, reading goes on, and when it leads to the primary again, the
first batch is taken."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from support.ingest_server import Client
from support.message_proxy import PORT, MessageProxy
from support.standby import Standby

POST = {"status_id": "1", "url": "https://x.example/1", "author_handle": "ada", "body_text": "one", "discovered_at": "2026-02-01T00:00:00Z",
        "last_seen_at": "2026-02-01T00:00:00Z"}


@pytest.fixture(scope="module")
def standby(postgres):
    server = Standby(postgres)
    yield server
    server.stop()


@pytest.fixture
def way(postgres, standby, xmonitor):
    """A proxy that leads to the standby; both servers have the schema."""
    xmonitor.environment["DATABASE_URL"] = postgres.address()
    xmonitor("schema", "apply")
    standby.catch_up()
    proxy = MessageProxy(standby.socket)
    proxy.lead_to = lambda server: setattr(proxy, "upstream", f"{server.socket}/.s.PGSQL.{PORT}")
    yield proxy
    proxy.close()


def is_unavailable(answer):
    assert answer.status == 503 and int(answer.headers["retry-after"]) > 0, (answer.status, answer.bytes)
    assert answer.json["code"] == "unavailable", answer.bytes


# Whoever says that any session will do gets those of a standby, which the pool has to notice by itself.
@pytest.mark.parametrize("attributes", ["", "&target_session_attrs=any"])
def test_the_first_batch_is_taken_when_the_way_leads_to_the_primary_again(postgres, way, serve, attributes):
    server = serve(way.address("postgres") + attributes)
    client = server.client
    assert client.get("/v1/feed").status == 200 and client.get("/health/live").status == 200
    is_unavailable(client.get("/health/ready"))
    with ThreadPoolExecutor(6) as threads:
        for answer in threads.map(lambda number: Client(server.address).post("posts", [POST | {"status_id": f"a{number}"}]), range(12)):
            is_unavailable(answer)
    way.lead_to(postgres)
    assert client.send("posts", [POST])["received"] == 1
    assert client.get("/health/ready").status == 200
    assert client.get("/v1/changes").status == 200


def test_a_standby_is_served_and_told_of_but_not_written_to(standby, way, serve, xmonitor):
    server = serve(way.address("postgres"))
    assert server.client.get("/v1/feed").status == 200
    is_unavailable(server.client.get("/v1/changes"))
    server.logs("The server is a standby")
    xmonitor.environment["DATABASE_URL"] = standby.address()
    assert "Name the primary in DATABASE_URL" in xmonitor.fails("snapshot", "undo", "--label", "none")
