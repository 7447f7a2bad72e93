"""A server serves, whatever becomes of its log."""

import json
import os
import resource
import signal
import socket
import subprocess
import threading
import urllib.request

import pytest

from support.output import line_with

UNLIMITED = resource.RLIM_INFINITY
# A pipe holds the lines of some 400 requests, and the queue of the server 4,096.
MORE_THAN_IS_KEPT = 6_000


class Served:
    def __init__(self, xmonitor, log, **options):
        xmonitor.environment["XMONITOR_PORT"] = "0"
        self.process = xmonitor.start("serve", stderr=log, **options)
        line = line_with("http://", self.process)
        self.address = next(word for word in line.split() if word.startswith("http://")).rstrip("/")
        self.asked = 0

    def ask(self, count):
        """Sends `count` requests one behind the other, and takes all answers."""
        host, port = self.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=60) as connection:
            sender = threading.Thread(target=connection.sendall, args=(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n" * count,))
            sender.start()
            answers, held = 0, b""
            while answers < count:
                held += connection.recv(1 << 16) or pytest.fail("the server hung up")
                answers += held.count(b"HTTP/1.1 200")
                held = held[-11:]
            sender.join()
        self.asked += count

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=60) == 0
        self.process.stdout.close()


def lines_and_lost(text):
    """How many requests a log tells of, and how many lines it says are missing. What is no JSON is a line that broke off."""
    requests = lost = 0
    for line in text.splitlines():
        try:
            members = json.loads(line)
        except ValueError:
            continue
        requests += "duration_us" in members
        lost += members.get("lost_lines", 0)
    return requests, lost


def test_a_full_disk_ends_nothing(xmonitor, archive):
    with open("/dev/full", "w") as full:
        served = Served(xmonitor, full)
    served.ask(1_000)
    served.stop()


def test_a_reader_that_has_gone_ends_nothing(xmonitor, archive):
    reader, writer = os.pipe()
    served = Served(xmonitor, writer)
    os.close(writer)
    served.ask(10)
    os.close(reader)
    served.ask(1_000)
    served.stop()


def test_a_reader_that_stands_still_holds_nothing_up_and_is_told_what_it_missed(xmonitor, archive):
    reader, writer = os.pipe()
    served = Served(xmonitor, writer)
    os.close(writer)
    served.ask(MORE_THAN_IS_KEPT)
    # It reads again, and everything is accounted for.
    text = []
    reading = threading.Thread(target=lambda: text.append(open(reader).read()))
    reading.start()
    served.ask(1)
    served.stop()
    reading.join()
    requests, lost = lines_and_lost(text[0])
    assert lost > 0 and requests + lost == served.asked


def test_a_reader_that_stands_still_does_not_hold_up_the_end(xmonitor, archive):
    reader, writer = os.pipe()
    served = Served(xmonitor, writer)
    os.close(writer)
    served.ask(1_000)
    served.stop()
    os.close(reader)


def test_a_file_that_may_not_grow_ends_nothing_and_is_gone_on_with_later(xmonitor, archive):
    """A limit on the size of files stands for the full disk, because it needs no right to mount one."""
    path = xmonitor.folder / "log"
    with open(path, "w") as log:
        served = Served(xmonitor, log, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, UNLIMITED)))
    served.ask(1_000)
    assert path.stat().st_size == 10_000
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
    served.ask(10)
    served.stop()
    requests, lost = lines_and_lost(path.read_text())
    # A line of which only the end is missing is counted as lost, and can be read all the same.
    assert requests > 10 and requests + lost - served.asked in (0, 1)


def test_a_log_that_is_closed_goes_nowhere_else(xmonitor, archive):
    """Its number must not become that of a connection, into which the lines would go."""
    served = Served(xmonitor, subprocess.DEVNULL, preexec_fn=lambda: os.close(2))
    assert os.readlink(f"/proc/{served.process.pid}/fd/2") == "/dev/null"
    served.ask(100)
    served.stop()


def test_a_standard_output_that_cannot_be_written_ends_nothing(xmonitor, archive):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    xmonitor.environment["XMONITOR_PORT"] = str(port)
    with open("/dev/full", "w") as full:
        process = xmonitor.start("serve", stdout=full)
    while True:
        assert process.poll() is None, process.stderr.read()
        try:
            assert urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=60).status == 200
            break
        except ConnectionError:
            continue
        except urllib.error.URLError as error:
            assert isinstance(error.reason, ConnectionRefusedError)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.parametrize("command", [["config"], ["config", "--json"], ["version"], ["sample", "sample.db", "--posts", "1"]])
def test_a_result_that_cannot_be_written_is_no_success(xmonitor, command):
    with open("/dev/full", "w") as full:
        process = xmonitor.start(*command, stdout=full)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2 and "standard output" in errors and "No space left" in errors


def test_a_result_that_nobody_wants_is_no_success(xmonitor):
    process = xmonitor.start("config", preexec_fn=lambda: os.close(1))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2 and "standard output" in errors


def test_a_reader_that_has_seen_enough_of_a_result_ends_nothing(xmonitor):
    reader, writer = os.pipe()
    os.close(reader)
    process = xmonitor.start("config", stdout=writer)
    os.close(writer)
    assert process.communicate(timeout=60)[1] == "" and process.returncode == 0


def test_an_error_that_cannot_be_written_keeps_its_code(xmonitor):
    with open("/dev/full", "w") as full:
        process = xmonitor.start("schema", "status", stderr=full)
    process.communicate(timeout=60)
    assert process.returncode == 2
