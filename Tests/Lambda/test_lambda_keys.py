"""Keys in a function, which reads them within its requests."""

import pytest

from gateway_events import URL, HTTPAnswer, http_event
from long_posts import fill
from support.full_run import FULL
from support.psql import sql
from support.waiting import until

# When the function asked the archive last who may do what; nothing else of it runs while its reader stands still.
ASKED_LATELY = """
    SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database() AND state = 'idle'
        AND query_start > (SELECT max(query_start) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND state = 'active'
            AND datname = current_database()) + INTERVAL '45 s'"""
STANDS = """
    SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database() AND state = 'active'
        AND query LIKE '%posts AS p%' AND query NOT LIKE '%LIMIT%'"""


def read(api, key):
    return HTTPAnswer(api.invoke(http_event("GET", "/v1/feed?limit=1", [("x-api-key", key)]))).status


def test_a_key_is_good_as_soon_as_it_is_made(function, sample, xmonitor):
    api = function(database=sample, XMONITOR_READ_ACCESS="keys").start()
    assert read(api, "xmk_wrong") == 401
    for _ in range(3):
        assert read(api, xmonitor("keys", "create", "--name", "reader", "--scopes", "read").strip()) == 200


@pytest.mark.skipif(not FULL, reason="what was read of keys is believed for 40 s, and the download has to take longer")
def test_a_long_download_goes_on_while_its_key_is_good(function, sample, xmonitor):
    fill(sample, 10_000)
    key = xmonitor("keys", "create", "--name", "reader", "--scopes", "read").strip()
    api = function(database=sample, XMONITOR_READ_ACCESS="keys", XMONITOR_DOWNLOAD_TIMEOUT="300").start()
    api.runtime.reads.clear()
    invocation = api.queue(http_event("GET", "/v1/feed.ndjson", [("x-api-key", key)], domain=URL), seconds=280)
    until(lambda: int(sql(sample, STANDS)) > 0)
    until(lambda: int(sql(sample, ASKED_LATELY)) > 0)
    api.runtime.reads.set()
    answer = HTTPAnswer(invocation.wait())
    assert answer.status == 200 and answer.body.count(b"\n") >= 10_000
    assert invocation.broke_off is None
