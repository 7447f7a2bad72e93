"""An instance that stands still in the middle of a transaction holds up the others for a moment only."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.held import Held
from support.ingest_server import Client
from support.waiting import until_locked

POSTS = [{"status_id": str(number), "url": "https://x.example/1", "author_handle": "ada", "body_text": "one",
          "discovered_at": "2026-02-01T00:00:00Z", "last_seen_at": "2026-02-01T00:00:00Z", "likes": 1} for number in range(3)]
LATER = [post | {"last_seen_at": "2026-02-02T00:00:00Z", "likes": 2} for post in POSTS]


@pytest.fixture
def frozen(archive, serve):
    """An instance that was stopped while it held the posts, and what it was asked."""
    server = serve(archive, XMONITOR_STATEMENT_TIMEOUT="4")
    server.client.send("posts", POSTS)
    held = Held(archive, "SELECT FROM posts WHERE status_id = '2' FOR UPDATE")
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(lambda: Client(server.address).post("posts", LATER))
        try:
            until_locked(archive, 1)
            os.kill(server.process.pid, signal.SIGSTOP)
            held.let_go()
            yield server, asked
        finally:
            os.kill(server.process.pid, signal.SIGCONT)


def test_the_others_write_again_and_are_ready_all_the_while(archive, serve, frozen):
    server, asked = frozen
    # Two connections to write with, and more who want to write than that.
    other = serve(archive, XMONITOR_STATEMENT_TIMEOUT="60", XMONITOR_REQUEST_TIMEOUT="120", XMONITOR_POOL_SIZE="2")
    with ThreadPoolExecutor(2) as threads:
        writing = [threads.submit(lambda: Client(other.address).post("posts", LATER)) for _ in range(2)]
        until_locked(archive, 2)
        assert other.client.get("/health/ready").status == 200
        assert other.client.get("/v1/changes").status == 200
        # The server ends the session that stands still; nobody has to let it go on.
        assert [one.result().status for one in writing] == [200, 200]
    os.kill(server.process.pid, signal.SIGCONT)
    answer = asked.result()
    assert answer.status == 503 and answer.json["code"] == "unavailable" and int(answer.headers["retry-after"]) > 0, answer.bytes
    assert server.client.send("posts", LATER)["outcomes"]["unchanged"] == len(LATER)
