"""One server with the sample and the web feed, for what goes over the wire. No post is written to it."""

import os
import uuid

import pytest

from connections import Connection
from raw import KEY, OTHER_KEY, Raw
from support.ingest_server import IngestServer
from support.psql import sql

ORIGIN = "https://feed.example.com"


@pytest.fixture(scope="session")
def servers():
    """The one that is made when it is needed first."""
    servers = []
    yield servers
    for server in servers:
        server.stop()
        sql(os.environ["XMONITOR_TEST_DATABASE_URL"], f"DROP DATABASE {server.database.split('///')[1].split('?')[0]} WITH (FORCE)")


@pytest.fixture
def address(servers, xmonitor):
    if not servers:
        admin, name = os.environ["XMONITOR_TEST_DATABASE_URL"], f"wire_{uuid.uuid4().hex}"
        sql(admin, f"CREATE DATABASE {name}")
        xmonitor.environment["DATABASE_URL"] = database = admin.replace("///postgres", f"///{name}")
        xmonitor("schema", "apply")
        xmonitor("sample", "sample.db", "--posts", "60")
        xmonitor("snapshot", "import", "sample.db", code=1)
        servers.append(IngestServer(xmonitor, database, XMONITOR_API_KEY=KEY, XMONITOR_INGEST_KEYS=f"other={OTHER_KEY}", XMONITOR_CORS_ORIGINS=ORIGIN))
    return servers[0].address.removeprefix("http://")


@pytest.fixture
def connection(address):
    connection = Connection(address)
    yield connection
    connection.connection.close()


@pytest.fixture
def log(address, servers):
    """Reads what the server has logged since the test began."""
    start = servers[0].log.stat().st_size

    def read():
        with open(servers[0].log) as log:
            log.seek(start)
            return log.read()
    return read


@pytest.fixture
def raw(address):
    with Raw(address) as connection:
        yield connection
