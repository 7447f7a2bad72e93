"""A request and an answer on their way between the edge and an origin."""

from dataclasses import dataclass, field


@dataclass
class Request:
    """`target` is path and query as they came; header names are in small letters, and several of one name stand one after another."""

    method: str
    path: str
    query: str
    headers: list
    body: bytes
    address: str

    def header(self, name):
        """All values, joined; None where there is none."""
        found = [value for each, value in self.headers if each == name]
        return ",".join(found) if found else None

    def with_headers(self, headers):
        return Request(self.method, self.path, self.query, headers, self.body, self.address)


@dataclass
class Answer:
    """`body` is bytes, or yields parts and raises BrokenStream where it breaks off."""

    status: int
    headers: list = field(default_factory=list)
    body: object = b""

    def header(self, name):
        found = [value for each, value in self.headers if each.lower() == name]
        return ", ".join(found) if found else None


class BrokenStream(Exception):
    """The origin ended its answer in the middle."""


def message(status, text):
    """As gateways answer by themselves."""
    return Answer(status, [("content-type", "application/json")], b'{"message":"%s"}' % text.encode())
