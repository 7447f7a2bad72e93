"""No request, however it is bent, gets a 500, an error of another shape, or the last word of a connection."""

import errno
import http.client
import json
import multiprocessing
import random
import re
import socket
from pathlib import Path

import mutations
from archive_state import contents
from support.full_run import FULL
from support.ingest_server import PATHS, check_sums

CODES = {code: int(status) for code, status in re.findall(
    r"^\| `(\w+)` \| (\d+) \|", (Path(__file__).parents[2] / "docs/api/errors.md").read_text(), re.M)}
INNER = re.compile(r"swift|postgres|sqlstate|select |insert into|libpq|/sources/|fatal error|stack", re.I)
PROCESSES = 4 if FULL else 2


class Wire:
    """A connection on which anything may be said."""

    def __init__(self, address):
        host, _, port = address.removeprefix("http://").partition(":")
        self.socket = socket.create_connection((host, int(port)), timeout=60)

    def say(self, method, data):
        self.socket.sendall(data)
        answer = http.client.HTTPResponse(self.socket, method=method)
        answer.begin()
        return answer, answer.read()


def check(method, data, answer, body):
    status = answer.status
    assert status < 500 or status in (501, 503), (status, body)
    if status < 400:
        ingested = method == "POST" and any(data.startswith(b"POST " + path.encode()) for path in PATHS.values())
        if ingested and status == 200:
            told = json.loads(body)
            check_sums(told, told["received"])
        return
    assert answer.getheader("content-type") == "application/problem+json", (status, answer.getheaders(), body)
    if method == "HEAD":
        return
    problem = json.loads(body)
    assert CODES[problem["code"]] == problem["status"] == status, problem
    assert all(isinstance(problem[name], str) and problem[name] for name in ("type", "title", "detail", "error", "request_id")), problem
    assert not INNER.search(problem["detail"]), problem


def fuzz(address, seed, requests, failures):
    """One process: each request has a seed of its own, which a failure names."""
    wire, number = Wire(address), 0
    try:
        for number in range(requests):
            chance = random.Random(seed * 1_000_000 + number)
            method, data = mutations.sound(chance)
            answer, body = wire.say(method, data)
            check(method, data, answer, body)
            # What is refused before its body was read may end the connection, and says so.
            if answer.will_close:
                assert answer.status in (401, 404, 405, 413, 415), (answer.status, body)
                wire = Wire(address)
            if number % 40 == 0:
                shatter(address, chance)
    except BaseException as failure:
        failures.put(f"seed {seed * 1_000_000 + number}: {type(failure).__name__}: {str(failure)[:2000]}\n{data[:3000]!r}")
        raise


def shatter(address, chance):
    """Broken HTTP may be hung up on, and nothing else."""
    wire = Wire(address)
    method, data = "GET", mutations.broken(chance)
    try:
        wire.socket.sendall(data)
        wire.socket.shutdown(socket.SHUT_WR)
        while wire.socket.recv(65_536):
            pass
    except OSError as error:
        # What shutdown says of a connection that the other side has reset.
        if not isinstance(error, ConnectionError) and error.errno != errno.ENOTCONN:
            raise
    finally:
        wire.socket.close()
    answer, _ = Wire(address).say(method, b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n")
    assert answer.status == 200


def test_no_request_gets_more_than_an_answer(server, client):
    each = (100_000 if FULL else 1_600) // PROCESSES
    failures = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=fuzz, args=(server.address, seed, each, failures)) for seed in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    told = [failures.get(timeout=5) for process in processes if process.exitcode]
    assert not told, "\n\n".join(told) + "\n" + server.log.read_text()[-3000:]
    # It lives, and what it took in does not contradict itself.
    assert server.process.poll() is None and client.get("/v1/health").status == 200
    contents(server.database, ())
