"""What RFC 9110 asks of a server about the fields of requests and answers, one rule each, as bytes."""

import gzip
import json

import pytest

from raw import KEY, ingest


@pytest.mark.parametrize("kind", [
    "application/json ; charset=utf-8", "application/json\t;\tcharset=\"UTF-8\"", "Application/JSON;Charset=utf-8", "application/json;", "application/x+json ; v=1"])
def test_white_space_around_parameters_does_not_matter(raw, kind):
    assert ingest(raw, kind=(f"Content-Type: {kind}",)).code == 200


@pytest.mark.parametrize("kind", ["application/json; charset=latin1", "application/json ;charset=\"utf-16\"", "text/json5", "json", ";application/json"])
def test_another_kind_or_charset_is_refused(raw, kind):
    assert ingest(raw, kind=(f"Content-Type: {kind}",)).problem == "unsupported_media_type"


@pytest.mark.parametrize("lines", [
    (f"Authorization: Bearer  {KEY}",), (f"authorization: bEaReR   {KEY}",), (f"x-api-key: {KEY}", "Authorization: Bearer wrong"),
    ("x-api-key: wrong", f"Authorization: Bearer {KEY}"), ("x-api-key: wrong", f"x-api-key: {KEY}"), ("x-api-key:", f"Authorization: Bearer {KEY}"),
    (f"x-api-key: {KEY}", "Authorization: Basic YTpi")])
def test_one_right_key_is_enough(raw, lines):
    assert ingest(raw, key=lines).code == 200


@pytest.mark.parametrize("lines", [
    (), ("x-api-key:",), ("x-api-key: ",), ("Authorization: Bearer",), ("Authorization: Bearer ",), (f"Authorization: {KEY}",),
    (f"Authorization: Basic {KEY}",), (f"Authorization: Bearer{KEY}",), (f"x-api-key: {KEY} ,",), (f"x-api-key: {KEY[:-1]}",)])
def test_what_is_no_key_is_refused(raw, lines):
    answer = ingest(raw, key=lines)
    assert answer.code == 401 and answer.headers["www-authenticate"].startswith("Bearer")


def test_every_answer_has_a_date(raw):
    for line, code in (("GET /health/live", 200), ("GET /nothing", 404), ("OPTIONS *", 204), ("GET nowhere", 400)):
        answer = raw.send(f"{line} HTTP/1.1").answer()
        assert answer.code == code and answer.headers["date"].endswith(" GMT")


def test_a_range_is_not_served(raw):
    answer = raw.send("GET /v1/feed.csv HTTP/1.1", "Range: bytes=0-9").answer()
    assert answer.code == 200 and len(answer.body) > 10 and "content-range" not in answer.headers


def test_tags_come_in_lists_weak_or_as_a_star(raw):
    tag = raw.send("GET /v1/feed HTTP/1.1").answer().headers["etag"]
    for value in (tag, tag.removeprefix("W/"), "W/" + tag.removeprefix("W/"), f'"a", {tag} ,"b"', f'"a,b",{tag}', "*"):
        answer = raw.send("GET /v1/feed HTTP/1.1", f"If-None-Match: {value}").answer()
        assert (answer.code, answer.headers["etag"], answer.body) == (304, tag, b"")
    assert raw.send("GET /v1/feed HTTP/1.1", 'If-None-Match: "a"', f"If-None-Match: {tag}").answer().code == 304
    assert raw.send("GET /v1/feed HTTP/1.1", 'If-None-Match: "a"').answer().code == 200


@pytest.mark.parametrize("value, packed", [
    ("gzip", True), ("GZip", True), ("x-gzip", True), ("*", True), ("br, gzip ; q=0.5", True), ("gzip;q=0", False), ("*;q=0", False), ("identity", False),
    ("identity;q=0, *", True), ("gzip;q=0.1, identity;q=0.5", False), ("", False), ("gzip;q=0, *", False)])
def test_codings_of_an_answer(raw, value, packed):
    answer = raw.send("GET /v1/feed HTTP/1.1", f"Accept-Encoding: {value}").answer()
    assert (answer.headers.get("content-encoding") == "gzip") == packed
    json.loads(gzip.decompress(answer.body) if packed else answer.body)
