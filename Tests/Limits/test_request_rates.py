"""How many requests a caller may send, on the running server."""

import pytest

from callers import Caller
from support.ingest_server import KEY

EMPTY = {"items": []}
BATCH = "/v1/ingest/posts/batch"


@pytest.fixture
def limited(serve, archive):
    return serve(
        archive, XMONITOR_RATE_LIMITS="true", XMONITOR_RATE_READS="5", XMONITOR_RATE_INGEST="4", XMONITOR_RATE_DOWNLOADS="1",
        XMONITOR_INGEST_KEYS="eve=another-key-for-ingest")


def test_a_flood_of_one_key_is_refused_and_the_others_are_served(limited):
    flood, other, reader = Caller(limited, x_api_key=KEY), Caller(limited, x_api_key="another-key-for-ingest"), Caller(limited)
    answers = [flood.post(BATCH, EMPTY) for _ in range(6)]
    assert [answer.status for answer in answers] == [200] * 4 + [429] * 2
    refused = answers[-1]
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.headers["ratelimit-policy"] == '"ingest";q=4;w=60'
    assert refused.headers["ratelimit"].startswith('"ingest";r=0;t=')
    assert b"too_many_requests" in refused.text
    assert other.post(BATCH, EMPTY).status == 200
    assert reader.get("/v1/feed").status == 200


def test_callers_without_a_name_are_told_apart_by_their_addresses(limited):
    first, again, second = Caller(limited), Caller(limited), Caller(limited, source="127.0.0.2")
    assert [first.get("/v1/feed").status for _ in range(5)] == [200] * 5
    assert again.get("/v1/freshness").status == 429
    assert second.get("/v1/feed").status == 200
    assert [second.get("/v1/feed.csv").status for _ in range(2)] == [200, 429]


def test_what_a_request_says_of_its_address_is_believed_from_proxies_alone(serve, archive):
    server = serve(archive, XMONITOR_RATE_READS="2", XMONITOR_TRUSTED_PROXIES="127.0.0.2, 127.0.1.0/24", XMONITOR_READ_ACCESS="public")
    for number in range(3):
        # It names another address each time.
        status = Caller(server, x_forwarded_for=f"8.8.8.{number}").get("/v1/feed").status
        assert status == (200 if number < 2 else 429)
    for number in range(3):
        # What the client wrote itself stands before what the proxy added.
        assert Caller(server, "127.0.0.2", x_forwarded_for=f"8.8.8.{number}, 9.9.9.9, 127.0.1.7").get("/v1/feed").status == (200 if number < 2 else 429)
    assert Caller(server, "127.0.0.2", x_forwarded_for="9.9.9.8").get("/v1/feed").status == 200


def test_on_loopback_nothing_is_counted_unless_that_was_said(serve, archive):
    caller = Caller(serve(archive, XMONITOR_RATE_READS="1"))
    assert [caller.get("/v1/feed").status for _ in range(5)] == [200] * 5


def test_behind_a_proxy_that_only_the_public_address_tells_of_requests_are_counted(serve, archive):
    server = serve(archive, XMONITOR_RATE_READS="2", XMONITOR_PUBLIC_URL="http://feed.example.com", XMONITOR_READ_ACCESS="public")
    assert [Caller(server).get("/v1/feed").status for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(("settings", "warns"), [
    ({}, True), ({"XMONITOR_HOST": "0.0.0.0"}, True), ({"XMONITOR_TRUSTED_PROXIES": "127.0.0.1"}, False), ({"XMONITOR_RATE_LIMITS": "false"}, False),
    ({"XMONITOR_PUBLIC_URL": "http://feed.example.com"}, False), ({"XMONITOR_PUBLIC_URL": "https://localhost"}, False)])
def test_a_proxy_that_is_not_named_is_warned_of(xmonitor, settings, warns):
    xmonitor.environment |= {"XMONITOR_READ_ACCESS": "public", "XMONITOR_PUBLIC_URL": "https://feed.example.com"} | settings
    xmonitor("config")
    assert ("XMONITOR_TRUSTED_PROXIES" in xmonitor.stderr) == warns


@pytest.mark.parametrize(("name", "value"), [
    ("XMONITOR_RATE_READS", "many"), ("XMONITOR_RATE_LIMITS", "yes"), ("XMONITOR_TRUSTED_PROXIES", "proxy.example.com"),
    ("XMONITOR_TRUSTED_PROXIES", "10.0.0.0/40"), ("XMONITOR_HEADER_TIMEOUT", "0")])
def test_a_setting_that_means_nothing_is_named(xmonitor, name, value):
    xmonitor.environment |= {"DATABASE_URL": "postgresql:///none", name: value}
    assert name in xmonitor.fails("serve")
