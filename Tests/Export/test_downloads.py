"""Long downloads: readers that are slow, that stand still, that go away; servers and databases that do."""

import http.client
import json
import signal

import pytest

from large_archive import LONG, SEARCHED_FOR_LONG, SHORT, downloads, fill
from support.full_run import FULL
from support.psql import sql
from support.waiting import until

BROKEN_OFF = (http.client.IncompleteRead, ConnectionResetError)


@pytest.fixture
def archive(filled):
    return filled(fill)


class Download:
    """One download, read as fast as the test likes."""

    def __init__(self, server, path):
        self.connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=120)
        self.connection.request("GET", path)
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200
        self.length = 0

    def read(self, count=None):
        data = self.answer.read(count)
        self.length += len(data)
        return data

    def close(self):
        # The answer holds the connection, too.
        self.answer.close()
        self.connection.close()

    def is_held_back(self, database):
        """Waits until Postgres waits for the server, which waits for this reader."""
        until(lambda: downloads(database, "wait_event = 'ClientWrite'"))


def memory(server):
    with open(f"/proc/{server.process.pid}/status") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) << 10


def test_memory_is_bounded_whatever_the_reader_does(archive, serve):
    server = serve(archive, XMONITOR_DOWNLOAD_TIMEOUT="3600", XMONITOR_READER_TIMEOUT="3600")
    # One that is read to its end, so that what the server needs once is there.
    Download(server, "/v1/feed.csv?exclude=!").read()
    before, most = memory(server), 0
    slow = [Download(server, path) for path in ("/v1/feed.csv", "/v1/feed.ndjson", "/v1/feed.csv?sort=likes")]
    for download in slow:
        download.is_held_back(archive)
    for _ in range(400 if FULL else 60):
        for download in slow:
            download.read(64 << 10)
        most = max(most, memory(server))
    for download in slow:
        while download.read(1 << 20):
            most = max(most, memory(server))
        assert download.length > LONG * 10_000
    assert most - before <= 50 << 20


@pytest.mark.parametrize("path", ["/v1/feed.csv", "/v1/feed.ndjson"])
def test_a_reader_who_goes_away_stops_the_query(archive, serve, path):
    server = serve(archive, XMONITOR_DOWNLOAD_TIMEOUT="3600", XMONITOR_READER_TIMEOUT="3600")
    download = Download(server, path)
    download.read(1 << 20)
    download.is_held_back(archive)
    download.close()
    until(lambda: not downloads(archive))


def test_a_reader_who_goes_away_stops_the_search_for_the_next_post(archive, serve):
    """Nothing is sent to him meanwhile, so no write can fail."""
    server = serve(archive, XMONITOR_DOWNLOAD_TIMEOUT="3600", XMONITOR_READER_TIMEOUT="3600")
    download = Download(server, f"/v1/feed.ndjson?{SEARCHED_FOR_LONG}")
    until(lambda: downloads(archive, "clock_timestamp() - query_start > INTERVAL '1 second'"))
    download.close()
    until(lambda: not downloads(archive))


def test_a_reader_who_stands_still_is_let_go(archive, serve):
    server = serve(archive, XMONITOR_DOWNLOAD_TIMEOUT="1")
    download = Download(server, "/v1/feed.csv")
    download.read(1 << 20)
    until(lambda: downloads(archive))
    until(lambda: not downloads(archive))
    with pytest.raises(BROKEN_OFF):
        download.read()
    server.logs("broken off: its connection was closed")


def test_a_search_that_finds_nothing_for_too_long_is_given_up(archive, serve):
    server = serve(archive, XMONITOR_DOWNLOAD_TIMEOUT="1")
    with pytest.raises(BROKEN_OFF):
        Download(server, f"/v1/feed.csv?{SEARCHED_FOR_LONG}").read()
    until(lambda: not downloads(archive))


def test_a_download_may_take_longer_than_a_request(archive, serve):
    server = serve(archive, XMONITOR_REQUEST_TIMEOUT="1", XMONITOR_STATEMENT_TIMEOUT="1")
    download = Download(server, "/v1/feed.ndjson?exclude=!")
    until(lambda: downloads(archive, "clock_timestamp() - query_start > INTERVAL '2 seconds'"))
    download.read(1 << 20)
    lines = download.read().count(b"\n")
    assert 0 < lines < LONG + SHORT


def test_a_server_that_is_told_to_stop_breaks_downloads_off_and_ends_well(archive, serve):
    server = serve(archive)
    slow = [Download(server, path) for path in ("/v1/feed.csv", "/v1/feed.ndjson", f"/v1/feed.ndjson?{SEARCHED_FOR_LONG}")]
    for download in slow[:2]:
        download.read(1 << 20)
    until(lambda: len(downloads(archive)) == 3)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=120) == 0
    for download in slow:
        with pytest.raises(BROKEN_OFF):
            download.read()
    until(lambda: not downloads(archive))


def test_a_database_that_goes_away_breaks_the_download_off(archive, serve):
    server = serve(archive)
    download = Download(server, "/v1/feed.csv")
    download.read(1 << 20)
    [backend] = downloads(archive)
    sql(archive, f"SELECT pg_terminate_backend({backend})")
    with pytest.raises(BROKEN_OFF):
        download.read()
    fault = next(json.loads(line) for line in server.logs("broken off").splitlines() if "broken off" in line)
    assert fault["request_id"] == download.answer.headers["x-request-id"]
    assert server.client.get("/v1/feed").status == 200


def test_downloads_leave_connections_to_the_feed(archive, serve):
    server = serve(archive, XMONITOR_POOL_SIZE="4")
    slow = [Download(server, "/v1/feed.csv") for _ in range(2)]
    answer = server.client.get("/v1/feed.ndjson")
    assert (answer.status, answer.json["code"]) == (503, "too_many_downloads") and answer.headers["retry-after"]
    for path in ("/v1/feed", "/v1/feed.atom", "/v1/stats/summary"):
        assert server.client.get(path).status == 200
    slow[0].close()
    until(lambda: server.client.request("HEAD", "/v1/feed.ndjson").status == 200)
    slow[1].close()


def test_a_connection_is_good_for_another_request_after_a_download(archive, serve):
    server = serve(archive)
    for path in ("/v1/feed.csv?q=short&min_likes=0", "/v1/feed.ndjson?q=nothing%20like%20this", "/v1/feed?limit=1"):
        assert server.client.get(path).status == 200
