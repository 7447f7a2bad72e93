"""Requests and answers in the payload format 2.0, as an HTTP API and a function URL make and read them."""

import base64
import json
from urllib.parse import unquote_to_bytes

API, URL = "a1b2c3.execute-api.us-east-1.amazonaws.com", "a1b2c3.lambda-url.us-east-1.on.aws"
TEXT = ("text/", "application/json", "application/javascript", "application/xml")


def http_event(method, target, headers=(), body=b"", domain=API):
    """The event of a request. `headers` are pairs; an HTTP API decodes the path, a function URL does not."""
    path, _, query = target.partition("?")
    if domain == API:
        path = unquote_to_bytes(path).decode("utf-8", "replace")
    joined, cookies = {"host": domain}, []
    for name, value in headers:
        name = name.lower()
        if name == "cookie":
            cookies += [cookie.strip() for cookie in value.split(";")]
        else:
            joined[name] = f"{joined[name]},{value}" if name in joined and name != "host" else value
    event = {
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": joined,
        "requestContext": {
            "accountId": "123456789012", "apiId": "a1b2c3", "domainName": domain, "domainPrefix": "a1b2c3", "requestId": "id",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test"},
            "routeKey": "$default", "stage": "$default", "time": "12/Mar/2026:19:03:58 +0000", "timeEpoch": 1773342238390},
        "isBase64Encoded": False}
    if cookies:
        event["cookies"] = cookies
    if body:
        is_text = "content-encoding" not in joined and any(joined.get("content-type", "").startswith(kind) for kind in TEXT)
        try:
            event["body"] = body.decode() if is_text else base64.b64encode(body).decode()
        except UnicodeDecodeError:
            is_text, event["body"] = False, base64.b64encode(body).decode()
        event["isBase64Encoded"] = not is_text
    return event


class HTTPAnswer:
    """What a client gets of an invocation: status, headers in lower case, cookies, and the body piece by piece."""

    def __init__(self, invocation):
        assert invocation.error is None, invocation.error
        self.invocation, pieces = invocation, invocation.pieces()
        if invocation.is_stream:
            head, self._rest = _split_head(pieces)
        else:
            head, self._rest = json.loads(next(pieces)), iter(())
            body = head.get("body", "")
            self._rest = iter([base64.b64decode(body) if head.get("isBase64Encoded") else body.encode()])
        self.status, self.cookies = head["statusCode"], head.get("cookies", [])
        self.headers = {name.lower(): value for name, value in head.get("headers", {}).items()}
        self._body = None

    def pieces(self):
        return self._rest

    @property
    def body(self):
        if self._body is None:
            self._body = b"".join(self._rest)
        return self._body

    @property
    def json(self):
        return json.loads(self.body)


def _split_head(pieces):
    """The head of a streamed answer, and what comes behind its eight zero bytes."""
    read = b""
    while b"\0" * 8 not in read:
        read += next(pieces)
    head, _, first = read.partition(b"\0" * 8)

    def rest():
        if first:
            yield first
        yield from pieces
    return json.loads(head), rest()
