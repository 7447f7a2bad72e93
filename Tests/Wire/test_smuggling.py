"""Requests whose end two readers could see in different places: refused, and the connection with them, so that nothing hides behind."""

import pytest

from raw import Raw

POST = (b"POST /v1/ingest/posts/batch HTTP/1.1\r\nHost: a\r\nX-API-Key: a-key-for-the-wire\r\nContent-Type: application/json\r\n")
GET = b"GET /health/live HTTP/1.1\r\n"
HIDDEN = b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize("sent", [
    POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    POST + b"Transfer-Encoding: chunked\r\nContent-Length: 100\r\n\r\n0\r\n\r\n",
    POST + b"Content-Length: 2\r\nContent-Length: 44\r\n\r\n{}",
    *(POST + b"Content-Length:" + length + b"\r\n\r\n{}" for length in (b" 2, 44", b" -2", b" +2", b" 0x2", b" 2 2", b"", b" 9" * 30)),
    POST + b"Content-Length : 2\r\n\r\n{}",
    *(POST + b"Transfer-Encoding:" + coding + b"\r\n\r\n0\r\n\r\n" for coding in (
        b" chunked, gzip", b" chunked\r\nTransfer-Encoding: identity", b"\x0bchunked")),
    GET + b"Host: a\r\nX-A: b\r\n c\r\n\r\n", GET + b"Host: a\r\nX-A: b\x00c\r\n\r\n", GET + b"Host: a\r\nX-A: b\rX-B: c\r\n\r\n",
    GET + b"Host: a\r\nX A: b\r\n\r\n", GET + b" Host: a\r\n\r\n", GET + b"Host: a\r\nnonsense\r\n\r\n",
    b"GET /health/live HTTP/1.1\nHost: a\n\n", b"GET /health/live\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    *(b"GET / HTTP/" + version + b"\r\nHost: a\r\n\r\n" for version in (b"2.0", b"1.9", b"31.1")),
    *(line + b" HTTP/1.1\r\nHost: a\r\n\r\n" for line in (b"G{}T /", b"GET /a b", b"GET /a\x01b")),
], ids=lambda sent: ascii(sent.replace(POST, b"").replace(GET, b""))[2:50])
def test_nothing_hides_behind_it(address, sent):
    with Raw(address) as raw:
        raw.send_bytes(sent + HIDDEN)
        answer = raw.answer()
        assert answer.code == 400 and answer.headers["connection"] == "close", answer.body
        assert b'"malformed_request"' in answer.body
        assert raw.has_ended()
