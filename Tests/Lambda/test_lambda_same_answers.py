"""Whatever is asked, a function answers as `serve` does, by both of its doors."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from both_ways import BothWays
from function_settings import KEY
from support.contract_rules import contract_rules
from support.full_run import FULL
from support.ingest_server import IngestServer

JSON, WITH_KEY = ("content-type", "application/json"), ("x-api-key", KEY)
EMPTY = b'{"items": []}'
BATCH = "/v1/ingest/posts/batch"


@pytest.fixture
def both(xmonitor, sample, function, settings):
    server = IngestServer(xmonitor, sample, **settings | {"XMONITOR_RATE_LIMITS": "false"})
    both = BothWays(server.address, function(database=sample, XMONITOR_RATE_LIMITS="false").start())
    yield both
    both.stop()
    server.stop()
    assert not both.differences, both.differences[:3]


READS = [
    "/v1/feed", "/v1/feed?limit=3&sort=views", "/v1/feed?limit=3&curve=1", "/api/v1/feed?q=%D0%B0&limit=2", "/v1/feed?q=a+b&q=c", "/v1/feed?q=%zz",
    "/v1/feed?q=%ff", "/v1/feed?q=%00", "/v1/feed?limit=0", "/v1/feed?limit=1&limit=2", "/v1/feed?nothing=1", "/v1/feed?cursor=x", "/v1/feed?",
    "/v1/feed?q=a;b&q=%26&", "/v1/feed.csv", "/v1/feed.csv?bom=true", "/v1/feed.ndjson?sort=views", "/v1/feed.atom", "/v1/feed.rss", "/v1/feed.json",
    "/v1/feed.atom?token=no", "/v1/posts/1", "/v1/posts/%31", "/v1/posts/a%20b", "/v1/posts/%C3%BC", "/v1/posts/%00", "/v1/posts/a%3Fb%23c", "/v1/posts/",
    "/v1/posts/1/provenance", "/v1/watch-accounts", "/v1/watch-accounts?tier=1", "/v1/stats/summary", "/v1/stats/timeline?bucket=day", "/v1/facets",
    "/v1/runs", "/v1/freshness", "/v1/changes?limit=2", "/v1/changes?after=9999999", "/v1/stream", "/v1/me", "/v1/me/feed-tokens", "/v1/auth/sign-in",
    "/v1/auth/callback?state=a&code=b", "/v1/audit", "/v1/health", "/health/live", "/health/ready", "/v1/openapi.yaml", "/v1/openapi.json", "/", "/v1",
    "/v1/", "//v1/feed", "/v1/../v1/feed", "/v1/feed/", "/V1/feed", "/v1/feed.CSV", "/index.html", "/%2e%2e/etc/passwd", "/v1/%66eed", "/v1/fe%20ed",
    "/v1/feed%zz", "/v1/posts/%ff", "/v1/posts/a%2Fb"]


def test_every_address_answers_the_same(both):
    for target in READS:
        assert both.ask("GET", target).status
        both.ask("HEAD", target)
        both.ask("GET", target, [("accept-encoding", "gzip")])
    assert both.asked == 3 * len(READS)


def test_every_method_answers_the_same(both):
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW", "get", "CONNEC"):
        for target in ("/v1/feed", BATCH, "/nothing"):
            both.ask(method, target)
    both.ask("OPTIONS", "/v1/feed", [("origin", "https://other.example"), ("access-control-request-method", "GET")])


def test_conditions_and_credentials_answer_the_same(both):
    tag = both.ask("GET", "/v1/feed").headers["etag"]
    assert both.ask("GET", "/v1/feed", [("if-none-match", tag)]).status == 304
    assert both.ask("HEAD", "/v1/feed", [("if-none-match", f"\"x\", {tag}")]).status == 304
    for headers in (
            [("x-api-key", "wrong")], [("authorization", f"Bearer {KEY}")], [("authorization", "Basic eDp5")], [WITH_KEY, ("cookie", "a=1; __Host-xmonitor=b")],
            [("x-request-id", "a-request-of-mine")], [("x-forwarded-host", "evil.example")], [("x-forwarded-for", "192.0.2.7")], [("origin", "null")],
            [("host", "other.example")], [("host", "a b")], [("expect", "100-continue")], [("expect", "the-unexpected")], [("accept", "text/html")],
            [("accept-encoding", "gzip;q=0, *")], [("range", "bytes=0-3")]):
        for target in ("/v1/feed?limit=1", "/v1/feed.atom?limit=1", "/v1/audit", "/v1/me"):
            both.ask("GET", target, headers)


@pytest.mark.parametrize("headers, body", [
    ([JSON], EMPTY), ([JSON, WITH_KEY], EMPTY), ([JSON, WITH_KEY], b""), ([JSON, WITH_KEY], b"{"), ([JSON, WITH_KEY], b'{"items": [{}]}'),
    ([JSON, WITH_KEY], b'{"items": [], "items": []}'), ([JSON, WITH_KEY], b"\xff"), ([JSON, WITH_KEY], b'{"items": ["\\u0000"]}'),
    ([("content-type", "text/plain"), WITH_KEY], EMPTY), ([("content-type", "application/json; charset=latin1"), WITH_KEY], EMPTY),
    ([JSON, WITH_KEY, ("content-encoding", "gzip")], gzip.compress(EMPTY, mtime=0)), ([JSON, WITH_KEY, ("content-encoding", "gzip")], b"no gzip"),
    ([JSON, WITH_KEY, ("content-encoding", "br")], EMPTY), ([JSON, WITH_KEY, ("idempotency-key", "k" * 300)], EMPTY),
    ([JSON, WITH_KEY], b'{"items": [' + b" " * (4 << 20) + b"]}"), ([JSON, WITH_KEY, ("content-encoding", "gzip")], gzip.compress(b" " * (5 << 20), mtime=0))])
def test_every_body_answers_the_same(both, headers, body):
    both.ask("POST", BATCH, headers, body)
    both.ask("POST", BATCH + "?dry_run=true", headers, body)
    both.ask("POST", BATCH + "?dry_run=perhaps", headers, body)


def test_a_batch_is_taken_whichever_way_it_comes(both):
    post = {
        "status_id": "1990000000000000001", "author_handle": "somebody", "body_text": "ü \U0001F680", "url": "https://x.com/somebody/status/1",
        "discovered_at": "2026-02-22T09:30:00Z", "last_seen_at": "2026-02-22T09:30:00Z"}
    body = json.dumps({"items": [post]}, ensure_ascii=False).encode()
    for path in ("", "/api"):
        both.ask("POST", path + BATCH, [JSON, WITH_KEY], body)
    assert "\U0001F680" in both.ask("GET", f"/v1/posts/{post['status_id']}").body.decode()


def test_whatever_the_contract_tests_ask_answers_the_same(both, tmp_path):
    """Every request that the description of the API gives rise to, valid and invalid, goes both ways."""
    (tmp_path / "schemathesis.toml").write_text(contract_rules(KEY))
    done = subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), "run", f"{both.address}/v1/openapi.yaml", "--mode", "all",
         "--max-examples", "200" if FULL else "10", "--generation-deterministic", "--request-timeout", "60", "--no-color"],
        cwd=tmp_path, text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=3600)
    assert both.asked > 300, done.stdout[-4000:] + done.stderr
