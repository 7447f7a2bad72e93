"""One event on its way through a function, and what comes back."""

import contextlib
import json
import queue
import threading
import time
import uuid

MAX_ANSWER_BYTES = 6_291_556  # as Lambda says it
MAX_PARTS_AHEAD = 32  # of a stream that its reader has not taken


class Invocation:
    def __init__(self, event, seconds):
        self.id, self.event = str(uuid.uuid4()), event
        self.deadline = time.time() + seconds
        self.error, self.body = None, b""  # the type of the error, or None; the answer as it was sent
        self.is_streamed, self.answered = False, threading.Event()
        self._head, self._chunks = threading.Event(), queue.Queue(MAX_PARTS_AHEAD)

    def answer(self, body):
        self.body = body
        return self._end()

    def fail(self, kind, message):
        self.error, self.body = kind, message if isinstance(message, bytes) else json.dumps(message).encode()
        return self._end()

    def stream(self, chunk):
        self.is_streamed = True
        self._head.set()
        # A reader who is slow slows down the function; one who is gone takes nothing any more.
        self._chunks.put(chunk, timeout=max(0.0, self.deadline - time.time()) + 1)

    def end_stream(self, error=None):
        """`error` is what the trailers say, or that the process is gone."""
        self.is_streamed, self.error = True, error
        self._end()

    def _end(self):
        if self.answered.is_set():
            return
        self.answered.set()
        self._head.set()

    def wait_for_head(self):
        """Returns when there is an answer or the first part of one."""
        return self._head.wait(max(0, self.deadline - time.time()) + 5)

    def chunks(self):
        """The parts of a streamed answer, as they come."""
        while not (self.answered.is_set() and self._chunks.empty()):
            with contextlib.suppress(queue.Empty):
                yield self._chunks.get(timeout=0.05)
