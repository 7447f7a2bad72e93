"""A server at which readers sign in."""

import json
import socket

from misbehaving_provider import SECRET
from reader import Reader
from support.ingest_server import IngestServer
from support.waiting import until

KEYS = "a" * 32


def free_port():
    """The address that readers come back to has to be known before the server listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Feed(IngestServer):
    """A server with sign-in."""

    def __init__(self, program, address, issuer, **settings):
        port = free_port()
        super().__init__(program, address, **{
            "XMONITOR_PORT": str(port), "XMONITOR_PUBLIC_URL": f"http://127.0.0.1:{port}", "XMONITOR_READ_ACCESS": "oidc", "XMONITOR_OIDC_ISSUER": issuer,
            "XMONITOR_OIDC_CLIENT_ID": "xmonitor", "XMONITOR_OIDC_CLIENT_SECRET": SECRET, "XMONITOR_SIGN_IN_DOMAINS": "example.com",
            "XMONITOR_SESSION_KEYS": KEYS, "XMONITOR_CONTACT": "the team lead"} | settings)

    def reader(self):
        return Reader(self.address)

    def refusals(self, answer):
        """What the log says of a refused request, once it says that the request was answered."""
        def lines():
            found = [json.loads(line) for line in self.log.read_text().splitlines()]
            found = [line for line in found if line.get("request_id") == answer.headers["x-request-id"]]
            return found if any("status" in line for line in found) else None
        return [line["refusal"] for line in until(lines) if "refusal" in line]
