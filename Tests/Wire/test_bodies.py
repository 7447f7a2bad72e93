"""What RFC 9110 and 9112 ask of a server about the bodies of requests, one rule each, as bytes."""

import gzip
import json
import socket

import pytest

from raw import EMPTY, INGEST, JSON, KEY, OTHER_KEY, WITH_KEY, Raw, ingest

# Bodies: RFC 9112, 5 to 7

@pytest.mark.parametrize("lines", [
    ["Host : a"], ["Host: a", "X-A: b", " folded"], ["Host: a", "Content-Length: 5, 6"], ["Host: a", "Content-Length: 5", "Content-Length: 6"],
    ["Host: a", "Content-Length: +5"], ["Host: a", "Content-Length: -1"], ["Host: a", "Content-Length: 99999999999999999999"],
    ["Host: a", "Content-Length: 5", "Transfer-Encoding: chunked"], ["Host: a", "Transfer-Encoding: chunked, identity"],
    ["Host: a", "X A: b"], ["Host: a", ": b"], ["Host: a", "X-A: b\0c"], ["Host: a", "X-A"]])
def test_a_head_that_could_be_read_in_two_ways_ends_the_connection(raw, lines):
    answer = raw.send(INGEST, *lines, host=None, body=b"0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: a\r\n\r\n").answer()
    assert answer.code == 400 and answer.ends and raw.has_ended()


def test_chunks_have_no_place_in_http_1_0(raw):
    answer = raw.send(INGEST.replace("1.1", "1.0"), "Transfer-Encoding: chunked", body=b"0\r\n\r\n").answer()
    assert answer.code == 400 and raw.has_ended()


def test_an_unknown_transfer_coding(raw):
    answer = raw.send(INGEST, "Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n").answer()
    assert (answer.code, answer.problem) == (501, "not_implemented") and answer.ends


def test_a_refusal_waits_for_the_answers_before_it(raw):
    raw.send_bytes(b"GET /v1/feed HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/feed HTTP/1.1\r\n\r\nGET /v1/feed HTTP/1.1\r\nHost: a\r\n\r\n")
    assert [raw.answer().code, raw.answer().code] == [200, 400] and raw.has_ended()


def chunks(*pieces, end=b"0\r\n\r\n"):
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


def chunked(raw, body):
    return raw.send(INGEST, JSON, WITH_KEY, "Transfer-Encoding: Chunked", body=body).answer()


def test_chunks_with_extensions_and_trailers(raw):
    assert chunked(raw, b'5;a=b;c="d"\r\n{"ite\r\n8\r\nms": []}\r\n0\r\nX-Trailer: a\r\n\r\n').code == 200
    assert raw.send("GET /health/live HTTP/1.1").answer().code == 200


def test_trailers_without_end_are_refused(raw):
    answer = chunked(raw, chunks(EMPTY, end=b"0\r\n" + b"X-Trailer: %s\r\n" % (b"x" * 1000) * 100))
    assert (answer.code, answer.problem) == (400, "malformed_request") and answer.ends


@pytest.mark.parametrize("body", [b"zz\r\n", b"5\r\n{}xxxxxxx\r\n", b"-1\r\n", b"ffffffffffffffffff\r\n", b"5\n{}   \n0\n\n"])
def test_a_bad_chunk_is_a_fault_of_the_client(address, log, body):
    with Raw(address) as raw:
        answer = chunked(raw, body)
        assert (answer.code, answer.problem) == (400, "malformed_request") and answer.ends
    assert '"level":"error"' not in log()


@pytest.mark.parametrize("framing, sent", [("Content-Length: 1000", b'{"items": ['), ("Transfer-Encoding: chunked", b"ff\r\n{")])
def test_an_upload_that_breaks_off_is_a_fault_of_the_client(address, log, framing, sent):
    with Raw(address) as raw:
        raw.send(INGEST, JSON, WITH_KEY, framing, body=sent)
        raw.socket.shutdown(socket.SHUT_WR)
        answer = raw.answer()
        assert (answer.code, answer.problem) == (400, "malformed_request")
    assert '"level":"error"' not in log() and '"status":500' not in log()


@pytest.mark.parametrize("headers, code", [((JSON,), 401), ((JSON, WITH_KEY), 413), (("Content-Type: text/plain", WITH_KEY), 415)])
def test_a_body_that_is_not_wanted_is_not_read_to_its_end(raw, headers, code):
    answer = raw.send(INGEST, *headers, "Content-Length: 1000000000", body=b"{").answer()
    assert answer.code == code and answer.ends
    assert raw.has_ended()


def test_a_body_that_trickles_does_not_keep_the_connection(raw):
    assert raw.send(INGEST, JSON, "Content-Length: 1000000000", body=b"{").answer().code == 401
    with pytest.raises(OSError):
        while True:
            raw.send_bytes(b" " * 100)


def test_a_get_with_a_body_that_does_not_come_ends_the_connection(raw):
    assert raw.send("GET /health/live HTTP/1.1", "Content-Length: 100").answer().ends
    assert raw.has_ended()


def test_a_connection_stays_when_the_refused_body_was_read(raw):
    assert not ingest(raw, key=("x-api-key: wrong",)).ends
    assert ingest(raw).code == 200

# Content-Encoding of a body: RFC 9110, 8.4

def test_a_packed_batch_is_taken(raw):
    packed = gzip.compress(EMPTY)
    for coding in ("gzip", "GZIP", "x-gzip"):
        assert ingest(raw, f"Content-Encoding: {coding}", body=packed).code == 200
    assert ingest(raw, "Content-Encoding: gzip", body=gzip.compress(EMPTY[:5]) + gzip.compress(EMPTY[5:])).code == 200
    assert ingest(raw, "Content-Encoding: identity").code == 200


def test_a_packed_batch_is_the_same_batch(raw):
    answers = [ingest(raw, "Idempotency-Key: packed-or-not"), ingest(raw, "Idempotency-Key: packed-or-not", "Content-Encoding: gzip", body=gzip.compress(EMPTY))]
    assert [answer.code for answer in answers] == [200, 200] and answers[0].body == answers[1].body


def test_a_batch_that_unpacks_to_too_much_is_refused(raw):
    bomb = gzip.compress(b'{"items": ["' + b" " * (64 << 20) + b'"]}')
    answer = ingest(raw, "Content-Encoding: gzip", body=bomb)
    assert (answer.code, answer.problem) == (413, "too_large")


@pytest.mark.parametrize("body", [b"", EMPTY, gzip.compress(EMPTY)[:-1], gzip.compress(EMPTY)[:-5] + b"12345", gzip.compress(EMPTY) + b"x"])
def test_what_is_not_packed_as_it_says(raw, body):
    answer = ingest(raw, "Content-Encoding: gzip", body=body)
    assert (answer.code, answer.problem) == (400, "malformed_request")


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "compress"])
def test_another_coding_is_refused_by_its_name(raw, coding):
    answer = ingest(raw, f"Content-Encoding: {coding}")
    assert (answer.code, answer.problem) == (415, "unsupported_coding") and "gzip" in answer.headers["accept-encoding"]
    assert coding in json.loads(answer.body)["detail"]


def test_bodies_beyond_the_memory_for_them_are_asked_for_later(address):
    """Four bodies of the largest size are read at once, two of them of one key; a fifth is not asked for, until one of them is gone."""
    def begin(key=KEY):
        raw = Raw(address)
        raw.send(INGEST, JSON, f"x-api-key: {key}", f"Content-Length: {4 << 20}", "Expect: 100-continue")
        return raw

    held = [begin(key) for key in (KEY, KEY)]
    with begin() as third:
        assert third.answer().problem == "too_many_uploads"
    held += [begin(key) for key in (OTHER_KEY, OTHER_KEY)]
    for raw in held:
        assert raw.head()[0] == "HTTP/1.1 100 Continue"
    with begin() as fifth:
        answer = fifth.answer()
        assert (answer.code, answer.problem, answer.headers["retry-after"]) == (503, "too_many_uploads", "5")
    for raw in held:
        raw.socket.close()
    with begin() as sixth:
        assert sixth.head()[0] == "HTTP/1.1 100 Continue"
