"""The server is told to end while collectors send: what was answered is there, and nothing is there by half."""

import http.client
import json
import signal
import threading

import pytest

import random_batches
from archive_state import contents
from support.full_run import FULL
from support.ingest_server import Client
from support.psql import sql

WRITERS, SIZE = 8, 40


def batch(writer, number):
    items = []
    for place in range(SIZE):
        status_id = f"{writer}-{number}-{place}"
        items.append({
            "status_id": status_id, "url": f"https://x.com/ada/status/{status_id}", "author_handle": "ada", "likes": place,
            "discovered_at": random_batches.moment(1), "last_seen_at": random_batches.moment(2), "body_text": "under way " * 20})
    return items


@pytest.mark.parametrize("answered", [1, 9, 30] if FULL else [1, 9])
def test_every_request_in_flight_is_whole(serve, another_archive, answered):
    server = serve(another_archive(), XMONITOR_POOL_SIZE="3")
    taken, lost, later, wrong, enough = [], [], [], [], threading.Event()

    def write(writer):
        client, number = Client(server.address), 0
        while True:
            name = f"{writer}-{number}"
            try:
                answer = client.post("posts", batch(writer, number), Idempotency_Key=name)
            except ConnectionRefusedError:
                later.append(name)
                return
            except (ConnectionError, http.client.HTTPException):
                lost.append(name)
                # The next one finds nobody.
                client.close()
            else:
                (taken if answer.status == 200 else wrong).append((name, answer))
                if len(taken) >= answered:
                    enough.set()
            number += 1

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in writers:
        thread.start()
    assert enough.wait(120)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=60) == 0
    for thread in writers:
        thread.join(timeout=60)
        assert not thread.is_alive()
    for name, answer in wrong:
        assert (answer.status, answer.json["code"]) == (503, "unavailable") and answer.headers["retry-after"], (name, answer)

    found = json.loads(sql(server.database, """
        SELECT coalesce(json_object_agg(batch, posts), '{}')
        FROM (SELECT regexp_replace(status_id, '-[0-9]+$', '') AS batch, count(*) AS posts FROM posts GROUP BY 1) AS b"""))
    assert set(found.values()) <= {SIZE}, "half a batch"
    assert set(found) == {name for name, _ in taken}, f"{len(lost)} lost, {len(wrong)} refused"
    assert all(answer.json["inserted"] == SIZE for _, answer in taken)
    assert len(later) == WRITERS
    assert int(sql(server.database, "SELECT count(*) FROM batches")) == len(found)
    contents(server.database)
