"""What the server's log says of Postgres: lost connections, waits for a connection, slow statements."""

import json
from concurrent.futures import ThreadPoolExecutor

from support.psql import sql
from support.waiting import holding, until_done_or_held_up

LOST, WAITED, SLOW = "A connection to Postgres was lost.", "A request waited for a connection to Postgres.", "A statement was slow."
OURS = "datname = current_database() AND application_name = 'xmonitor'"


def lines(server, message):
    return [line for line in map(json.loads, server.logs(message).splitlines()) if line.get("message") == message]


def test_a_slow_statement_and_a_wait_for_its_connection_are_logged(archive, serve):
    server = serve(archive, XMONITOR_POOL_SIZE="1", XMONITOR_STATEMENT_TIMEOUT="60", XMONITOR_REQUEST_TIMEOUT="60")
    with ThreadPoolExecutor() as threads:
        with holding(archive, "LOCK TABLE pipeline_runs IN ACCESS EXCLUSIVE MODE"):
            held = threads.submit(lambda: server.client.get("/v1/runs?mode=priority").status)
            until_done_or_held_up(archive, held)
            assert not held.done()
            # The only connection of the readers is not free before the lock is, so this one waits until it gives up, after two seconds.
            assert server.client.get("/v1/watch-accounts").status == 503
            waited = lines(server, WAITED)
        assert held.result() == 200
    assert [line["pool"] for line in waited] == ["reader"]
    assert waited[0]["level"] == "warning" and waited[0]["duration_us"] > 100_000
    slow = lines(server, SLOW)
    assert [(line["level"], line["pool"], line["statement"], line["error"]) for line in slow] == [("warning", "reader", "runs.list", None)]
    assert slow[0]["duration_us"] > 1_000_000
    assert set(slow[0]) == {"time", "level", "message", "pool", "statement", "duration_us", "error"}


def test_a_lost_connection_is_logged(archive, serve):
    server = serve(archive)
    assert server.client.get("/v1/runs").status == 200
    ended = sql(archive, f"SELECT pid, pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE {OURS}")
    assert server.client.get("/v1/runs").status == 200
    lost = lines(server, LOST)
    assert {str(line["backend"]) for line in lost} <= {line.split("|")[0] for line in ended.splitlines()}
    assert "reader" in {line["pool"] for line in lost}


def test_a_quiet_server_says_nothing_of_postgres(archive, serve):
    server = serve(archive)
    assert server.client.get("/v1/runs").status == 200
    log = server.logs("/v1/runs")
    assert not any(message in log for message in (LOST, WAITED, SLOW))
