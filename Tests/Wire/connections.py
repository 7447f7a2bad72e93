"""Connections to the server that stay open: one that asks well, and one on which anything may be said."""

import http.client
import io
import socket


class Connection:
    """What is left on it after an answer would spoil the next."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address, timeout=60)

    def ask(self, path, method="GET", **headers):
        self.connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = self.connection.getresponse()
        body = answer.read()
        # Lines of one name are one list.
        return answer.status, {name.lower(): ", ".join(answer.headers.get_all(name)) for name in answer.headers}, body


class Raw:
    """What is sent is bytes; what comes is answer after answer."""

    class Reader(io.BufferedReader):
        """An answer closes what it was read from; there may be more behind it."""

        def close(self):
            pass

    def __init__(self, address):
        host, port = address.split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=60)
        self.reader = self.Reader(socket.SocketIO(self.socket, "rb"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def makefile(self, *_):
        return self.reader

    def send(self, data):
        self.socket.sendall(data)

    def answer(self, method="GET"):
        """The next answer, and its body."""
        answer = http.client.HTTPResponse(self, method=method)
        answer.begin()
        return answer, answer.read()

    def is_closed(self):
        """Whether the other side ends it without another word."""
        try:
            return self.reader.read(1) == b""
        except ConnectionResetError:
            return True
