"""Lambda on this machine: the Runtime API of one function, and the process that asks it for events."""

import base64
import json
import os
import queue
import select
import signal
import socket
import subprocess
import threading
import time
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = "/2018-06-01/runtime"
STREAM = "application/vnd.awslambda.http-integration-response"
# What Lambda takes at once, in bytes of JSON.
LARGEST_ANSWER = 6 << 20


class Invocation:
    """One event, and what comes back for it."""

    def __init__(self, event, seconds):
        self.id = str(uuid.uuid4())
        self.payload = event if isinstance(event, bytes) else json.dumps(event).encode()
        self.deadline = time.time() + seconds
        self._begun, self._pieces = threading.Event(), queue.Queue()
        self.is_stream, self.headers, self.trailers = False, {}, {}
        # The payload of an error: what is wrong, and of what kind.
        self.error = None

    def begin(self, headers, is_stream=False):
        self.headers, self.is_stream = headers, is_stream
        self._begun.set()

    def add(self, piece):
        self._pieces.put(piece)

    def end(self, trailers=None, error=None):
        self.trailers, self.error = trailers or {}, error
        self._pieces.put(None)
        self._begun.set()

    def wait(self, seconds=60):
        """Until an answer has begun."""
        assert self._begun.wait(seconds), "the function has not answered"
        return self

    def pieces(self, seconds=60):
        """The answer, as it comes."""
        self.wait(seconds)
        while (piece := self._pieces.get(timeout=seconds)) is not None:
            yield piece

    @property
    def broke_off(self):
        """What the trailers of a streamed answer say went wrong, once it has ended; None when it is whole."""
        body = self.trailers.get("lambda-runtime-function-error-body")
        return json.loads(base64.b64decode(body)) if body else None


class RuntimeAPI:
    """Hands out events one after the other, and takes the answers."""

    def __init__(self):
        self.events, self.open = queue.Queue(), {}
        # What the function said instead of starting.
        self.init_error = None
        self.asked = threading.Event()
        # Cleared, streamed answers are not read on.
        self.reads = threading.Event()
        self.reads.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"runtime": self}))
        self.server.daemon_threads = True
        self.is_stopping = False
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server.server_port}"

    def queue(self, event, seconds=30):
        """Queues an event that has to be answered within so many seconds."""
        invocation = Invocation(event, seconds)
        self.open[invocation.id] = invocation
        self.events.put(invocation)
        return invocation

    def stop(self):
        self.is_stopping = True
        self.reads.set()
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    runtime: RuntimeAPI

    def log_message(self, *_):
        pass

    def do_GET(self):
        assert self.path == f"{VERSION}/invocation/next", self.path
        self.runtime.asked.set()
        if invocation := self._next():
            self.send_response(200)
            for name, value in (
                    ("Lambda-Runtime-Aws-Request-Id", invocation.id), ("Lambda-Runtime-Deadline-Ms", str(int(invocation.deadline * 1000))),
                    ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:xmonitor-test"),
                    ("Content-Type", "application/json"), ("Content-Length", str(len(invocation.payload)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(invocation.payload)

    def _next(self):
        """The next event, unless who waits for it is gone."""
        while not self.runtime.is_stopping:
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and self.connection.recv(1, socket.MSG_PEEK) == b"":
                break
            try:
                return self.runtime.events.get(timeout=0.05)
            except queue.Empty:
                pass
        self.close_connection = True
        return None

    def do_POST(self):
        if self.path == f"{VERSION}/init/error":
            self.runtime.init_error = json.loads(self._body())
            return self._reply(202)
        _, _, _, _, identity, kind = self.path.split("/")
        if (invocation := self.runtime.open.pop(identity, None)) is None:
            self._body()
            return self._reply(404)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if kind == "error":
            invocation.end(error=json.loads(self._body()))
        elif headers.get("lambda-runtime-function-response-mode") == "streaming":
            self._take_stream(invocation, headers)
        else:
            body = self._body()
            if len(body) > LARGEST_ANSWER:
                self.runtime.open[identity] = invocation
                return self._reply(413)
            invocation.add(body)
            invocation.begin(headers)
            invocation.end()
        return self._reply(202)

    def _take_stream(self, invocation, headers):
        assert headers["content-type"] == STREAM
        invocation.begin(headers, is_stream=True)
        try:
            for piece in self._chunks():
                invocation.add(piece)
            invocation.end(self.trailers)
        except (ValueError, OSError):
            invocation.end(error={"errorType": "Runtime.ExitError", "errorMessage": "the stream ended without its end"})

    def _body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _chunks(self):
        while self.runtime.reads.wait() and (size := int(self.rfile.readline(), 16)):
            piece = self.rfile.read(size)
            if len(piece) < size or self.rfile.readline() != b"\r\n":
                raise ValueError
            yield piece
        self.trailers = {}
        while (line := self.rfile.readline().strip()):
            name, _, value = line.decode().partition(":")
            self.trailers[name.lower()] = value.strip()

    def _reply(self, status):
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Function:
    """A process that asks a Runtime API of its own for events, as Lambda runs it."""

    def __init__(self, command, environment, folder, log):
        self.command, self.environment, self.folder, self.log = command, environment, folder, log
        self.runtime, self.process = RuntimeAPI(), None

    def start(self):
        """Starts it, and returns when it asks for its first event."""
        environment = self.environment | {"AWS_LAMBDA_RUNTIME_API": self.runtime.address}
        self.runtime.asked.clear()
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        while not self.runtime.asked.wait(0.02):
            assert self.process.poll() is None, f"the function ended with {self.process.poll()}: {self.runtime.init_error}"
        return self

    def fails(self, seconds=60):
        """Starts it, and returns what it says instead of asking for an event."""
        environment = self.environment | {"AWS_LAMBDA_RUNTIME_API": self.runtime.address}
        with open(self.log, "a") as log:
            process = subprocess.Popen(self.command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        assert process.wait(seconds) != 0
        return self.runtime.init_error

    def invoke(self, event, seconds=30):
        """Sends an event, and returns what has begun to come back."""
        return self.runtime.queue(event, seconds).wait(seconds + 30)

    def freeze(self):
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self.process.pid, signal.SIGCONT)

    @contextmanager
    def frozen(self):
        """Stops it as Lambda does between two events, and lets it go on."""
        self.freeze()
        try:
            yield
        finally:
            self.thaw()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.thaw()
            self.process.kill()
            self.process.wait()
        self.runtime.stop()
