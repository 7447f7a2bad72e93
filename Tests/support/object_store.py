"""S3 on this machine: it keeps objects in memory, and serves whoever signs his address with the right key."""

import contextlib
import hashlib
import hmac
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit

REGION, BUCKET = "eu-central-1", "the-bucket"
_KEY_ID, _SECRET, _TOKEN = "AKIDOFTESTS", "secret/of+tests", "token/of+tests="


class ObjectStore:
    def __init__(self):
        self.objects, self.requests = {}, []
        # Set, every request for an object with such an end of its name is answered with this code of S3, and a status.
        self.refusal, self.refused = None, ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"store": self}))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def settings(self):
        """What a program is told of it."""
        return {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{self.server.server_port}", "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": _KEY_ID,
            "AWS_SECRET_ACCESS_KEY": _SECRET, "AWS_SESSION_TOKEN": _TOKEN}

    def under(self, folder):
        """The names of the objects in a folder."""
        return sorted(key.removeprefix(folder) for key in self.objects if key.startswith(folder))

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: ObjectStore

    def log_message(self, *_):
        pass

    def do_GET(self):
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        bucket, _, key = unquote(parts.path).removeprefix("/").partition("/")
        self.store.requests.append((self.command, key))
        if self.store.refusal and key.endswith(self.store.refused):
            return self._refuse(*self.store.refusal)
        if not _is_signed(self.command, parts.path, parts.query, self.headers["Host"]):
            return self._refuse("SignatureDoesNotMatch", 403)
        if bucket != BUCKET:
            return self._refuse("NoSuchBucket", 404)
        if self.command == "PUT":
            self.store.objects[key] = body
            return self._answer(200, b"")
        return self._answer(200, self.store.objects[key]) if key in self.store.objects else self._refuse("NoSuchKey", 404)

    do_PUT = do_GET

    def _refuse(self, code, status):
        self._answer(status, f"<Error><Code>{code}</Code><Message>as the test has it</Message></Error>".encode())

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a reader who has no room for it goes
            self.wfile.write(body)


def _is_signed(method, path, query, host):
    """Signature version 4 in the query, as its documentation has it."""
    given = dict(parse_qsl(query, keep_blank_values=True))
    signature, date = given.pop("X-Amz-Signature", ""), given.get("X-Amz-Date", "")
    scope = f"{date[:8]}/{REGION}/s3/aws4_request"
    if given.get("X-Amz-Credential") != f"{_KEY_ID}/{scope}" or given.get("X-Amz-Security-Token") != _TOKEN:
        return False
    names = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in given.items())
    canonical = "\n".join([method, path, "&".join("=".join(pair) for pair in names), f"host:{host}", "", "host", "UNSIGNED-PAYLOAD"])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{_SECRET}".encode()
    for part in (*scope.split("/"), to_sign):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.compare_digest(key.hex(), signature)
