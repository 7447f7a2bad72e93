"""A server that is unwell, in front of one that is well."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Ill(ThreadingHTTPServer):
    """Stands in front of the server and is unwell: it answers by `illness`, one after the other, before it lets requests through.

    None is no answer at all, and "lost" an answer that is lost on the way back.
    """

    daemon_threads = True

    def __init__(self, server, illness):
        super().__init__(("127.0.0.1", 0), Patient)
        self.host, self.illness, self.seen = server.address.removeprefix("http://"), list(illness), []
        self.thread = threading.Thread(target=self.serve_forever)
        self.thread.start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()
        self.thread.join()


class Patient(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.seen.append((self.headers["idempotency-key"], body))
        ill = self.server.illness.pop(0) if self.server.illness else "well"
        if ill in ("well", "lost"):
            connection = http.client.HTTPConnection(self.server.host, timeout=60)
            connection.request("POST", self.path, body, dict(self.headers))
            answer = connection.getresponse()
            told = answer.read()
            if ill == "well":
                self.send_response(answer.status)
                self.send_header("content-length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)
                return
        elif ill:
            self.send_response(ill)
            self.send_header("retry-after", "1")
            self.send_header("content-length", "0")
            self.end_headers()
            return
        self.close_connection = True
