"""The stream of changes, and waiting for them: with real clients that come back, go away, or take nothing."""

import http.client
import json
import re
import signal
import socket
import threading
import time

import pytest

from random_batches import moment as at
from support.event_stream import EventStream
from support.full_run import FULL
from support.ingest_server import Client
from support.private_postgres import PrivatePostgres
from support.psql import sql
from support.waiting import until


def post(status_id, **fields):
    return {"status_id": status_id, "url": f"https://x.com/ada/status/{status_id}", "author_handle": "ada", "discovered_at": at(1),
            "last_seen_at": at(2), "body_text": "two\nlines: \"ä\""} | fields


@pytest.fixture
def archive_server(serve, another_archive):
    return serve(another_archive(), XMONITOR_STREAM_MAXIMUM="5")


def await_poll(server):
    """Returns when somebody waits: the archive is asked again and again where the changes end."""
    asked = set()

    def is_asked_again():
        asked.add(sql(server.database, """
            SELECT max(query_start) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%ORDER BY position DESC%'
            AND pid <> pg_backend_pid()"""))
        return len(asked) > 3

    until(is_asked_again)


def test_the_events_are_the_changes_and_every_id_leads_on(archive_server):
    start = archive_server.client.get("/v1/changes?after=now").json["next"]
    archive_server.client.send("posts", [post(str(number), likes=number) for number in range(3)])
    archive_server.client.send("reports", [{"status_id": "1", "reported_at": at(3)}])
    items = archive_server.client.get(f"/v1/changes?after={start}").json["items"]
    assert len(items) == 3 + 3 + 2
    with EventStream(archive_server.address) as stream:
        # A first read tells each row once, so the post that was reported is not told again.
        told = [stream.event()[1] for _ in range(3 + 3 + 1)]
        assert set(told) == {json.dumps(item, separators=(",", ":"), ensure_ascii=False) for item in items}
    with EventStream(archive_server.address, f"?after={start}") as stream:
        ids, events = [], []
        for _ in items:
            events.append(stream.event())
            ids.append(stream.last_id)
        assert [kind for kind, _ in events] == [item["kind"] for item in items]
        assert [json.loads(data) for _, data in events] == items
        assert stream.retry == 3000
        # What is written from now on comes by itself.
        archive_server.client.send("posts", [post("later")])
        assert json.loads(stream.event()[1])["status_id"] == "later"
    for place, last_id in enumerate(ids):
        # It goes before the address, as a browser repeats that one.
        with EventStream(archive_server.address, "?after=now", last_id=last_id) as stream:
            assert [json.loads(data) for _, data in stream.events(len(items) - place - 1)] == items[place + 1:]
        assert archive_server.client.get(f"/v1/changes?after={last_id}").json["items"][:-1] == items[place + 1:]
    with EventStream(archive_server.address, "?after=now") as stream:
        archive_server.client.send("posts", [post("last")])
        assert json.loads(stream.event()[1])["status_id"] == "last"


def test_a_stream_that_is_lost_before_its_first_event_misses_nothing(archive_server):
    archive_server.client.send("posts", [post("before")])
    for query in ("?after=now", "?after=" + archive_server.client.get("/v1/changes").json["next"]):
        with EventStream(archive_server.address, query) as stream:
            # What a browser keeps of the first block, which has no data.
            while stream.last_id is None:
                name, _, value = stream.answer.readline().decode().rstrip("\n").partition(": ")
                assert name in ("retry", "id")
                stream.last_id = value if name == "id" else None
            assert stream.answer.readline() == b"\n"
        archive_server.client.send("posts", [post("meanwhile " + query)])
        with EventStream(archive_server.address, query, last_id=stream.last_id) as again:
            assert json.loads(again.event()[1])["status_id"].startswith("meanwhile")


def test_a_stream_without_news_shows_that_it_lives(archive_server):
    with EventStream(archive_server.address) as stream:
        stream.comment()


def test_whoever_waits_is_answered_as_soon_as_there_is_something(archive_server):
    waiting = [Client(archive_server.address) for _ in range(8)]
    answers = []
    threads = [threading.Thread(target=lambda client=client: answers.append(client.get("/v1/changes?after=now&wait=30"))) for client in waiting]
    for thread in threads:
        thread.start()
    until(lambda: archive_server.client.send("posts", [post(str(time.time_ns()))]) and len(answers) == len(waiting))
    assert all(answer.status == 200 and answer.json["items"] for answer in answers)
    for thread in threads:
        thread.join()


def test_a_wait_ends_without_news(archive_server):
    archive_server.client.send("posts", [post("1")])
    answer = archive_server.client.get("/v1/changes?after=now&wait=1")
    end = archive_server.client.get("/v1/changes?after=now").json["next"]
    assert (answer.status, answer.json) == (200, {"items": [], "next": end, "has_more": False})
    # Longer than a request may take otherwise; and where there is something nobody waits.
    assert archive_server.client.get("/v1/changes?wait=30").json["items"]


def test_a_server_that_stops_ends_streams_and_waits_at_once_and_whole(archive_server):
    ended, answers = [], []
    threads = [threading.Thread(target=lambda: answers.append(Client(archive_server.address).get("/v1/changes?after=now&wait=30")))]
    threads[0].start()
    await_poll(archive_server)
    streams = [EventStream(archive_server.address, "?after=now") for _ in range(4)]
    threads += [threading.Thread(target=lambda stream=stream: ended.append((stream.event(), stream.is_whole))) for stream in streams]
    for thread in threads[1:]:
        thread.start()
    archive_server.process.send_signal(signal.SIGTERM)
    assert archive_server.process.wait(timeout=25) == 0
    for thread in threads:
        thread.join()
    assert ended == [(None, True)] * 4
    assert [(answer.status, answer.json["items"]) for answer in answers] == [(200, [])]


def test_a_server_that_stops_answers_everybody_who_waits(archive_server):
    host, port = archive_server.address.removeprefix("http://").split(":")
    waiting = [socket.create_connection((host, int(port)), timeout=60) for _ in range(300 if FULL else 60)]
    for one in waiting:
        one.sendall(b"GET /v1/changes?after=now&wait=30 HTTP/1.1\r\nhost: x\r\n\r\n")
    # Those that came before this one wait.
    assert archive_server.client.get("/v1/changes?after=now&wait=1").status == 200
    archive_server.process.send_signal(signal.SIGTERM)
    for one in waiting:
        answer = http.client.HTTPResponse(one)
        answer.begin()
        assert answer.status == 200 and json.loads(answer.read())["items"] == []
        one.close()
    assert archive_server.process.wait(timeout=60) == 0


def test_a_client_that_goes_away_makes_room_for_another(archive_server):
    streams = [EventStream(archive_server.address, "?after=now") for _ in range(5)]
    assert [stream.status for stream in streams] == [200] * 5
    refused = archive_server.client.get("/v1/stream")
    assert (refused.status, refused.json["code"]) == (503, "too_many_streams") and refused.headers["retry-after"]
    streams.pop().close()

    def comes_in():
        streams.append(EventStream(archive_server.address, "?after=now"))
        return streams[-1].status == 200

    until(comes_in)
    for stream in streams:
        stream.close()


def test_a_client_that_goes_away_is_not_waited_for(archive_server):
    client = http.client.HTTPConnection(archive_server.address.removeprefix("http://"), timeout=60)
    client.request("GET", "/v1/changes?after=now&wait=30")
    await_poll(archive_server)
    client.close()

    def told():
        return re.search(r'"route":"/v1/changes".*"duration_us":(\d+)', archive_server.log.read_text())

    until(told)
    assert int(told()[1]) < 29_000_000


@pytest.fixture
def stuck(archive_server):
    """Connects a client that is told more than the buffers take, and reads none of it."""
    for batch in range(5):
        archive_server.client.send("posts", [post(f"{batch}-{number}", body_text="x" * 4_000) for number in range(500)])
    host, port = archive_server.address.removeprefix("http://").split(":")

    def connect():
        stuck = socket.socket()
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        stuck.connect((host, int(port)))
        stuck.sendall(b"GET /v1/stream HTTP/1.1\r\nhost: x\r\n\r\n")
        assert stuck.recv(15) == b"HTTP/1.1 200 OK"
        return stuck

    return connect


def test_a_client_that_takes_nothing_does_not_hold_up_the_end(archive_server, stuck):
    with stuck():
        archive_server.stop()


def test_clients_that_take_nothing_are_cut_off(archive_server, stuck):
    taken = [stuck() for _ in range(5)]
    assert archive_server.client.get("/v1/stream").json["code"] == "too_many_streams"

    def comes_in():
        with EventStream(archive_server.address, "?after=now") as stream:
            return stream.status == 200

    until(comes_in)
    for one in taken:
        one.close()


def test_a_stream_outlives_its_database(serve, another_archive, xmonitor):
    postgres = PrivatePostgres()
    try:
        postgres.sql("CREATE DATABASE x")
        address = postgres.address("x")
        xmonitor.environment["DATABASE_URL"] = address
        xmonitor("schema", "apply")
        server = serve(address)
        with EventStream(server.address) as stream:
            server.client.send("posts", [post("before")])
            assert json.loads(stream.event()[1])["status_id"] == "before"
            postgres.kill(with_backends=True)
            stream.comment()
            assert server.client.get("/v1/changes").status == 503
            assert server.client.get("/v1/stream").status == 503
            postgres.start()
            until(lambda: server.client.post("posts", [post("after")]).status == 200)
            assert json.loads(stream.event()[1])["status_id"] == "after"
        server.stop()
    finally:
        postgres.stop()
