"""Requests as bytes, and answers as they come, without a client that would mend either."""

import json
import socket

KEY, OTHER_KEY = "a-key-for-the-wire", "another-key-for-the-wire"
INGEST = "POST /v1/ingest/posts/batch HTTP/1.1"
JSON, WITH_KEY = "Content-Type: application/json", f"x-api-key: {KEY}"
EMPTY = b'{"items": []}'


class Raw:
    """One connection."""

    def __init__(self, address, buffer=None):
        host, port = address.removeprefix("http://").split(":")
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(60)
        self.socket.connect((host, int(port)))
        self.read = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, *lines, body=b"", host="feed.example"):
        """Sends a head of these lines, with a Host unless told otherwise."""
        lines = [line if isinstance(line, bytes) else line.encode() for line in lines]
        if host is not None:
            lines.insert(1, b"Host: " + host.encode())
        self.send_bytes(b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body)
        return self

    def send_bytes(self, data):
        self.socket.sendall(data)
        return self

    def _until(self, end):
        while end not in self.read:
            more = self.socket.recv(65536)
            assert more, f"the connection ended after {self.read[-500:]!r}"
            self.read += more
        part, _, self.read = self.read.partition(end)
        return part

    def _count(self, count):
        while len(self.read) < count:
            more = self.socket.recv(65536)
            assert more, "the connection ended in a body"
            self.read += more
        part, self.read = self.read[:count], self.read[count:]
        return part

    def take(self, count):
        """Takes so many bytes, or some more, and keeps them for the answers."""
        end = len(self.read) + count
        while len(self.read) < end:
            more = self.socket.recv(65536)
            assert more, "the connection ended"
            self.read += more
        return True

    def head(self):
        status, *lines = self._until(b"\r\n\r\n").decode().split("\r\n")
        return status, {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    def answer(self, to_head=False):
        """The next answer that is not interim."""
        status, headers = self.head()
        code = int(status.split()[1])
        if to_head or code in (204, 304):
            body = b""
        elif "content-length" in headers:
            assert "transfer-encoding" not in headers
            body = self._count(int(headers["content-length"]))
        elif headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self._until(b"\r\n"), 16):
                body += self._count(size)
                assert self._count(2) == b"\r\n"
            assert self._until(b"\r\n") == b""
        else:
            body = self.rest()
        return Answer(status.split()[0], code, headers, body)

    def rest(self):
        """Everything until the server closes its side."""
        while more := self.socket.recv(1 << 20):
            self.read += more
        rest, self.read = self.read, b""
        return rest

    def has_ended(self):
        return self.rest() == b""


class Answer:
    def __init__(self, version, code, headers, body):
        self.version, self.code, self.headers, self.body = version, code, headers, body

    @property
    def problem(self):
        return json.loads(self.body)["code"]

    @property
    def ends(self):
        return self.headers.get("connection") == "close"


def ingest(raw, *headers, body=EMPTY, key=(WITH_KEY,), kind=(JSON,)):
    """The answer to a batch."""
    return raw.send(INGEST, *kind, *key, f"Content-Length: {len(body)}", *headers, body=body).answer()
