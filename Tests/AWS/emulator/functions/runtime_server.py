"""The Runtime API of one process: hands out events, takes answers, buffered or streamed, and failures of the start."""

import http.server
import queue
import threading

from emulator.functions.invocation import MAX_ANSWER_BYTES

_STOP = object()
PREFIX = "/2018-06-01/runtime/"


class RuntimeServer(http.server.ThreadingHTTPServer):
    """`on_idle` is called when the process asks for an event and there is none, `on_event` before it gets one."""

    daemon_threads = True

    def __init__(self, arn, on_idle, on_event):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.arn, self.on_idle, self.on_event = arn, on_idle, on_event
        self.events, self.running, self.started, self.init_error = queue.Queue(), {}, threading.Event(), None
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server_port}"

    def put(self, invocation):
        self.running[invocation.id] = invocation
        self.events.put(invocation)

    def close(self):
        self.events.put(_STOP)
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
        invocation = self.server.events.get()
        if invocation is _STOP:
            self.server.events.put(_STOP)
            self.close_connection = True
            return
        self.server.on_event()
        try:
            self._send(200, invocation.event, {
                "Lambda-Runtime-Aws-Request-Id": invocation.id, "Lambda-Runtime-Deadline-Ms": str(int(invocation.deadline * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": self.server.arn, "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0"})
        except OSError:
            invocation.fail("Runtime.ExitError", {"errorType": "Runtime.ExitError", "errorMessage": "the process went away"})

    def do_POST(self):
        parts = self.path.removeprefix(PREFIX).split("/")
        if parts == ["init", "error"]:
            self.server.init_error = self._body()
            self.server.started.set()
            return self._accepted()
        invocation = self.server.running.get(parts[1])
        if invocation is None or parts[0] != "invocation":
            self._body()
            return self._send(400, b'{"errorMessage":"invalid request id","errorType":"InvalidRequestID"}')
        if parts[2] == "error":
            invocation.fail(self.headers.get("Lambda-Runtime-Function-Error-Type", "Unhandled"), self._body())
        elif self.headers.get("Lambda-Runtime-Function-Response-Mode") == "streaming":
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
        try:
            for chunk in self._chunks():
                invocation.stream(chunk)
            invocation.end_stream(self.trailers.get("lambda-runtime-function-error-type"))
        except (OSError, ValueError, queue.Full):
            invocation.end_stream("Runtime.StreamError")
            self.close_connection = True

    def _body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunks(self):
        """The parts of a chunked body; `trailers` has what followed them. Raises ValueError where it breaks off."""
        while size := int(self.rfile.readline().split(b";")[0], 16):
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
