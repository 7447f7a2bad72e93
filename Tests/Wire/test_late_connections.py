"""Connections that come while the server stops: nobody handles them any more."""

import signal
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.full_run import FULL

CALLERS = 4


def call_until_refused(place, served):
    """Connects again and again, and says nothing; `served` gets a number for each connection."""
    while True:
        try:
            with socket.create_connection(place, timeout=60):
                served.append(1)
        except ConnectionRefusedError:
            return
        except ConnectionResetError:
            continue


@pytest.mark.parametrize("run", range(60 if FULL else 6))
def test_a_server_that_stops_while_connections_come_ends_with_success(serve, archive, run):
    server = serve(archive)
    host, port = server.address.removeprefix("http://").split(":")
    served = []
    with ThreadPoolExecutor(CALLERS) as threads:
        callers = [threads.submit(call_until_refused, (host, int(port)), served) for _ in range(CALLERS)]
        try:
            while len(served) < 20 * CALLERS:
                assert not any(caller.done() for caller in callers)
        finally:
            server.process.send_signal(signal.SIGTERM)
        for caller in callers:
            caller.result(60)
    assert server.process.wait(60) == 0
