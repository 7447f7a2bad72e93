"""A client of Server-Sent Events, by the rules of the WHATWG's HTML standard."""

import http.client


class EventStream:
    """Reads event after event; `last_id` is what it would come back with."""

    def __init__(self, address, query="", last_id=None, path="/v1/stream", headers=None):
        self.connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        self.connection.request("GET", path + query, headers=(headers or {}) | ({"Last-Event-ID": last_id} if last_id else {}))
        self.answer = self.connection.getresponse()
        self.last_id, self.retry, self.comments, self.is_whole = last_id, None, 0, False

    @property
    def status(self):
        return self.answer.status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.answer.close()
        self.connection.close()

    def event(self):
        """The next event as (kind, data); None at the end, which is whole when `is_whole`."""
        kind, data = "message", []
        while line := self.answer.readline().decode():
            assert line.endswith("\n"), "half a line"
            name, _, value = line.removesuffix("\n").partition(":")
            value = value.removeprefix(" ")
            if line == "\n":
                if data:
                    return kind, "\n".join(data)
                kind = "message"
            elif name == "":
                self.comments += 1
            elif name == "event":
                kind = value
            elif name == "data":
                data.append(value)
            elif name == "id":
                self.last_id = value
            elif name == "retry":
                self.retry = int(value)
            else:
                raise AssertionError(f"no such field: {line!r}")
        assert not data, "half an event"
        # http.client closes an answer that has come to its end, and raises IncompleteRead where it is cut off.
        self.is_whole = self.answer.isclosed()
        return None

    def comment(self):
        """Waits for the next sign of life."""
        line = b""
        while not line.startswith(b":"):
            line = self.answer.readline()
            assert line, "the stream has ended"

    def events(self, count):
        return [self.event() for _ in range(count)]
