"""Stands between the program and Postgres on a Unix socket, and can let connections die without a word."""

import shutil
import socket
import tempfile
import threading
from pathlib import Path

PORT = 5432


class SilentProxy:
    def __init__(self, upstream):
        """`upstream`: the folder of Postgres's own socket."""
        self.upstream = f"{upstream}/.s.PGSQL.{PORT}"
        self.folder = Path(tempfile.mkdtemp(prefix="xmonitor-silent.", dir="/tmp"))
        self.silenced, self.open, self.lock = set(), set(), threading.Lock()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f"{self.folder}/.s.PGSQL.{PORT}")
        self.listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def address(self, database):
        return f"postgresql:///{database}?host={self.folder}&user=xmonitor"

    def silence(self):
        """From here on nothing goes through the connections that are open, and neither side is told."""
        with self.lock:
            self.silenced |= self.open

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self.upstream)
            except OSError:
                return
            pair = (client, server)
            with self.lock:
                self.open.add(pair)
            for source, sink in (pair, pair[::-1]):
                threading.Thread(target=self._pass, args=(source, sink, pair), daemon=True).start()

    def _pass(self, source, sink, pair):
        try:
            while piece := source.recv(1 << 16):
                if pair not in self.silenced:
                    sink.sendall(piece)
        except OSError:
            pass
        if pair not in self.silenced:
            for one in pair:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
