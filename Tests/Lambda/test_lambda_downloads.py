"""A download by a function URL is whole, or is seen to be broken."""

import requests

from gateway_events import URL, HTTPAnswer, http_event
from long_posts import fill
from support.ingest_server import IngestServer
from support.psql import sql
from support.waiting import until

# The sessions that are in the middle of a download.
ACTIVE = """
    SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database() AND state = 'active'
        AND query LIKE '%posts AS p%' AND query NOT LIKE '%LIMIT%'"""
READ_SINCE_REVOKED = """
    SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database() AND state = 'idle'
        AND query_start > (SELECT max(revoked_at) FROM access_keys)"""
END = ACTIVE.replace("*", "pg_terminate_backend(pid)")


def test_a_download_is_the_one_that_serve_gives(function, sample, xmonitor, settings):
    api, server = function(database=sample).start(), IngestServer(xmonitor, sample, **settings)
    for path in ("/v1/feed.csv?bom=true", "/v1/feed.ndjson"):
        for headers in ([], [("accept-encoding", "gzip")]):
            answer = HTTPAnswer(api.invoke(http_event("GET", path, headers, domain=URL)))
            served = requests.get(server.address + path, headers={"accept-encoding": "identity"} | dict(headers), timeout=60, stream=True)
            assert answer.status == 200 and answer.body == served.raw.read()
            assert answer.headers["content-disposition"] == served.headers["content-disposition"]
    server.stop()


def test_a_download_that_breaks_says_so(function, sample):
    fill(sample, 10_000)
    api = function(database=sample).start()
    # Its reader is slow: it waits in the middle when its session ends.
    api.runtime.reads.clear()
    invocation = api.queue(http_event("GET", "/v1/feed.ndjson", domain=URL))
    until(lambda: int(sql(sample, END)) > 0)
    api.runtime.reads.set()
    answer = HTTPAnswer(invocation.wait())
    assert answer.status == 200
    rest = b"".join(answer.pieces())
    assert invocation.broke_off["errorType"] == "Stream.BrokenOff", invocation.trailers
    assert len(rest) < 40_000_000
    until(lambda: '"cause":' in api.log.read_text())
    assert HTTPAnswer(api.invoke(http_event("GET", "/v1/feed?limit=1"))).status == 200


def test_a_download_ends_soon_after_its_key_was_revoked(function, sample, xmonitor):
    fill(sample, 10_000)
    key = xmonitor("keys", "create", "--name", "reader", "--scopes", "read").strip()
    api = function(database=sample, XMONITOR_READ_ACCESS="keys").start()
    api.runtime.reads.clear()
    invocation = api.queue(http_event("GET", "/v1/feed.ndjson", [("x-api-key", key)], domain=URL), seconds=180)
    until(lambda: int(sql(sample, ACTIVE)) > 0)
    xmonitor("keys", "revoke", key[:8])
    # Its reader stands still; beside it the function reads who may do what.
    until(lambda: int(sql(sample, READ_SINCE_REVOKED)) > 0)
    api.runtime.reads.set()
    assert HTTPAnswer(invocation.wait()).status == 200
    assert len(b"".join(invocation.pieces())) < 40_000_000
    assert invocation.broke_off["errorType"] == "Stream.BrokenOff", invocation.trailers


def test_a_download_that_outlasts_the_function_says_so(function, sample):
    fill(sample, 10_000)
    api = function(database=sample).start()
    api.runtime.reads.clear()
    invocation = api.queue(http_event("GET", "/v1/feed.ndjson", domain=URL), seconds=3)
    # Nobody reads, and the time is up: it lets go of its session.
    until(lambda: int(sql(sample, ACTIVE)) > 0)
    until(lambda: int(sql(sample, ACTIVE)) == 0)
    api.runtime.reads.set()
    answer = HTTPAnswer(invocation.wait())
    assert len(b"".join(answer.pieces())) < 40_000_000
    assert invocation.broke_off["errorType"].startswith("Stream."), invocation.trailers
    assert HTTPAnswer(api.invoke(http_event("GET", "/v1/feed?limit=1"))).status == 200
