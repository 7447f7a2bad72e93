"""Questions that nobody meant get an answer or a refusal, and never a fault of the server."""

import json

import pytest

TEXTS = [
    "(a+)+$", "[", "\\", "%25", "_", "%25%25%25_", "*", "'", "\"", "';%20DROP%20TABLE%20posts;%20--", "%00", "a%00b", "%EF%BF%BF", "%E2%80%AE", "%F0%9F%9A%80",
    "e%CC%81", "%20", "+", "%0D%0A", "a" * 1_024, "%F0%9F%9A%80" * 256, "%E0%A0%80", "%ED%A0%80", "%C0%AF", "%", "%4", "%zz"]
QUERIES = [
    *(f"{name}={text}" for name in ("q", "exclude", "handle", "source_query") for text in TEXTS),
    "&".join(f"exclude=x{number}" for number in range(50)), "source_query=" + "x" * 51_000, "tz=../../etc/passwd", "tz=/etc/passwd", "tz=%2E%2E",
    "since=0001-01-01", "until=9999-12-31", "since=0000-01-01", "until=10000-01-01", "since=9999-12-31&tz=Pacific/Kiritimati",
    "min_likes=9223372036854775807", "min_likes=9223372036854775808", "min_likes=-1", "min_likes=1e3", "limit=999999999999999999999",
    "cursor=" + "A" * 2_000, "sort=likes;DROP", "tier=%00", "a" * 4_000 + "=1", "=", "&&&", "=&=", "?", "q", "q=a&q=b",
    "&".join(f"p{number}=1" for number in range(2_000))]
VIEWS = ["/v1/feed", "/v1/facets", "/v1/stats/timeline", "/v1/feed.csv", "/v1/feed.atom", "/v1/changes", "/v1/runs"]
PLACES = [
    "/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/js/../../README.md", "/js/..%2f..%2fREADME.md", "/.%2e/README.md",
    "//etc/passwd", "/posts/../../README.md", "/docs/%2e%2e/%2e%2e/README.md", "/index.html%00.js", "/js\\..\\..\\README.md", "/v1/posts/%2e%2e",
    "/v1/posts/" + "9" * 3_000, "/v1/posts/%00", "/v1/posts/'", "/v1/ingest/batches/99999999999999999999", "/%ff", "/%"]


def check(connection, path):
    status, headers, body = connection.ask(path, x_api_key="a-key-for-the-wire")
    assert status == 200 or 400 <= status < 500, (path[:200], status, body[:500])
    if status != 200:
        assert headers["content-type"] == "application/problem+json"
        problem = json.loads(body)
        for inner in ("postgres", "sqlstate", "select ", "swift", "/sources/"):
            assert inner not in problem["detail"].lower(), (path[:200], problem)
    return status, body


@pytest.mark.parametrize("view", VIEWS)
def test_a_question_that_nobody_meant(connection, view):
    assert {check(connection, f"{view}?{query}")[0] for query in QUERIES} == {200, 400} or view in ("/v1/changes", "/v1/runs")


def test_no_address_leads_out_of_the_web_folder(connection):
    for place in PLACES:
        status, body = check(connection, place)
        assert status != 200 and b"root:" not in body and b"# XMonitor" not in body, place
