"""The address that browsers use. Requests to the domain of an origin itself are taken too, as by its own door."""

import contextlib
import fnmatch
import http.server
import ssl
import threading
from urllib.parse import urlsplit

from emulator.edge import policies
from emulator.edge.cache import SharedCache
from emulator.edge.errors import KeptErrors
from emulator.edge.exchange import BrokenStream, Request, message
from emulator.edge.origins import Origins, resources

_DOORS = (".amplifyapp.com", ".on.aws", ".amazonaws.com")


class Edge(http.server.ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 64

    def __init__(self, functions, region, certificate, key):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.origins, self.cache, self.errors = Origins(functions, region), SharedCache(), KeptErrors()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def host(self):
        return f"localhost:{self.server_port}"

    def handle_error(self, request, client_address):
        pass

    def answer(self, request):
        host = (request.header("host") or "").split(":")[0]
        if host.endswith(_DOORS):
            return self.origins.ask(host, request)
        distributions = resources("AWS::CloudFront::Distribution")
        if not distributions:
            return message(404, "There is no distribution")
        config = distributions[-1].checked
        behavior = next((one for one in config.get("CacheBehaviors", {}).get("Items", []) if fnmatch.fnmatchcase(request.path, one["PathPattern"])),
                        config["DefaultCacheBehavior"])
        if request.method not in behavior.get("AllowedMethods", {"Items": ["GET", "HEAD"]})["Items"]:
            return message(403, "This distribution does not allow the method")
        [origin] = [one for one in config["Origins"]["Items"] if one["Id"] == behavior["TargetOriginId"]]
        if kept := self.errors.get(request):
            return kept
        is_cached = behavior["CachePolicyId"] != policies.CACHING_DISABLED
        if is_cached and (kept := self.cache.get(request)):
            return kept
        answer = self.origins.ask(origin["DomainName"], policies.forwarded(behavior, request, origin["DomainName"]))
        self.cache.offer(request, answer)
        self.errors.offer(config, request, answer)
        return answer


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version, timeout = "HTTP/1.1", 120

    def setup(self):
        self.request.settimeout(self.timeout)
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def log_message(self, *_):
        pass

    def handle_one_request(self):
        with contextlib.suppress(OSError):
            return super().handle_one_request()
        self.close_connection = True
        return None

    def do_GET(self):
        parts = urlsplit(self.path)
        headers = [(name.lower(), value) for name, value in self.headers.items()]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, parts.path, parts.query, headers, body, self.client_address[0])
        try:
            answer = self.server.answer(request)
        except Exception as failure:  # a mistake of the emulator has to be seen by whoever asks
            answer = message(599, f"the emulator failed: {failure!r}".replace('"', "'"))
            raise
        finally:
            self._send(answer)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = do_GET

    def _send(self, answer):
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        is_whole = isinstance(answer.body, bytes)
        if answer.status not in (204, 304):
            self.send_header(*(("content-length", str(len(answer.body))) if is_whole else ("transfer-encoding", "chunked")))
        self.end_headers()
        if is_whole:
            if self.command != "HEAD" and answer.status not in (204, 304):
                self.wfile.write(answer.body)
            return
        try:
            for chunk in answer.body:
                if chunk and self.command != "HEAD":
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            if self.command != "HEAD":
                self.wfile.write(b"0\r\n\r\n")
        except BrokenStream:
            # Without the last part the reader's client knows that it is not whole.
            self.close_connection = True
