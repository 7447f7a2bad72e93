"""A connection to the server that stays open."""

import http.client


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
