"""Answers as bytes on a connection that stays open."""

import gzip
import http.client
import json
import socket
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"


# A stream has no end, feed tokens are those of a reader who signed in, and the audit takes another key.
NOT_READ = ("/v1/stream", "/v1/me/feed-tokens", "/v1/audit")


def read_operations(connection):
    """An address of each operation that is read and answers at once."""
    document = yaml.safe_load((ROOT / "docs/openapi.v1.yaml").read_text())
    post = json.loads(connection.ask("/v1/feed?limit=1")[2])["items"][0]["status_id"]
    paths = [path for path, operations in document["paths"].items() if "get" in operations and path not in NOT_READ and "/auth/" not in path]
    return [path.replace("{statusId}", post).replace("{batchId}", "1") for path in paths]


def web_files():
    return ["/", *(f"/{path.relative_to(WEB).as_posix()}" for path in WEB.rglob("*") if path.is_file())]


def check(connection, path):
    plain = connection.ask(path, x_api_key="a-key-for-the-wire")
    assert plain[0] == 200 and "content-encoding" not in plain[1], path
    assert int(plain[1].get("content-length", len(plain[2]))) == len(plain[2])
    packed = connection.ask(path, Accept_Encoding="gzip, deflate, br", x_api_key="a-key-for-the-wire")
    if "content-encoding" in packed[1]:
        assert packed[1]["content-encoding"] == "gzip"
        assert gzip.decompress(packed[2]) == plain[2]
        assert len(packed[2]) < len(plain[2])
        assert "accept-encoding" in plain[1]["vary"].lower()
    else:
        assert packed[2] == plain[2]
    assert packed[1].get("etag") == plain[1].get("etag")
    for encoding, whole in (("identity", plain), ("gzip", packed)):
        status, headers, body = connection.ask(path, "HEAD", Accept_Encoding=encoding, x_api_key="a-key-for-the-wire")
        assert (status, body) == (200, b"")
        for name in ("etag", "content-type", "cache-control", "vary", "content-encoding"):
            assert headers.get(name) == whole[1].get(name), (path, name)
        if "content-length" in headers:
            assert headers["content-length"] == whole[1]["content-length"]
    tag = plain[1].get("etag")
    if tag:
        status, headers, body = connection.ask(path, If_None_Match=tag, Accept_Encoding="gzip", x_api_key="a-key-for-the-wire")
        assert (status, body) == (304, b"") and headers["etag"] == tag
        assert headers.get("vary") == plain[1].get("vary") and headers["cache-control"] == plain[1]["cache-control"]
    return plain, packed


def test_every_operation_that_is_read(connection):
    for path in read_operations(connection):
        if path == "/v1/freshness":
            continue  # tells the time: no two answers are the same
        plain, packed = check(connection, path)
        assert plain[1].get("etag") or "content-length" not in plain[1]
    assert len(check(connection, "/v1/feed")[1][2]) < 10_000


def test_every_file_of_the_web_feed(connection):
    for path in web_files():
        (_, headers, plain), (_, packed_headers, packed) = check(connection, path)
        assert plain == (WEB / ("index.html" if path == "/" else path[1:])).read_bytes()
        assert headers["etag"].startswith('W/"')
        if len(plain) > 4_000:
            assert packed_headers["content-encoding"] == "gzip" and len(packed) < len(plain) / 2


def test_an_answer_to_head_has_no_end_of_a_body(connection):
    for path in ("/v1/stream", "/v1/feed", "/v1/nothing", "/v1/posts/unknown", "/nothing", "/"):
        for encoding in ("identity", "gzip"):
            assert connection.ask(path, "HEAD", Accept_Encoding=encoding)[2] == b""
            assert connection.ask("/health/live")[2] == b'{"ok":true}'


def test_what_is_never_stored(connection):
    for path, method in (("/v1/feed?limit=0", "GET"), ("/v1/nothing", "GET"), ("/v1/ingest/runs", "POST"), ("/v1/posts/unknown", "GET")):
        assert connection.ask(path, method)[1]["cache-control"] == "no-store"
    assert connection.ask("/v1/ingest/batches/1", x_api_key="a-key-for-the-wire")[1]["cache-control"] == "private, no-cache"
    assert connection.ask("/v1/feed")[1]["cache-control"] == "no-cache"


def test_a_page_of_another_origin_reads_and_does_not_write(connection):
    origin = "https://feed.example.com"
    asked = {"Origin": origin, "Access_Control_Request_Method": "GET", "Access_Control_Request_Headers": "if-none-match"}
    status, headers, body = connection.ask("/v1/feed", "OPTIONS", **asked)
    assert (status, body) == (204, b"") and headers["access-control-allow-origin"] == origin
    assert connection.ask("/v1/ingest/runs", "OPTIONS", **asked | {"Access_Control_Request_Method": "POST"})[0] == 405
    assert connection.ask("/v1/feed", Origin=origin)[1]["access-control-allow-origin"] == origin
    assert "access-control-allow-origin" not in connection.ask("/v1/feed", Origin="https://evil.example.com")[1]


@pytest.mark.parametrize("sent, said", [
    (b"GET /v1/feed?" + b"&".join(b"exclude=" + b"x" * 1000 for _ in range(100)) + b" HTTP/1.1\r\nHost: a\r\n\r\n", "80 KB"),
    (b"GET /v1/feed HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n", "80 KB"),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello over TLS\r\n\r\n", "no request of HTTP/1.1: it does not begin with the name of a method"),
    (b"get / HTTP/1.1\r\nHost: a\r\n\r\n", "a method that is known here, such as GET or POST, in capitals"),
    (b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "a method that is known here"),
    (b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", "an address without spaces"),
    (b"GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n", "a sign that an address cannot have"),
    ("GET /ü HTTP/1.1\r\nHost: a\r\n\r\n".encode(), "a sign that an address cannot have"),
    (b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", "ends with HTTP/1.1 or HTTP/1.0"),
    (b"GET /\r\nHost: a\r\n\r\n", "ends with HTTP/1.1 or HTTP/1.0"),
    (b"GET / HTTP/1.1\nHost: a\n\n", "then CR and LF"),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n", "right behind it a colon"),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", "right behind it a colon"),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n", "a value of visible text"),
    (b"GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", "CR alone"),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "Content-Length of this request is no number"),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", "beside a Transfer-Encoding"),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "one Content-Length"),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", "cannot be read as a request of HTTP/1.1."),
])
def test_what_cannot_be_read_as_a_request_is_told_why(address, sent, said):
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=60) as sender:
        sender.sendall(sent)
        answer = http.client.HTTPResponse(sender)
        answer.begin()
        assert answer.status == 400 and answer.headers["content-type"] == "application/problem+json"
        problem = json.loads(answer.read())
        assert problem["code"] == "malformed_request" and said in problem["detail"]
        assert sender.recv(1) == b""
