"""One server with the sample and the web feed, for what goes over the wire. Nothing is written to it."""

import os
import uuid

import pytest
from connections import Connection
from ingest_server import IngestServer
from psql import sql

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
        servers.append(IngestServer(xmonitor, database, XMONITOR_API_KEY="a-key-for-the-wire", XMONITOR_CORS_ORIGINS=ORIGIN))
    return servers[0].address.removeprefix("http://")


@pytest.fixture
def connection(address):
    connection = Connection(address)
    yield connection
    connection.connection.close()
