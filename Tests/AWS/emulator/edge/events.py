"""HTTP as events: payload 2.0 of HTTP APIs and function URLs, both ways."""

import base64
import json
import time
import uuid
from urllib.parse import parse_qsl, unquote

from emulator.edge.exchange import Answer, BrokenStream, message

MAX_EVENT_BYTES = 6 * 1024 * 1024
_TEXT = ("text/", "application/json", "application/javascript", "application/xml")


def event(request, domain, route):
    headers = {}
    for name, value in request.headers:
        if name != "cookie":
            headers[name] = f"{headers[name]},{value}" if name in headers else value
    cookies = [one.strip() for name, value in request.headers if name == "cookie" for one in value.split(";")]
    parameters = {}
    for name, value in parse_qsl(request.query, keep_blank_values=True):
        parameters[name] = f"{parameters[name]},{value}" if name in parameters else value
    # An HTTP API decodes the path, a function URL does not.
    path = request.path if ".lambda-url." in domain else unquote(request.path)
    made = {
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": request.query, "headers": headers,
        "requestContext": {
            "accountId": "123456789012", "apiId": domain.split(".")[0], "domainName": domain, "domainPrefix": domain.split(".")[0],
            "http": {"method": request.method, "path": path, "protocol": "HTTP/1.1", "sourceIp": request.address,
                     "userAgent": request.header("user-agent") or ""},
            "requestId": str(uuid.uuid4()), "routeKey": route, "stage": "$default", "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime()),
            "timeEpoch": int(time.time() * 1000)},
        "isBase64Encoded": False}
    if cookies:
        made["cookies"] = cookies
    if parameters:
        made["queryStringParameters"] = parameters
    if request.body:
        is_text = (request.header("content-type") or "").startswith(_TEXT) and not request.header("content-encoding")
        try:
            made["body"] = request.body.decode() if is_text else base64.b64encode(request.body).decode()
            made["isBase64Encoded"] = not is_text
        except UnicodeDecodeError:
            made["body"], made["isBase64Encoded"] = base64.b64encode(request.body).decode(), True
    return json.dumps(made).encode()


def answered(functions, function, event_bytes, seconds):
    """The whole answer of a function, as a gateway gives it."""
    if len(event_bytes) > MAX_EVENT_BYTES:
        return message(413, "Request Too Long")
    invocation = functions.invoke(function, event_bytes)
    if not invocation.answered.wait(seconds):
        return message(503, "Service Unavailable")
    if invocation.is_stream or invocation.error:
        return message(500, "Internal Server Error")
    return _answer(json.loads(b"".join(invocation.pieces())), None)


def streamed(functions, function, event_bytes):
    """The answer of a function that streams: a head as JSON, eight zero bytes, the body."""
    if len(event_bytes) > MAX_EVENT_BYTES:
        return message(413, "Request Too Long")
    invocation = functions.invoke(function, event_bytes)
    invocation.begun.wait(max(0, invocation.deadline - time.time()) + 5)
    if not invocation.is_stream:
        return message(502, "Internal Server Error")
    chunks, start = invocation.pieces(int(function.timeout) + 5), b""
    while b"\0" * 8 not in start:
        chunk = next(chunks, None)
        if chunk is None:
            return message(502, "Internal Server Error")
        start += chunk
    head, _, rest = start.partition(b"\0" * 8)

    def body():
        if rest:
            yield rest
        yield from chunks
        if invocation.broke_off:
            raise BrokenStream(invocation.broke_off)

    return _answer(json.loads(head), body())


def _answer(told, body):
    headers = [(name, str(value)) for name, value in (told.get("headers") or {}).items() if name.lower() != "content-length"]
    headers += [("set-cookie", one) for one in told.get("cookies") or []]
    if body is None:
        text = told.get("body") or ""
        body = base64.b64decode(text) if told.get("isBase64Encoded") else text.encode()
    return Answer(told["statusCode"], headers, body)
