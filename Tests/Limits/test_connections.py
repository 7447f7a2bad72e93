"""Clients that hold connections and send next to nothing."""

import json

from callers import Caller, everything, slow_connection
from support.ingest_server import KEY
from support.waiting import until


def test_the_head_of_a_request_has_to_come_in_time(serve, archive):
    server = serve(archive, XMONITOR_HEADER_TIMEOUT="1")
    waiting = [slow_connection(server, "127.0.0.1", sent) for sent in (b"G", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")]
    idle = Caller(server)
    assert idle.get("/health/live").status == 200
    for connection in waiting:
        answer = everything(connection)
        assert answer.startswith(b"HTTP/1.1 408 ") and b'"code":"request_timeout"' in answer
    # Between two requests a connection may rest for longer.
    assert idle.get("/health/live").status == 200


def test_an_address_has_so_many_connections_and_the_others_are_served(serve, archive):
    server = serve(archive, XMONITOR_RATE_LIMITS="true", XMONITOR_CONNECTION_MAXIMUM_PER_ADDRESS="3")
    held = [Caller(server, "127.0.0.2") for _ in range(3)]
    assert [caller.get("/health/live").status for caller in held] == [200] * 3
    refused = Caller(server, "127.0.0.2").get("/health/live")
    assert refused.status == 503 and json.loads(refused.text)["code"] == "too_many_connections"
    assert "3 connections" in json.loads(refused.text)["detail"]
    assert Caller(server).get("/health/live").status == 200
    held.pop().close()
    until(lambda: Caller(server, "127.0.0.2").get("/health/live").status == 200)


def test_an_address_does_not_take_the_places_in_which_others_are_refused(serve, archive):
    server = serve(archive, XMONITOR_RATE_LIMITS="true", XMONITOR_CONNECTION_MAXIMUM_PER_ADDRESS="3")
    held = [Caller(server, "127.0.0.2") for _ in range(3)]
    assert [caller.get("/health/live").status for caller in held] == [200] * 3
    surplus = [slow_connection(server, "127.0.0.2", b"") for _ in range(60)]
    closed = set()

    def are_closed():
        for connection in set(surplus) - closed:
            connection.setblocking(False)
            try:
                if connection.recv(1) == b"":
                    closed.add(connection)
            except BlockingIOError:
                pass
            except ConnectionResetError:
                closed.add(connection)
        return len(closed) >= 44

    # At most 16 are kept to be told why; the others are closed at once.
    until(are_closed)
    assert Caller(server).get("/health/live").status == 200


def test_the_connections_of_a_proxy_are_those_of_many(serve, archive):
    server = serve(archive, XMONITOR_CONNECTION_MAXIMUM_PER_ADDRESS="2", XMONITOR_TRUSTED_PROXIES="127.0.0.2", XMONITOR_READ_ACCESS="public")
    callers = [Caller(server, "127.0.0.2") for _ in range(6)]
    assert [caller.get("/health/live").status for caller in callers] == [200] * 6


def test_slow_uploads_of_one_key_leave_room_for_those_of_others(serve, archive):
    server = serve(
        archive, XMONITOR_BATCH_MAXIMUM_BYTES="65536", XMONITOR_INGEST_KEYS="slow=a-key-of-a-slow-collector", XMONITOR_REQUEST_TIMEOUT="60")
    head = (b"POST /v1/ingest/posts/batch HTTP/1.1\r\nHost: a\r\nx-api-key: a-key-of-a-slow-collector\r\n"
            b"content-type: application/json\r\ncontent-length: 65536\r\nexpect: 100-continue\r\n\r\n")
    slow = [slow_connection(server, "127.0.0.1", head) for _ in range(6)]
    # Two of them are asked for their body, and hold half of the memory; the others waited in vain.
    assert sorted(connection.recv(12) for connection in slow) == [b"HTTP/1.1 100"] * 2 + [b"HTTP/1.1 503"] * 4
    body = json.dumps({"items": [{"status_id": "1"}] * 900})
    assert len(body) > 16_384
    caller = Caller(server, x_api_key=KEY)
    for _ in range(5):
        caller.connection.request("POST", "/v1/ingest/posts/batch", body, {"x-api-key": KEY, "content-type": "application/json"})
        assert caller.answer().status == 200
    for connection in slow:
        connection.close()
