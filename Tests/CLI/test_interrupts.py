"""The first SIGINT or SIGTERM ends a command in order; the second one ends it at once, whatever it waits for."""

import os
import signal
import socket

import pytest

from support.output import line_with


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_with_nothing_to_put_in_order_ends_with_the_first(xmonitor, number):
    """It waits for somebody to write a secret."""
    os.mkfifo(xmonitor.folder / "secret")
    xmonitor.environment["XMONITOR_API_KEY_FILE"] = "secret"
    process = xmonitor.start("config")
    writer = os.open(xmonitor.folder / "secret", os.O_WRONLY)  # returns when the program has opened it to read
    process.send_signal(number)
    assert process.wait(timeout=60) == -number
    os.close(writer)
    process.communicate()


def test_a_server_that_waits_for_a_reader_ends_with_the_second(xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "300")
    xmonitor("snapshot", "import", "sample.db", code=1)
    xmonitor.environment["XMONITOR_PORT"] = "0"
    with open(xmonitor.folder / "log", "w") as log:
        process = xmonitor.start("serve", stderr=log)
    line = line_with("http://", process)
    host, port = next(word for word in line.split() if "http://" in word).removeprefix("http://").rstrip("/").split(":")
    with socket.socket() as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stalled.connect((host, int(port)))
        stalled.sendall(b"GET /v1/feed?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
        stalled.recv(1)
        process.send_signal(signal.SIGTERM)
        while is_open(host, int(port)):
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == -signal.SIGTERM
    process.stdout.close()


def is_open(host, port):
    try:
        socket.create_connection((host, port), timeout=60).close()
        return True
    except OSError:
        return False
