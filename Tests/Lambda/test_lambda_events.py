"""A function of the API: what Lambda hands it, and what comes back."""

import json

import pytest

from function_settings import KEY, PUBLIC_URL
from gateway_events import URL, HTTPAnswer, http_event
from long_posts import fill
from support.psql import sql
from support.waiting import holding

BATCH = "/v1/ingest/posts/batch"


def post(number, text):
    return {
        "status_id": str(1990000000000000000 + number), "author_handle": "somebody", "body_text": text, "url": f"https://x.com/somebody/status/{number}",
        "discovered_at": "2026-02-22T09:30:00Z", "last_seen_at": "2026-02-22T09:30:00Z"}


def ingest(items):
    return http_event("POST", BATCH, [("content-type", "application/json"), ("x-api-key", KEY)], json.dumps({"items": items}).encode())


@pytest.mark.parametrize("event", [
    {"id": "1", "command": ["schema", "status"]}, {}, [], "text", b"no JSON", b'{"a": 1, "a": 2}', {"version": "1.0", "httpMethod": "GET", "path": "/"},
    http_event("POST", BATCH) | {"body": "?", "isBase64Encoded": True}])
def test_what_is_no_request_is_an_error_with_its_reason(function, sample, event):
    api = function(database=sample).start()
    refused = api.invoke(event)
    assert refused.error["errorType"].startswith("Event.") and refused.error["errorMessage"].endswith("."), refused.error
    assert HTTPAnswer(api.invoke(http_event("GET", "/v1/feed?limit=1"))).status == 200


def test_a_host_that_others_name_is_not_believed(function, sample):
    api = function(database=sample).start()
    forged = [("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example")]
    feed = HTTPAnswer(api.invoke(http_event("GET", "/v1/feed.atom?limit=1", forged))).body
    assert PUBLIC_URL.encode() in feed and b"evil" not in feed


def test_a_body_over_our_limit_is_ours_to_refuse(function, sample):
    api = function(database=sample).start()
    big = b'{"items": [' + b" " * (4 << 20) + b"]}"
    answer = HTTPAnswer(api.invoke(http_event("POST", BATCH, [("content-type", "application/json"), ("x-api-key", KEY)], big)))
    assert (answer.status, answer.json["code"]) == (413, "too_large")


def test_an_answer_that_lambda_would_not_take_names_the_public_address(function, archive):
    api = function(database=archive).start()
    fill(archive, 2_000)
    answer = HTTPAnswer(api.invoke(http_event("GET", "/v1/feed.ndjson")))
    assert (answer.status, answer.json["code"]) == (422, "too_large_here"), answer.body[:300]
    assert PUBLIC_URL in answer.json["detail"]
    # The function URL gives it whole.
    whole = HTTPAnswer(api.invoke(http_event("GET", "/v1/feed.ndjson", domain=URL)))
    assert whole.status == 200 and whole.invocation.is_stream
    assert whole.body.count(b"\n") == 2_000 and whole.invocation.broke_off is None
    assert HTTPAnswer(api.invoke(http_event("HEAD", "/v1/feed.ndjson"))).status == 200


def test_the_deadline_of_the_function_is_an_end_of_the_request(function, sample):
    api = function(database=sample).start()
    assert HTTPAnswer(api.invoke(http_event("GET", "/v1/feed?limit=1"))).status == 200
    with holding(sample, "LOCK TABLE posts"):
        answer = HTTPAnswer(api.invoke(http_event("GET", "/v1/feed?limit=2"), seconds=3))
        assert (answer.status, answer.json["code"]) == (503, "timeout")
        assert answer.headers["retry-after"]
    assert HTTPAnswer(api.invoke(http_event("GET", "/v1/feed?limit=2"))).status == 200


def test_who_waits_for_a_change_is_answered_before_the_deadline(function, sample):
    api = function(database=sample).start()
    end = HTTPAnswer(api.invoke(http_event("GET", "/v1/changes?limit=1000"))).json["next"]
    answer = HTTPAnswer(api.invoke(http_event("GET", f"/v1/changes?after={end}&wait=20"), seconds=3))
    assert (answer.status, answer.json["items"]) == (200, [])


def test_what_was_refused_is_in_the_audit_before_the_function_is_frozen(function, sample):
    api = function(database=sample, XMONITOR_READ_ACCESS="keys").start()
    answer = HTTPAnswer(api.invoke(http_event("GET", "/v1/feed", [("x-api-key", "wrong")])))
    with api.frozen():
        assert answer.status == 401
        assert int(sql(sample, "SELECT count(*) FROM audit_events WHERE action = 'access.refused'")) > 0
        assert answer.headers["x-request-id"] in api.log.read_text()
