"""Clients that say half of something: nobody else waits for them, and what they asked for is given up in time."""

import os

from raw import Raw
from support.full_run import FULL
from support.ingest_server import KEY
from support.load import batch


def test_nobody_waits_for_those_who_do_not_finish_their_heads(archive, serve):
    server = serve(archive)
    host = server.address.removeprefix("http://")

    def descriptors():
        return len(os.listdir(f"/proc/{server.process.pid}/fd"))

    # So that the connections to the database are there that will be needed.
    server.client.send("posts", batch("before"))
    assert server.client.get("/v1/feed").status == 200
    before = descriptors()
    slow = [Raw(host) for _ in range(900 if FULL else 200)]
    for place in range(3):
        for one in slow:
            one.send_bytes((b"GET /v1/feed HT", b"TP/1.1\r\nHost: a\r\n", b"X-Slow: ")[place])
        server.client.send("posts", batch(f"slow-{place}"))
        assert server.client.get("/v1/feed").status == 200
    for one in slow:
        one.socket.close()
    while descriptors() > before:
        assert server.client.get("/health/live").status == 200


def test_a_body_that_does_not_come_is_given_up(archive, serve):
    server = serve(archive, XMONITOR_REQUEST_TIMEOUT="1")
    with Raw(server.address.removeprefix("http://")) as raw:
        raw.send_bytes((
            f"POST /v1/ingest/posts/batch HTTP/1.1\r\nHost: a\r\nX-API-Key: {KEY}\r\nContent-Type: application/json\r\n"
            "Content-Length: 1000\r\n\r\n{\"items\": [").encode())
        answer = raw.answer()
        assert answer.code == 503 and b'"timeout"' in answer.body and answer.headers["retry-after"]
