"""The server behind a connection that breaks: what a browser meets is real, and not an answer made up within it."""

import http.server
import json
import threading
import time
import urllib.error
import urllib.request


class FaultyHost:
    """Hands everything on to `origin` but, while `fault` is set, what is asked of the API; paths that begin with `held` wait until it is None."""

    def __init__(self, origin):
        self.origin = origin
        self.fault = None
        self.held = None
        self.asked = []
        self.port = 0
        self.listen()
        self.url = f"http://127.0.0.1:{self.port}"

    def listen(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), type("Handler", (Handler,), {"host": self}))
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def die(self):
        """Nobody listens any more."""
        self.server.shutdown()
        self.server.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        is_api = self.path.startswith("/v1/")
        if is_api:
            self.host.asked.append(self.path)
        if self.path.startswith("/v1/stream"):
            return self.answer(503, {}, b"")
        while self.host.held and self.path.startswith(self.host.held):
            time.sleep(0.05)
        if is_api and self.host.fault:
            return FAULTS[self.host.fault](self)
        wanted = {name: self.headers[name] for name in ("accept", "if-none-match") if self.headers[name]}
        try:
            with urllib.request.urlopen(urllib.request.Request(self.host.origin + self.path, headers=wanted), timeout=60) as answer:
                self.answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            self.answer(error.code, dict(error.headers), error.read())

    def answer(self, status, fields, body):
        self.send_response_only(status)
        for name, value in {**{name.lower(): value for name, value in fields.items()}, "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, title, **fields):
        body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": "", "request_id": "request-of-the-test"})
        self.answer(status, {"content-type": "application/problem+json", **fields}, body.encode())

    def hang(self):
        while self.host.fault == "slow":
            time.sleep(0.05)
        self.close_connection = True

    def cut(self):
        self.send_response_only(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "10000")
        self.end_headers()
        self.wfile.write(b'{"items": [')

    def reset(self):
        self.connection.close()

    def log_message(self, *_):
        pass


FAULTS = {
    "cut off": Handler.cut,
    "broken off at once": Handler.reset,
    "slow": Handler.hang,
    "401": lambda handler: handler.refuse(401, "Sign-in needed"),
    "429": lambda handler: handler.refuse(429, "Too many requests", **{"retry-after": "90"}),
    "500": lambda handler: handler.refuse(500, "Internal error"),
    "nonsense": lambda handler: handler.answer(200, {"content-type": "application/json"}, b'{"hello": ["world"]}'),
    "another page": lambda handler: handler.answer(200, {"content-type": "text/html"}, b"<h1>Welcome to the hotel</h1>"),
}
