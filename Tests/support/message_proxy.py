"""Stands between the server and Postgres on a Unix socket, counts the requests that go through, and strikes at one of them."""

import contextlib
import shutil
import socket
import struct
import tempfile
import threading
from pathlib import Path

PORT = 5432
_CANCEL, _TLS, _GSS = 80877102, 80877103, 80877104


class MessageProxy:
    """A request is what Postgres answers with ReadyForQuery: a simple query, or messages up to a Sync.

    `strike` is called at the chosen request, `before` Postgres has got it, or `after` Postgres has done it and before anybody
    knows. The connection is cut then. A request may also be `held` back, or kept `waiting` for its answer, until `release` is set.
    """

    def __init__(self, upstream, strike=lambda: None):
        self.upstream, self.strike = f"{upstream}/.s.PGSQL.{PORT}", strike
        self.folder = Path(tempfile.mkdtemp(prefix="xmonitor-proxy.", dir="/tmp"))
        self.lock, self.release = threading.Lock(), threading.Event()
        self.requests, self.chosen, self.when, self.struck = 0, None, None, threading.Event()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f"{self.folder}/.s.PGSQL.{PORT}")
        self.listener.listen(64)
        self.accepting = threading.Thread(target=self._accept, daemon=True)
        self.accepting.start()

    def address(self, database):
        return f"postgresql:///{database}?host={self.folder}&user=xmonitor"

    def arm(self, chosen=None, when="before"):
        """Counts from here on."""
        with self.lock:
            self.requests, self.chosen, self.when = 0, chosen, when
            self.struck.clear()
            self.release.clear()

    def close(self):
        self.release.set()
        # A number that is free again may be the listener of the next proxy: nobody may be waiting on it.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.accepting.join()
        self.listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client):
        server = socket.socket(socket.AF_UNIX)
        doomed = threading.Event()
        try:
            server.connect(self.upstream)
            start = _start(client)
            while struct.unpack("!i", start[4:8])[0] in (_TLS, _GSS):
                client.sendall(b"N")
                start = _start(client)
            server.sendall(start)
            if struct.unpack("!i", start[4:8])[0] != _CANCEL:
                threading.Thread(target=self._answers, args=(server, client, doomed), daemon=True).start()
            request = b""
            while True:
                # Postgres does what it is asked before the Sync comes, so a request is handed on as a whole.
                request += (message := _message(client))
                if message[:1] in b"PBDEC":
                    continue
                if message[:1] in b"QS" and self._is_chosen():
                    if self.when == "before":
                        self.strike()
                        self.struck.set()
                        break
                    if self.when == "held":
                        self.struck.set()
                        self.release.wait()
                    else:
                        doomed.set()
                server.sendall(request)
                request = b""
        except OSError:
            pass
        if not doomed.is_set():
            _cut(client, server)

    def _is_chosen(self):
        with self.lock:
            self.requests += 1
            return self.requests == self.chosen

    def _answers(self, server, client, doomed):
        try:
            while True:
                message = _message(server)
                if not doomed.is_set():
                    client.sendall(message)
                    continue
                if self.when == "waiting":
                    self.struck.set()
                    self.release.wait()
                    doomed.clear()
                    client.sendall(message)
                elif message[:1] == b"Z":
                    self.strike()
                    self.struck.set()
                    break
        except OSError:
            pass
        _cut(client, server)


def _cut(*sockets):
    for one in sockets:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


def _exactly(source, size):
    found = b""
    while len(found) < size:
        part = source.recv(size - len(found))
        if not part:
            raise OSError("it has gone")
        found += part
    return found


def _start(source):
    size = _exactly(source, 4)
    return size + _exactly(source, struct.unpack("!i", size)[0] - 4)


def _message(source):
    head = _exactly(source, 5)
    return head + _exactly(source, struct.unpack("!i", head[1:])[0] - 4)
