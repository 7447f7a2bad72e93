"""Requests that nobody meant: real ones, and what becomes of them when something is dropped, doubled, cut, or out of all bounds."""

import json

import random_batches
from support.ingest_server import KEY, PATHS

AT = random_batches.moment
# Values as they are written, so that they need be no JSON.
BOUNDS = [
    "0", "-0", "-1", "1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "-9223372036854775809", "18446744073709551616", "1e400", "-1e400", "1e-400", "1E+2", "0.1", "1.0", "3.7", "9" * 5_000,
    "0." + "1" * 5_000, "1e999999999999", "01", "+1", ".5", "NaN", "Infinity", "0x10", "null", "true", "false", "nul", "[]", "{}",
    "[[]]", '[{"a": []}]', "[" * 50 + "]" * 50, "[" * 70 + "]" * 70, "[" * 3_000, '{"a":' * 70 + "1" + "}" * 70, '""', '" "',
    '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udfff"', '"\\ud83d\\ude80"', '"\\ud83d\\ud83d"', '"\\uffff"', '"\\x41"', '"\x01"',
    '"\u2028"', '"\ufeff"', '"\U0001f9d1\u200d\U0001f680"', '"' + "x" * 100_000 + '"', '"' + "\u00e4" * 3_000 + '"', '"@"', '"@@ada"',
    '"ADA"', '"\u0130"', '"1.2K"', '"12,345"', '"NaN"', '"0"', '"http://"', '"https://x"', '"HTTPS://X.COM/a"', '"javascript:alert(1)"',
    '"http://\\u0000"', '"teammate"', '"Teammate"', '"none"', '"vip"', '"latest_observed"', '"refresh-24h"', '"refresh24h"',
    '"0001-01-01T00:00:00Z"', '"0000-01-01T00:00:00Z"', '"9999-12-31T23:59:59.999999Z"', '"10000-01-01T00:00:00Z"',
    '"-0001-01-01T00:00:00Z"', '"2026-02-30T00:00:00Z"', '"2026-02-21"', '"2026-02-21T24:00:00Z"', '"2026-02-21T23:59:60Z"',
    '"2026-02-21T00:00:00.1234567Z"', '"2026-02-21T00:00:00+15:59"', '"2026-02-21T00:00:00+99:99"', '"2026-02-21 00:00"',
    '"0001-01-01T00:00:00+14:00"', '"9999-12-31T23:59:59-14:00"', '"infinity"', '"-infinity"', '"now"', '"1771632000"', "1771632000",
    "[0.5, 1e-7]", "[1e400]", "[0.1, null]", '["0.1"]', "[" + "0.5," * 2_000 + "1]", '"[0.5]"', '"[NaN]"',
]
QUERIES = [
    "", "dry_run=true", "dry_run=false", "dry_run=", "dry_run", "dry_run=1", "dry_run=TRUE", "dry_run=true&dry_run=true", "retier=true",
    "retier=false&dry_run=true", "unknown=1", "=", "&", "&&=&", "%", "%2", "%zz", "%ff", "%00", "dry_run=%74rue", "limit=1", "limit=0",
    "limit=-1", "limit=201", "limit=1e2", "limit=9999999999999999999", "limit=+5", "limit=5&limit=5", "q=a", "q=%25_", "q=%F0%9F%9A%80",
    "q=%ed%a0%80", "q=%c0%80", "q=%00", "q=", "q=" + "a" * 1_024, "q=" + "a" * 1_025, "q=a+b", "tier=teammate",
    "tier=none&tier=ecosystem", "tier=vip", "tier=", "handle=ada&handle=%40Bert", "handle=", "handle=" + "h" * 2_000,
    "significant=true", "significant=maybe", "reported=false", "since=2026-02-21", "since=2026-02-21T00:00:00Z", "since=2026-02-30",
    "until=9999-12-31", "until=0001-01-01", "until=10000-01-01", "since=0001-01-01&tz=Asia/Tokyo",
    "until=9999-12-31&tz=America/Los_Angeles", "tz=UTC", "tz=Nowhere/City", "tz=..%2F..%2Fetc%2Fpasswd", "tz=", "cursor=",
    "cursor=AQAA", "cursor=" + "A" * 500, "cursor=%2B%2F%3D", "cursor=AQAA&cursor=AQAA", "a" * 3_000 + "=1", ";a=b", "q=a;b", "?",
    "q=%u0041",
]
PIECES = [
    "", "/", "//", "/.", "/..", "/%2e%2e", "/%2F", "/%00", "/%", "/%E0%A4%A", "/%ff", "/v1", "/V1", "/api", "/api/api", "/v1/", "/x",
    "/feed", "/posts", "/posts/1", "/provenance", "/ingest", "/batches", "/batches/1", "/batches/-1", "/batches/9223372036854775808",
    "/index.html", "/web", "/*", "/:id", "/{statusId}", "/" + "a" * 5_000, "/%C3%A4", "/'", '/"', "/;", "/+",
]
HEADERS = [
    ("content-type", "application/json"), ("content-type", "application/json; charset=utf-16"), ("content-type", "text/plain"),
    ("content-type", ""), ("content-type", ";"), ("content-type", "x/y+json"), ("content-type", "application/jsonx"), ("x-api-key", ""),
    ("x-api-key", "wrong"), ("x-api-key", "\xe4" * 40), ("authorization", f"Bearer {KEY}"), ("authorization", "Bearer"),
    ("authorization", "Basic eDp5"), ("authorization", "bearer  two"), ("idempotency-key", ""), ("idempotency-key", "k"),
    ("idempotency-key", "k" * 256), ("idempotency-key", "a b"), ("idempotency-key", "\xff"), ("x-request-id", "fuzz-1234"),
    ("x-request-id", "'" * 20), ("x-request-id", "a" * 3_000), ("accept", "nothing/at-all"), ("accept-encoding", "gzip;q=x"),
    ("content-encoding", "gzip"), ("if-none-match", "*"), ("if-none-match", '"'), ("range", "bytes=0-0"), ("range", "bytes=9-1"),
    ("expect", "100-continue"), ("user-agent", ""), ("user-agent", "u" * 2_000), ("user-agent", "\xc3\x28"), ("origin", "null"),
    ("x-forwarded-for", "::1"), ("cookie", "a=b; c"), ("te", "trailers"),
]
STRAY = [b"\xef\xbb\xbf", b"\0", b'"', b"{", b"}", b"[", b",", b"\\u0000", b"\\ud800", b"\xed\xa0\x80", b"1e400", b" " * 2_000]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
READS = [
    "/v1/feed", "/v1/health", "/health/live", "/health/ready", "/v1/openapi.yaml", "/v1/posts/2025000000000000000",
    "/v1/posts/2025000000000000000/provenance", "/v1/watch-accounts", "/v1/stats/summary", "/v1/ingest/batches/1", "/", "/index.html",
    "/posts/1",
]


def items(random, kind):
    """A real body."""
    known = random_batches.ids(4)
    if kind in random_batches.MAKERS:
        return {"items": random_batches.MAKERS[kind](random, known, random.randrange(1, 4))}
    if kind == "runs":
        mode = random.choice(("priority", "refresh-24h", "manual"))
        return {"run_at": AT(random.randrange(9)), "mode": mode, "fetched_count": 4, "note": "n", "source": None}
    if kind == "watch_accounts":
        return {"items": [{"handle": random.choice(("ada", "@Bert")), "tier": "ecosystem", "note": None, "added_at": AT(1)}]}
    return {"items": [{"status_id": random.choice(known), "backend": "b", "model": "m", "vector": [0.5, -1e-7], "dims": 2,
                       "text_hash": "h", "updated_at": AT(3)}]}


def nodes(value, path=()):
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield from nodes(child, (*path, name))


def bent(random, body):
    """A value of the body replaced, dropped, doubled, wrapped or renamed, as text."""
    raw = {}
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        path = random.choice(list(nodes(body)))
        if not path:
            body = random.choice((body, [body], {"items": body}, {"items": [body]}))
            continue
        parent = body
        for name in path[:-1]:
            parent = parent[name]
        how = random.randrange(6)
        if how == 0:
            del parent[path[-1]]
        elif how == 1 and isinstance(parent, dict):
            parent[random.choice((path[-1].upper(), path[-1] + " ", "", "\0", "x" * 5_000, "__proto__"))] = parent.pop(path[-1])
        elif how == 2 and isinstance(parent, dict):
            # The same member again, spelt in another way now and then.
            name = json.dumps(path[-1])
            spelt = f'"\\u{ord(name[1]):04x}{name[2:]}' if len(name) > 2 and name[1] != "\\" else name
            raw[token := f"@@{len(raw)}@@"] = f"{random.choice(BOUNDS)}, {random.choice((name, spelt))}: {json.dumps(parent[path[-1]])}"
            parent[path[-1]] = token
        elif how == 3 and isinstance(parent, list):
            parent.extend([parent[path[-1]]] * random.choice((1, 20, 1_001)))
        else:
            raw[token := f"@@{len(raw)}@@"] = random.choice(BOUNDS)
            parent[path[-1]] = token
    text = json.dumps(body, ensure_ascii=random.random() < .5)
    for token, literal in raw.items():
        text = text.replace(f'"{token}"', literal)
    return text.encode("utf-8", "surrogatepass")


def damaged(random, data):
    """Bytes flipped, cut, doubled or strewn in."""
    data = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8))):
        place = random.randrange(len(data) + 1)
        how = random.randrange(6)
        if how == 0 and place < len(data):
            data[place] ^= 1 << random.randrange(8)
        elif how == 1:
            data[place:place] = bytes(random.randrange(256) for _ in range(random.choice((1, 2, 50))))
        elif how == 2:
            del data[place:place + random.choice((1, 2, 50))]
        elif how == 3:
            data[place:place] = data[place:place + random.choice((1, 10, 300))]
        elif how == 4:
            del data[place:]
        else:
            data[place:place] = random.choice(STRAY)
    return bytes(data)


def request(random):
    """Method, target, headers and body of one request that is sound HTTP."""
    headers = {"x-api-key": KEY, "content-type": "application/json"}
    query = random.choice(QUERIES) if random.random() < .25 else ""
    if random.random() < .7:
        kind = random.choice(list(PATHS))
        method, path = "POST", PATHS[kind]
        body = items(random, kind)
        data = bent(random, body) if random.random() < .75 else json.dumps(body).encode()
        if random.random() < .2:
            data = damaged(random, data)
    else:
        method, path, data = "GET", random.choice(READS), b""
        query = random.choice(QUERIES) if random.random() < .7 else query
    if random.random() < .1:
        method = random.choice(METHODS)
    if random.random() < .1:
        path = random.choice(("", "/api", "/v1", path)) + "".join(random.choice(PIECES) for _ in range(random.randrange(1, 4))) or "/"
    if random.random() < .2:
        for name, value in random.sample(HEADERS, random.randrange(1, 3)):
            headers[name] = value
    if random.random() < .05:
        headers.pop(random.choice(list(headers)))
    target = path.encode() + (b"?" + query.encode() if query or random.random() < .02 else b"")
    return method, target, headers, data


def sound(random):
    """The bytes of one request that is sound HTTP."""
    method, target, headers, data = request(random)
    lines = [method.encode() + b" " + target + b" HTTP/1.1", b"host: localhost"]
    lines += [name.encode() + b": " + value.encode("latin-1") for name, value in headers.items()]
    if data and random.random() < .15:
        lines.append(b"transfer-encoding: chunked")
        cuts = sorted({0, len(data), *(random.randrange(len(data) + 1) for _ in range(3))})
        data = b"".join(b"%x\r\n%s\r\n" % (end - start, data[start:end]) for start, end in zip(cuts, cuts[1:])) + b"0\r\n\r\n"
    elif data or method not in ("GET", "HEAD"):
        lines.append(b"content-length: %d" % len(data))
    return method, b"\r\n".join(lines) + b"\r\n\r\n" + data


def broken(random):
    """The bytes of something that is no sound HTTP any more, with an end that a server will not wait for."""
    _, data = sound(random)
    head, _, body = data.partition(b"\r\n\r\n")
    return damaged(random, head) + b"\r\n\r\n" + body
