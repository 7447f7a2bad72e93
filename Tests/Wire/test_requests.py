"""What RFC 9110 and 9112 ask of a server about requests and connections, one rule each, as bytes."""

import json
import socket

import pytest

from raw import EMPTY, INGEST, JSON, KEY, WITH_KEY, Raw

# Expect: RFC 9110, 10.1.1

def test_who_waits_for_100_gets_it_before_the_body_is_sent(raw):
    raw.send(INGEST, JSON, WITH_KEY, f"Content-Length: {len(EMPTY)}", "Expect: 100-Continue")
    assert raw.head()[0].split()[1] == "100"
    assert raw.send_bytes(EMPTY).answer().code == 200
    assert raw.send("GET /health/live HTTP/1.1").answer().code == 200


@pytest.mark.parametrize("lines, code", [
    ([JSON, "x-api-key: wrong", "Content-Length: 100"], 401), ([JSON, WITH_KEY, "Content-Length: 99999999"], 413),
    (["Content-Type: text/plain", WITH_KEY, "Content-Length: 100"], 415), ([JSON, WITH_KEY, "Content-Length: 100", "Content-Encoding: br"], 415)])
def test_who_is_refused_need_not_send_the_body(raw, lines, code):
    answer = raw.send(INGEST, *lines, "Expect: 100-continue").answer()
    assert answer.code == code and answer.ends
    assert raw.has_ended()


def test_an_unknown_expectation_fails(raw):
    answer = raw.send(INGEST, JSON, WITH_KEY, "Content-Length: 100", "Expect: a-miracle").answer()
    assert (answer.code, answer.problem) == (417, "expectation_failed") and answer.ends


def test_a_client_of_http_1_0_gets_no_100(raw):
    raw.send(INGEST.replace("1.1", "1.0"), JSON, WITH_KEY, f"Content-Length: {len(EMPTY)}", "Expect: 100-continue", body=EMPTY)
    assert raw.answer().code == 200

# HTTP/1.0: RFC 9112, 6 and 9.3

@pytest.mark.parametrize("path", ["/v1/feed.csv", "/v1/feed.ndjson", "/v1/feed", "/nothing"])
def test_a_client_of_http_1_0_gets_no_chunks_and_the_connection_ends(raw, path):
    answer = raw.send(f"GET {path} HTTP/1.0", host=None).answer()
    assert answer.version == "HTTP/1.0" and "transfer-encoding" not in answer.headers and answer.ends
    assert len(answer.body) > 50 and raw.has_ended()


def test_a_file_is_the_same_in_both_versions(address):
    bodies = []
    for version in ("1.0", "1.1"):
        with Raw(address) as raw:
            bodies.append(raw.send(f"GET /v1/feed.csv HTTP/{version}").answer().body)
    assert bodies[0] == bodies[1]


def test_a_client_of_http_1_0_may_keep_the_connection_where_the_length_is_known(raw):
    for _ in range(2):
        answer = raw.send("GET /health/live HTTP/1.0", "Connection: Keep-Alive").answer()
        assert answer.headers["connection"] == "keep-alive"
    assert raw.send("GET /v1/feed.csv HTTP/1.0", "Connection: keep-alive").answer().ends

# Connections: RFC 9110, 7.6.1; RFC 9112, 9

@pytest.mark.parametrize("value", ["close", "Close", "Upgrade, close", "close, TE", "keep-alive,close", "TE ,  CLOSE"])
def test_connection_is_a_list_of_words_without_case(raw, value):
    raw.send("GET /health/live HTTP/1.1", f"Connection: {value}", "Upgrade: h2c")
    assert raw.answer().ends and raw.has_ended()


def test_several_lines_of_connection_are_one_list(raw):
    assert raw.send("GET /health/live HTTP/1.1", "Connection: TE", "Connection: close").answer().ends
    assert raw.has_ended()


def test_nothing_is_done_after_a_request_that_ends_the_connection(raw):
    raw.send_bytes(b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
    assert raw.answer().code == 200 and raw.has_ended()


def test_who_asks_for_another_protocol_is_not_left_waiting(address):
    """`curl --http2` and Java ask so, and send their next request here when the connection stays."""
    with Raw(address) as raw:
        answer = raw.send("GET /health/live HTTP/1.1", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMA").answer()
        assert answer.code == 200 and answer.ends and raw.has_ended()


def test_requests_in_a_row_are_answered_in_their_order(raw):
    raw.send_bytes(b"".join(b"%s %s HTTP/1.1\r\nHost: a\r\n\r\n" % request for request in [
        (b"GET", b"/v1/feed"), (b"HEAD", b"/v1/feed"), (b"GET", b"/nothing"), (b"GET", b"/health/live")]))
    assert [raw.answer(to_head=index == 1).code for index in range(4)] == [200, 200, 404, 200]


def test_who_closes_his_side_gets_the_whole_answer(address):
    with Raw(address, buffer=4096) as raw:
        raw.send("GET /v1/feed?limit=60 HTTP/1.1")
        raw.socket.shutdown(socket.SHUT_WR)
        assert len(json.loads(raw.answer().body)["items"]) > 10 and raw.has_ended()

# Host and target: RFC 9112, 3.2

@pytest.mark.parametrize("hosts", [[], ["a", "a"], ["a", "b"], ["a b"], ["a/b"], ["a@b"], ["a:port"], ["[::1"], ["a?b"], ["a,b c"]])
def test_a_request_has_one_host(raw, hosts):
    answer = raw.send("GET /health/live HTTP/1.1", *(f"Host: {host}" for host in hosts), host=None).answer()
    assert (answer.code, answer.problem) == (400, "malformed_request") and answer.ends and answer.headers["date"]
    assert raw.has_ended()


@pytest.mark.parametrize("host", ["a", "A.example:80", "[::1]:8080", "", "a_b", "xn--bcher-kva.example:"])
def test_a_host_that_is_one(raw, host):
    assert raw.send("GET /health/live HTTP/1.1", host=host).answer().code == 200


def test_a_client_of_http_1_0_needs_no_host_but_may_not_have_two(address):
    for hosts, code in (([], 200), (["Host: a", "Host: a"], 400)):
        with Raw(address) as raw:
            assert raw.send("GET /health/live HTTP/1.0", *hosts, host=None).answer().code == code


def test_the_host_of_a_whole_address_counts(raw):
    answer = raw.send("GET http://proxied.example:81/v1/feed.json?limit=1 HTTP/1.1", host="other.example").answer()
    assert json.loads(answer.body)["feed_url"].startswith("http://proxied.example:81/v1/feed.json?limit=1")
    for target in ("HTTP://feed.example", "http://feed.example?x=1", "https://feed.example/"):
        assert raw.send(f"GET {target} HTTP/1.1").answer().headers["content-type"].startswith("text/html")


def test_a_whole_address_is_taken_as_it_is(raw):
    answer = raw.send("GET http://feed.example/v1/feed?q=%zz HTTP/1.1").answer()
    assert (answer.code, answer.problem) == (400, "malformed_url")


@pytest.mark.parametrize("target", ["health/live", "http:///health/live", "http://a@b/health/live", "ftp://a/health/live", "*", "/health/live#part"])
def test_what_is_no_address(raw, target):
    answer = raw.send(f"GET {target} HTTP/1.1").answer()
    assert (answer.code, answer.problem) == (400, "malformed_request") and answer.ends


def test_the_server_as_a_whole_is_asked(raw):
    for _ in range(2):
        answer = raw.send("OPTIONS * HTTP/1.1").answer()
        assert answer.code == 204 and "GET" in answer.headers["allow"] and "content-length" not in answer.headers


def test_an_empty_line_before_a_request_does_not_matter(raw):
    raw.send_bytes(b"\r\nGET /health/live HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
    assert raw.answer().code == raw.answer().code == 200


@pytest.mark.parametrize("method, code", [("TRACE", 405), ("DELETE", 405), ("PUT", 405), ("PROPFIND", 405), ("CONNECT", 501), ("FROB", 400), ("get", 400)])
def test_other_methods(raw, method, code):
    answer = raw.send(f"{method} {'a:80' if method == 'CONNECT' else '/v1/feed'} HTTP/1.1").answer()
    assert answer.code == code
    if code == 405:
        assert answer.headers["allow"] == "GET, HEAD"
    assert KEY.encode() not in answer.body
