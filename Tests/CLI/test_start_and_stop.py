"""The log tells when a server starts and stops; a hang-up does not end it."""

import json
import re
import signal
from pathlib import Path

import pytest

from support.output import line_with
from support.waiting import until


def lines(server):
    return [json.loads(line) for line in server.log.read_text().splitlines()]


def test_the_log_has_a_start_with_what_runs_where_and_a_stop(xmonitor, archive, serve):
    (xmonitor.folder / ".env").write_text("XMONITOR_CONTACT=Ada\n")
    server = serve(archive)
    version, commit, schema = re.fullmatch(r"xmonitor (\S+), commit (\S+), schema (\d+)", xmonitor("version").strip()).groups()
    server.logs("The server has started.")
    start = next(line for line in lines(server) if line["message"] == "The server has started.")
    assert start.pop("time").endswith("Z")
    assert start == {"level": "info", "message": "The server has started.", "address": server.address, "version": version, "commit": commit,
                     "schema": int(schema), "settings_file": str(xmonitor.folder / ".env")}
    server.stop()
    assert [line["message"] for line in lines(server)][-2:] == ["The server was told to stop. Requests under way have 20 s to end.", "The server has stopped."]


def test_a_hang_up_does_not_end_a_server(xmonitor, archive, serve):
    server = serve(archive)
    for _ in range(3):
        server.process.send_signal(signal.SIGHUP)
        assert server.client.get("/health/ready").status == 200
    # A signal that is ignored is not pending either: the kernel says so of the process.
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    assert int(re.search(r"SigIgn:\s*(\w+)", status).group(1), 16) & 1
    assert server.process.poll() is None and "told to stop" not in server.log.read_text()


@pytest.mark.parametrize("ignored", [False, True], ids=["a terminal", "nohup"])
def test_the_demo_ends_in_order_with_its_terminal(ordinary, ignored):
    ordinary.environment["XMONITOR_PORT"] = "0"
    command = [ordinary.path, "up", "--posts", "50"]
    demo = ordinary.run(["/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *command] if ignored else command)
    address = line_with("DATABASE_URL=", demo).split("'")[1]
    line_with("http://", demo)
    socket = Path(address.split("host=")[1].split("&")[0]) / ".s.PGSQL.5432"
    assert socket.exists()
    demo.send_signal(signal.SIGHUP)
    if ignored:
        out, _ = ordinary.run(["psql", "-qXAt", address, "-c", "SELECT 1"]).communicate(timeout=60)
        assert out.strip() == "1" and demo.poll() is None
        demo.send_signal(signal.SIGTERM)
    _, errors = demo.communicate(timeout=60)
    assert demo.returncode == 0, errors
    until(lambda: not socket.exists())
