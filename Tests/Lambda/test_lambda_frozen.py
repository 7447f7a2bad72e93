"""Between two events a function stands still, and its connections may be gone when it goes on."""

import os
import random
import time
from urllib.parse import parse_qs, urlsplit

from gateway_events import HTTPAnswer, http_event
from silent_proxy import SilentProxy
from support.full_run import FULL
from support.psql import sql

OURS = "FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database()"
# Two for finding out that an idle connection is dead, and one for another; and as much again, because others run beside the test.
SECONDS = 6


def test_whatever_became_of_its_connections_the_next_request_succeeds(function, sample):
    proxy = SilentProxy(parse_qs(urlsplit(sample).query)["host"][0])
    try:
        api = function(database=proxy.address(urlsplit(sample).path[1:])).start()
        numbers = random.Random(16)
        freezes = [(numbers.choice(("nothing", "ended", "silent")), numbers.choice((0.01, 0.1, 0.5, 1.5, 3))) for _ in range(50 if FULL else 9)]
        for number, (loss, seconds) in enumerate([("ended", 1.5), ("silent", 1.5), ("silent", 3), *freezes]):
            assert HTTPAnswer(api.invoke(http_event("GET", f"/v1/feed?limit={number + 1}"))).status == 200
            with api.frozen():
                if loss == "ended":
                    sql(sample, f"SELECT pg_terminate_backend(pid) {OURS}")
                elif loss == "silent":
                    proxy.silence()
                time.sleep(seconds)
            begun = time.monotonic()
            answer = HTTPAnswer(api.invoke(http_event("GET", f"/v1/feed?limit={number + 1}&sort=views"), seconds=SECONDS))
            assert answer.status == 200, (loss, seconds, answer.body, api.log.read_text()[-3000:])
            assert time.monotonic() - begun < SECONDS, (loss, seconds)
    finally:
        proxy.close()


def test_a_batch_is_taken_after_its_connections_were_lost(function, sample):
    from test_lambda_events import ingest, post
    api = function(database=sample).start()
    for number in range(3):
        with api.frozen():
            sql(sample, f"SELECT pg_terminate_backend(pid) {OURS}")
            time.sleep(1.2)
        answer = HTTPAnswer(api.invoke(ingest([post(number, "after a freeze")])))
        assert (answer.status, answer.json["inserted"]) == (200, 1), answer.body


def test_a_function_keeps_no_more_connections_than_its_pool(function, sample):
    api = function(database=sample).start()
    for path in ("/v1/feed", "/v1/changes?limit=1", "/health/ready", "/v1/feed.csv", "/v1/facets"):
        assert HTTPAnswer(api.invoke(http_event("GET", path))).status == 200
    with api.frozen():
        assert int(sql(sample, f"SELECT count(*) {OURS}")) <= 2


def test_no_process_of_a_stopped_function_is_left(function, sample):
    api = function(database=sample).start()
    api.stop()
    assert not os.path.exists(f"/proc/{api.process.pid}")
