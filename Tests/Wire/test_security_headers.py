"""Every answer says what a browser may do with it, also those that are made where there is no request yet."""

import pytest

from raw import Raw, ingest

ALL = {
    "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin", "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
OF_AN_ANSWER = ALL | {"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}


def check(answer, code, of=None):
    of = of or OF_AN_ANSWER
    assert answer.code == code
    assert {name: answer.headers.get(name) for name in of} == of
    # Without TLS in front of it the server does not ask for it, and nobody is told what it is made of.
    assert not {"strict-transport-security", "server", "x-powered-by"} & set(answer.headers)


@pytest.mark.parametrize("lines, code", [
    ((b"HELLO",), 400), ((b"GET /v1/feed HTTP/9.9",), 400), ((b"GET /v1/feed HTTP/1.1", b"a b: c"), 400), ((b"GET nowhere HTTP/1.1",), 400),
    ((b"GET /v1/feed HTTP/1.1", b"Content-Length: x"), 400), ((b"CONNECT a:1 HTTP/1.1",), 501),
    ((b"POST /v1/ingest/runs HTTP/1.1", b"Transfer-Encoding: gzip"), 501), ((b"GET /v1/feed HTTP/1.1", b"a: " + 90_000 * b"b"), 400)])
def test_what_cannot_be_read(raw, lines, code):
    check(raw.send(*lines).answer(), code)


def test_what_is_refused_because_of_its_body(raw):
    check(raw.send("POST /v1/ingest/runs HTTP/1.1", "x-api-key: a-key-for-the-wire", "content-type: application/json",
                   f"content-length: {1 << 30}").answer(), 413)


def test_answers_to_head_and_to_who_has_them_already(raw):
    for path, of in (("/v1/feed", OF_AN_ANSWER), ("/", ALL), ("/js/app.js", ALL)):
        whole = raw.send(f"GET {path} HTTP/1.1").answer()
        check(whole, 200, of)
        check(raw.send(f"HEAD {path} HTTP/1.1").answer(to_head=True), 200, of)
        check(raw.send(f"GET {path} HTTP/1.1", f"if-none-match: {whole.headers['etag']}").answer(), 304, of)
        assert "unsafe" not in whole.headers["content-security-policy"]


def test_answers_that_are_streams(raw):
    _, headers = raw.send("GET /v1/stream HTTP/1.1").head()
    assert {name: headers.get(name) for name in OF_AN_ANSWER} == OF_AN_ANSWER


def test_batches(raw):
    check(ingest(raw), 200)
    check(ingest(raw, key=("x-api-key: another",)), 401)


def test_a_connection_too_many(serve, archive):
    server = serve(archive, XMONITOR_CONNECTION_MAXIMUM="1")
    with Raw(server.address) as first:
        check(first.send("GET /health/live HTTP/1.1").answer(), 200)
        with Raw(server.address) as second:
            check(second.send("GET /health/live HTTP/1.1").answer(), 503)
