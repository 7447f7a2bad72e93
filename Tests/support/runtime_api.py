"""Lambda's Runtime API of one process: it hands out events one after the other, and takes answers, whole or streamed, and errors."""

import base64
import http.server
import json
import queue
import select
import socket
import threading
import time
import uuid

PREFIX = "/2018-06-01/runtime/"
STREAM = "application/vnd.awslambda.http-integration-response"
MAX_ANSWER_BYTES = 6_291_556  # as Lambda says it
MAX_PIECES_AHEAD = 32  # of a stream that its reader has not taken


class Invocation:
    """One event, and what comes back for it."""

    def __init__(self, event, seconds):
        self.id = str(uuid.uuid4())
        self.payload = event if isinstance(event, bytes) else json.dumps(event).encode()
        self.deadline = time.time() + seconds
        self.is_stream, self.trailers = False, {}
        # The payload of an error: what is wrong, and of what kind.
        self.error = None
        self.begun, self.answered = threading.Event(), threading.Event()
        self._pieces = queue.Queue(MAX_PIECES_AHEAD)

    def answer(self, body):
        self._pieces.put(body)
        self._end()

    def fail(self, kind, message):
        self.refuse({"errorType": kind, "errorMessage": message})

    def refuse(self, error):
        if not self.answered.is_set():
            self.error = error
            self._end()

    def stream(self, piece):
        self.begun.set()
        # A reader who is slow slows down the function; one who is gone takes nothing any more.
        self._pieces.put(piece, timeout=max(0.0, self.deadline - time.time()) + 1)

    def end_stream(self, trailers):
        self.trailers = trailers
        self._end()

    def _end(self):
        self.answered.set()
        self.begun.set()

    def wait(self, seconds=60):
        """Until an answer has begun."""
        assert self.begun.wait(seconds), "the function has not answered"
        return self

    def pieces(self, seconds=60):
        """The answer as it comes, with so long between two pieces of it."""
        self.wait(seconds)
        end = time.monotonic() + seconds
        while not (self.answered.is_set() and self._pieces.empty()):
            try:
                piece = self._pieces.get(timeout=0.05)
            except queue.Empty:
                assert time.monotonic() < end, "the answer does not go on"
                continue
            yield piece
            end = time.monotonic() + seconds

    @property
    def broke_off(self):
        """What went wrong with a streamed answer, as its trailers say, once it has ended; None when it is whole."""
        if kind := self.trailers.get("lambda-runtime-function-error-type"):
            body = self.trailers.get("lambda-runtime-function-error-body")
            return json.loads(base64.b64decode(body)) if body else {"errorType": kind}
        return self.error if self.is_stream else None


class RuntimeAPI(http.server.ThreadingHTTPServer):
    """`on_idle` is called when the process asks for an event and there is none, `on_event` before it gets one."""

    daemon_threads = True

    def __init__(self, arn="arn:aws:lambda:us-east-1:123456789012:function:xmonitor-test", on_idle=lambda: None, on_event=lambda: None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.arn, self.on_idle, self.on_event = arn, on_idle, on_event
        self.events, self.running, self.is_stopping = queue.Queue(), {}, False
        # The process has asked for its first event, or said why it cannot start.
        self.started, self.init_error = threading.Event(), None
        # Cleared, streamed answers are not read on.
        self.reads = threading.Event()
        self.reads.set()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server_port}"

    def put(self, invocation):
        self.running[invocation.id] = invocation
        self.events.put(invocation)
        return invocation

    def stop(self):
        self.is_stopping = True
        self.reads.set()
        self.shutdown()
        self.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        assert self.path == PREFIX + "invocation/next", self.path
        self.server.started.set()
        if self.server.events.empty():
            self.server.on_idle()
        if (invocation := self._next()) is None:
            self.close_connection = True
            return
        self.server.on_event()
        try:
            self._send(200, invocation.payload, {
                "Lambda-Runtime-Aws-Request-Id": invocation.id, "Lambda-Runtime-Deadline-Ms": str(int(invocation.deadline * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": self.server.arn, "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0"})
        except OSError:
            invocation.fail("Runtime.ExitError", "the process went away")

    def _next(self):
        """The next event, unless who waits for it is gone."""
        while not self.server.is_stopping:
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and self.connection.recv(1, socket.MSG_PEEK) == b"":
                break
            try:
                return self.server.events.get(timeout=0.05)
            except queue.Empty:
                pass
        return None

    def do_POST(self):
        parts = self.path.removeprefix(PREFIX).split("/")
        if parts == ["init", "error"]:
            self.server.init_error = json.loads(self._body())
            self.server.started.set()
            return self._accepted()
        invocation = self.server.running.get(parts[1])
        if invocation is None or parts[0] != "invocation":
            self._body()
            return self._send(400, b'{"errorMessage":"invalid request id","errorType":"InvalidRequestID"}')
        if parts[2] == "error":
            invocation.refuse(json.loads(self._body()))
        elif self.headers.get("Lambda-Runtime-Function-Response-Mode") == "streaming":
            assert self.headers["Content-Type"] == STREAM
            self._stream(invocation)
        else:
            body = self._body()
            if len(body) > MAX_ANSWER_BYTES:
                # The event stays open: the process says what went wrong.
                return self._send(413, b'{"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}')
            invocation.answer(body)
        del self.server.running[invocation.id]
        return self._accepted()

    def _stream(self, invocation):
        invocation.is_stream = True
        try:
            for chunk in self._chunks():
                invocation.stream(chunk)
            invocation.end_stream(self.trailers)
        except (OSError, ValueError, queue.Full):
            invocation.fail("Runtime.StreamError", "the stream ended without its end")
            self.close_connection = True

    def _body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunks(self):
        """The parts of a chunked body; `trailers` has what followed them. Raises ValueError where it breaks off."""
        while self.server.reads.wait() and (size := int(self.rfile.readline().split(b";")[0], 16)):
            chunk = self.rfile.read(size)
            if len(chunk) < size or self.rfile.readline() != b"\r\n":
                raise ValueError("half a chunk")
            yield chunk
        self.trailers = {}
        while line := self.rfile.readline().strip():
            name, _, value = line.decode().partition(":")
            self.trailers[name.lower()] = value.strip()

    def _accepted(self):
        self._send(202, b'{"status":"OK"}')

    def _send(self, status, body, headers=None):
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(body))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
