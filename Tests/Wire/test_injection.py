"""What a caller sends ends in no line of the log and in no header as anything but what it is."""

import json

from raw import Raw

# Line breaks cannot be in a header; what stands for them elsewhere can.
EVIL = 'x\\r\\nSet-Cookie: a=b%0d%0aSet-Cookie:%20a=b"}\\u000a{"level":"forged"'
PATHS = ("/v1/feed.csv?q=%0d%0aSet-Cookie:%20a=b", "/v1/feed.csv?handle=a%22%0d%0aSet-Cookie:%20a=b", "/v1/feed%0d%0aSet-Cookie:%20a=b",
         "/v1/feed?%0d%0aSet-Cookie:%20a=b=1", "/%0d%0aLocation:%20x%0a{%22level%22:%22forged%22}")


def test_nothing_can_be_forged(archive, serve):
    server = serve(archive)
    headers = "".join(f"{name}: {EVIL}\r\n" for name in ("User-Agent", "X-Request-ID", "X-API-Key", "X-Forwarded-For", "Origin", "Referer"))
    with Raw(server.address.removeprefix("http://")) as raw:
        for path in PATHS:
            raw.send_bytes(f"GET {path} HTTP/1.1\r\nHost: a\r\n{headers}\r\n".encode())
            answer = raw.answer()
            assert "set-cookie" not in answer.headers and "location" not in answer.headers
            name = answer.headers.get("content-disposition", "").partition("filename=")[2].strip('"')
            assert all(character.isalnum() or character in "-." for character in name), name
    server.stop()  # what it has to log is written then
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert len([line for line in lines if "route" in line]) == len(PATHS)
    assert {line["level"] for line in lines} <= {"info", "warning", "error"}
