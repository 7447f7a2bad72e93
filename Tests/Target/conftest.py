"""What the proofs of odd and of faulty databases share."""

import pytest

from support.ingest_server import IngestServer
from support.private_postgres import PrivatePostgres


@pytest.fixture
def serve(xmonitor):
    """Starts servers, and stops them at the end: each has to end with success."""
    servers = []

    def serve(address, **settings):
        servers.append(IngestServer(xmonitor, address, **settings))
        return servers[-1]

    yield serve
    for server in servers:
        server.stop()


@pytest.fixture(scope="module")
def postgres():
    server = PrivatePostgres()
    yield server
    server.stop()
