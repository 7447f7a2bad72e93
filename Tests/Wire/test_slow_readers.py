"""Readers who take nothing or little, clients who are too many, and a server that is told to stop meanwhile."""

import os
import re
import resource
import signal

import pytest

from raw import Raw
from support.ingest_server import IngestServer
from support.output import line_with
from support.psql import sql
from support.waiting import until

ESTABLISHED = "01"


def page(number=0):
    """A request for a page of more than a megabyte, of which no two with other numbers share the memory."""
    return b"GET /v1/feed?limit=200&exclude=none-%d HTTP/1.1\r\nHost: a\r\nAccept-Encoding: identity\r\n\r\n" % number


@pytest.fixture
def serve(xmonitor, archive):
    """Starts servers of the test's own on an archive of long posts."""
    sql(archive, """
        INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at, body_text)
        SELECT 'id-' || n, 'https://x.com/ada/status/' || n, 'ada', moment, moment, repeat(md5(n::text), 250)
        FROM (SELECT n, TIMESTAMPTZ '2026-02-22' - n * INTERVAL '1 second' AS moment FROM generate_series(1, 400) AS n) AS posts""")
    servers = []

    def serve(**settings):
        servers.append(IngestServer(xmonitor, archive, **settings))
        return servers[-1]

    yield serve
    for server in servers:
        if server.process.poll() is None:
            server.process.kill()
        server.process.wait()
        server.process.stdout.close()


def stalled(server, requests=40, first=0):
    """Asks for far more than the buffers on the way hold, and takes none of it."""
    reader = Raw(server.address, buffer=4096)
    reader.send_bytes(b"".join(page(first + number) for number in range(requests)))
    return reader


def server_side(server, reader):
    """The state and the unsent bytes of the server's end of this connection, as the kernel has them; nothing when it is gone."""
    ours, theirs = (f":{int(port):04X}" for port in (server.address.rpartition(":")[2], reader.socket.getsockname()[1]))
    with open("/proc/net/tcp") as table:
        for _, here, there, state, queues, *_ in map(str.split, list(table)[1:]):
            if here.endswith(ours) and there.endswith(theirs):
                return state, int(queues.split(":")[0], 16)
    return None, 0


def waits_for(server, reader):
    """Whether the server has bytes for this reader that it cannot send."""
    return server_side(server, reader)[1] > 0


def is_let_go(server, reader):
    """Whether the server has ended the connection, though its reader takes nothing."""
    return server_side(server, reader)[0] != ESTABLISHED


def test_a_reader_who_takes_nothing_is_let_go(serve):
    server = serve(XMONITOR_READER_TIMEOUT="1")
    reader = stalled(server)
    until(lambda: is_let_go(server, reader))
    assert server.client.get("/health/live").status == 200
    server.stop()


def test_a_reader_who_takes_his_time_gets_all(serve):
    """He takes little by little, for longer than one lasts who came after him and takes nothing."""
    server = serve(XMONITOR_READER_TIMEOUT="3")
    reader = stalled(server, 12)
    until(lambda: waits_for(server, reader))
    still = stalled(server, first=12)
    until(lambda: reader.take(64 << 10) and is_let_go(server, still))
    assert waits_for(server, reader)
    for _ in range(12):
        assert reader.answer().code == 200
    reader.socket.close()
    server.stop()


def test_what_a_reader_leaves_waits_where_it_is_counted(serve):
    """The system takes megabytes for a reader who takes nothing, if it may, and a slow one would seem to take nothing for that long."""
    server = serve()
    reader = stalled(server)
    held = []

    def is_settled():
        held.append(server_side(server, reader)[1])
        return len(held) > 20 and held[-1] == held[-20] > 0

    until(is_settled)
    assert held[-1] < 128 << 10
    reader.socket.close()
    server.stop()


@pytest.mark.parametrize("stopped", ["once", "twice"])
def test_a_reader_who_takes_nothing_does_not_keep_a_server_that_stops(serve, stopped):
    server = serve(XMONITOR_READER_TIMEOUT="3600", XMONITOR_SHUTDOWN_TIMEOUT="1" if stopped == "once" else "3600")
    reader = stalled(server)
    until(lambda: waits_for(server, reader))
    server.process.send_signal(signal.SIGTERM)
    if stopped == "once":
        assert server.process.wait(timeout=120) == 0
        assert "XMONITOR_SHUTDOWN_TIMEOUT" in server.log.read_text()
    else:
        until(lambda: refuses(server))
        assert server.process.poll() is None
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=120) == -signal.SIGINT
    reader.socket.close()


def refuses(server):
    try:
        Raw(server.address).socket.close()
    except ConnectionRefusedError:
        return True


def test_an_answer_that_is_being_read_is_whole_when_the_server_stops(serve):
    server = serve()
    reader = Raw(server.address, buffer=4096)
    reader.send_bytes(page() * 3)
    until(lambda: waits_for(server, reader))
    server.process.send_signal(signal.SIGTERM)
    answers = [reader.answer() for _ in range(3)]
    assert all(answer.code == 200 for answer in answers) and reader.has_ended()
    assert server.process.wait(timeout=60) == 0


def test_a_connection_too_many_is_told_so(serve):
    server = serve(XMONITOR_CONNECTION_MAXIMUM="3")
    others = [Raw(server.address) for _ in range(3)]
    for other in others:
        assert other.send("GET /health/live HTTP/1.1").answer().code == 200
    for _ in range(20):
        with Raw(server.address) as refused:
            answer = refused.send("GET /health/live HTTP/1.1").answer()
            assert (answer.code, answer.problem) == (503, "too_many_connections") and answer.ends and answer.headers["retry-after"]
            assert refused.has_ended()
    others[0].socket.close()
    until(lambda: Raw(server.address).send("GET /health/live HTTP/1.1").answer().code == 200)
    assert others[1].send("GET /health/live HTTP/1.1").answer().code == 200
    server.stop()


def test_the_limit_of_open_files_is_raised(serve):
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, before[1]))
    try:
        server = serve()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)[0] == min(before[1], 65536)
    assert "room for" not in server.log.read_text()


def test_few_open_files_are_few_connections(xmonitor, archive):
    xmonitor.environment["XMONITOR_PORT"] = "0"
    with open(xmonitor.folder / "log", "w") as log:
        process = xmonitor.start("serve", stderr=log, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (150, 150)))
    address = next(word for word in line_with("http://", process).split() if word.startswith("http://")).removeprefix("http://").rstrip("/")
    room = int(re.search(r"room for (\d+) connections", (xmonitor.folder / "log").read_text())[1])
    crowd, codes = [], []
    for _ in range(room + 10):
        crowd.append(Raw(address))
        codes.append(crowd[-1].send("GET /health/live HTTP/1.1").answer().code)
    assert 0 < room < 150 and codes == [200] * room + [503] * 10
    for one in crowd:
        one.socket.close()
    process.terminate()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


def test_a_server_without_descriptors_serves_again_when_there_are_some(serve):
    server = serve()
    # What waits has its connections, here and to the database, before there are no more.
    assert server.client.get("/v1/changes?after=now&wait=1").status == 200
    waiting = Raw(server.address)
    assert waiting.send("GET /health/live HTTP/1.1").answer().code == 200
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (60, 4096))
    crowd = [Raw(server.address) for _ in range(100)]
    until(lambda: len(os.listdir(f"/proc/{server.process.pid}/fd")) >= 60)

    def used():
        with open(f"/proc/{server.process.pid}/stat") as stat:
            return sum(int(number) for number in stat.read().rpartition(")")[2].split()[11:13]) / os.sysconf("SC_CLK_TCK")
    before = used()
    # The connection to the database may be in use for something else, and then there is no descriptor for another one.
    until(lambda: waiting.send("GET /v1/changes?after=now&wait=3 HTTP/1.1").answer().code == 200)
    assert used() - before < 0.5, "the accept loop spins"
    for connection in crowd:
        connection.socket.close()
    assert Raw(server.address).send("GET /health/live HTTP/1.1").answer().code == 200


def test_a_download_ends_after_its_time_as_a_whole(serve):
    """However much its reader takes."""
    server = serve(XMONITOR_DOWNLOAD_LIMIT="1", XMONITOR_READER_TIMEOUT="3600", XMONITOR_DOWNLOAD_TIMEOUT="3600")
    reader = Raw(server.address, buffer=4096)
    reader.send_bytes(b"".join(b"GET /v1/feed.ndjson HTTP/1.1\r\nHost: a\r\nAccept-Encoding: identity\r\n\r\n" for _ in range(40)))
    until(lambda: is_let_go(server, reader))
    server.logs("broken off")
