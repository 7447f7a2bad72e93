"""Callers from addresses of their own: on loopback every address of 127.0.0.0/8 is this machine."""

import http.client
import json
import socket


class Caller:
    """One connection from `source`."""

    def __init__(self, server, source="127.0.0.1", **headers):
        host, port = server.address.removeprefix("http://").split(":")
        self.connection = http.client.HTTPConnection(host, int(port), timeout=60, source_address=(source, 0))
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def get(self, path):
        self.connection.request("GET", path, headers=self.headers)
        return self.answer()

    def post(self, path, body):
        self.connection.request("POST", path, json.dumps(body), headers=self.headers | {"content-type": "application/json"})
        return self.answer()

    def answer(self):
        answer = self.connection.getresponse()
        answer.text = answer.read()
        return answer

    def close(self):
        self.connection.close()


def slow_connection(server, source, sent=b"GET /v1/feed HTTP/1.1\r\nHost: a\r\nX-Slow: "):
    """A connection on which a request has begun and does not go on."""
    host, port = server.address.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=60, source_address=(source, 0))
    connection.sendall(sent)
    return connection


def everything(connection):
    """What comes until the server closes it."""
    pieces = []
    while True:
        try:
            piece = connection.recv(65_536)
        except ConnectionResetError:
            piece = b""
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
