"""A front that hands every request to `serve` and to two functions' doors, and remembers where their answers differ."""

import gzip
import http.client
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

from gateway_events import API, URL, HTTPAnswer, http_event

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
# Of the moment, of the request, and of the connection: what no two answers have in common.
MOVING_HEADERS = {
    "date", "x-request-id", "connection", "transfer-encoding", "content-length", "keep-alive", "ratelimit-reset", "ratelimit-remaining", "ratelimit"}
MOVING_MEMBERS = re.compile(rb'"(request_id|now|age_seconds|checked_at)":("[^"]*"|[-0-9.]+)')
OF_CONNECTION = ("connection", "transfer-encoding", "keep-alive", "content-length")


class Served:
    """An answer over a socket."""

    def __init__(self, address, method, target, headers, body):
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body and not any(name.lower() == "content-length" for name, _ in headers):
            connection.putheader("content-length", str(len(body)))
        connection.endheaders()
        try:
            if body:
                connection.send(body)
        except OSError:
            # It was answered before its end.
            pass
        answer = connection.getresponse()
        self.status, self.body = answer.status, answer.read()
        self.headers, self.cookies = {}, answer.headers.get_all("set-cookie", [])
        for name, value in answer.headers.items():
            name = name.lower()
            if name != "set-cookie":
                self.headers[name] = f"{self.headers[name]}, {value}" if name in self.headers else value
        connection.close()


class BothWays:
    def __init__(self, server, function):
        self.server, self.function, self.lock, self.differences, self.asked = server, function, threading.Lock(), [], 0
        handler = type("Front", (_Front,), {"both": self})
        self.front = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.front.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.front.server_port}"

    def stop(self):
        self.front.shutdown()
        self.front.server_close()

    def ask(self, method, target, headers=(), body=b""):
        """The answer of the server, once it was compared with those of the function."""
        with self.lock:
            self.asked += 1
            headers = list(headers) if any(name.lower() == "host" for name, _ in headers) else [("Host", "feed.example.com"), *headers]
            answers = {"serve": Served(self.server, method, target, headers, body)}
            for name, domain in (("gateway", API), ("function URL", URL)):
                # Lambda hands over no larger event.
                if len(body) < 4_500_000 and (domain == URL or _survives_decoding(target)):
                    answers[name] = self.invoke(method, target, headers, body, domain)
            self._compare(method, target, headers, answers)
            return answers["serve"]

    def invoke(self, method, target, headers, body, domain):
        event = http_event(method, target, [(name, value) for name, value in headers if name.lower() not in OF_CONNECTION], body, domain)
        event["headers"]["host"] = next(value for name, value in headers if name.lower() == "host")
        if body:
            event["headers"]["content-length"] = str(len(body))
        answer = HTTPAnswer(self.function.invoke(event))
        assert answer.body is not None and answer.invocation.broke_off is None
        return answer

    def _compare(self, method, target, headers, answers):
        # What writes is not the same the second time, and what tells the time; their form is.
        is_write = method in ("POST", "DELETE") and answers["serve"].status < 300 or target.startswith(("/v1/freshness", "/api/v1/freshness"))
        kept = {name: _form(answer) if is_write else _whole(answer) for name, answer in answers.items()}
        for name, answer in kept.items():
            if answer != kept["serve"]:
                self.differences.append((method, target, headers, name, answer, kept["serve"]))


def _survives_decoding(target):
    """Whether a path that a gateway has decoded can be told. An escaped slash is another, an escaped letter its own, and what is none is lost."""
    path = target.partition("?")[0]
    return quote(unquote(path), safe="/!$&'()*+,;=:@").lower() == path.lower()


def _comparable(answer):
    """An answer without what differs from one request to the next."""
    kept = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in MOVING_HEADERS}
    body = gzip.decompress(answer.body) if answer.body and kept.get("content-encoding") == "gzip" else answer.body
    return answer.status, kept, MOVING_MEMBERS.sub(rb'"\1":0', body)


def _whole(answer):
    return *_comparable(answer), sorted(answer.cookies)


def _form(answer):
    status, headers, body = _comparable(answer)
    return status, sorted(headers), sorted(json.loads(body)) if body else None


class _Front(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    both: BothWays

    def log_message(self, *_):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = [(name, value) for name, value in self.headers.items() if name.lower() not in OF_CONNECTION]
        try:
            for _, value in headers:
                value.encode("latin-1").decode("ascii")
        except UnicodeDecodeError:
            # No gateway says what it makes of such bytes.
            answer = Served(self.both.server, self.command, self.path, headers, body)
        else:
            answer = self.both.ask(self.command, self.path, headers, body)
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name not in OF_CONNECTION:
                self.send_header(name, value)
        for cookie in answer.cookies:
            self.send_header("set-cookie", cookie)
        length = answer.headers.get("content-length", "0") if self.command == "HEAD" else str(len(answer.body))
        if answer.status not in (204, 304):
            self.send_header("content-length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


for method in METHODS:
    setattr(_Front, f"do_{method}", _Front.answer)
