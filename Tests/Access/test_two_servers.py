"""Two servers on one database: a key that is made or revoked is so on both within a minute, for what is open already too."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.event_stream import EventStream
from support.ingest_server import Client
from support.psql import sql
from support.waiting import until

POST = {"status_id": "1", "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": "2026-02-22T09:30:00Z",
        "last_seen_at": "2026-02-22T09:30:00Z"}
# What a revocation may take to be in force everywhere.
MINUTE = 60


@pytest.fixture
def servers(serve, archive):
    return [serve(archive, XMONITOR_READ_ACCESS="keys") for _ in range(2)]


def create(xmonitor, *arguments, scopes="read"):
    return xmonitor("keys", "create", "--name", "reader", "--scopes", scopes, *arguments).strip()


def status(server, key, path="/v1/feed"):
    client = Client(server.address, key=key)
    try:
        return client.get(path).status
    finally:
        client.close()


def until_all_answer(servers, key, expected, path="/v1/feed"):
    until(lambda: all(status(server, key, path) == expected for server in servers), patience=MINUTE, pause=0.2)


def test_a_key_is_good_on_both_and_revoked_on_both_with_what_it_has_open(xmonitor, archive, servers):
    assert [status(server, None) for server in servers] == [401, 401]
    key = create(xmonitor)
    until_all_answer(servers, key, 200)
    streams = [EventStream(server.address, "?after=now", headers={"Authorization": f"Bearer {key}"}) for server in servers]
    xmonitor("keys", "revoke", key[:8])
    until_all_answer(servers, key, 401)
    # Nothing of what is written from now on reaches the holder of the key.
    servers[0].client.send("posts", [POST])
    assert [stream.event() for stream in streams] == [None, None]
    assert all(stream.is_whole for stream in streams)
    for stream in streams:
        stream.close()
    for server in servers:
        server.logs("key_revoked", "access_ended")


def test_a_key_is_good_as_soon_as_it_is_made(xmonitor, archive, servers):
    assert [status(server, "xmk_wrong") for server in servers] == [401, 401]
    key = create(xmonitor)
    assert [status(server, key) for server in servers] == [200, 200]
    writer = create(xmonitor, scopes="ingest")
    assert [status(server, writer, "/v1/ingest/batches/1") for server in servers] == [404, 404]


def test_who_waits_for_a_change_is_sent_away_when_its_key_ends(xmonitor, archive, servers):
    key = create(xmonitor)
    until_all_answer(servers, key, 200)
    client = Client(servers[0].address, key=key)
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(client.get, f"/v1/changes?after={client.get('/v1/changes').json['next']}&wait=30")
        xmonitor("keys", "revoke", "1")
        until_all_answer(servers, key, 401)
        servers[0].client.send("posts", [POST])
        assert waiting.result().status == 401
    client.close()


def test_after_a_rotation_both_keys_are_good_until_the_old_one_is_ended(xmonitor, archive, servers):
    old = create(xmonitor, scopes="ingest")
    until_all_answer(servers, old, 404, "/v1/ingest/batches/1")
    new = xmonitor("keys", "rotate", "1", "--overlap", "1h").strip()
    until_all_answer(servers, new, 404, "/v1/ingest/batches/1")
    assert [status(server, old, "/v1/ingest/batches/1") for server in servers] == [404, 404]
    # Receipts tell the two apart by nothing but the time: they have one name.
    xmonitor("keys", "revoke", "1")
    until_all_answer(servers, old, 401, "/v1/ingest/batches/1")
    assert [status(server, new, "/v1/ingest/batches/1") for server in servers] == [404, 404]


def test_when_a_key_was_used_is_written_down_when_the_server_ends(xmonitor, archive, servers):
    key, unused = create(xmonitor), create(xmonitor)
    until_all_answer(servers, key, 200)
    assert unused != key
    for server in servers:
        server.stop()
    first, second = json.loads(xmonitor("keys", "list", "--json"))["keys"]
    assert first["last_used_at"].endswith(":00.000000Z") and second["last_used_at"] is None
    # It is no change of access: no server has to read the keys for it.
    assert sql(archive, "SELECT revision FROM access_revision") == "3"


def test_a_feed_token_of_the_operator_opens_its_view_by_its_address_alone(xmonitor, archive, servers):
    token = create(xmonitor, "--view", "handle=ada", scopes="feed")
    servers[0].client.send("posts", [POST, POST | {"status_id": "2", "author_handle": "bob"}])
    until_all_answer(servers, None, 200, f"/v1/feed.json?token={token}")
    client = Client(servers[0].address, key=None)
    answer = client.get(f"/v1/feed.json?token={token}")
    assert [item["id"] for item in answer.json["items"]] == ["tag:xmonitor,2026:posts/1"]
    assert answer.headers["cache-control"] == "private, no-cache"
    assert client.get(f"/v1/feed?token={token}").status == 401
    xmonitor("keys", "revoke", token[:8])
    until_all_answer(servers, None, 401, f"/v1/feed.json?token={token}")
    client.close()
    assert not any(token[8:] in server.log.read_text() for server in servers)
