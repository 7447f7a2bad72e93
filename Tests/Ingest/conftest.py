"""What the proofs of ingest share."""

import os
import threading
import uuid

import pytest

from archive_state import empty
from documented_reader import DocumentedReader
from support.ingest_server import Client, IngestServer
from support.message_proxy import MessageProxy
from support.psql import sql
from support.roles import grant
from support.waiting import leave_circles_alone


class Databases:
    """Databases with the schema, until they are dropped."""

    def __init__(self):
        self.admin, self.names = os.environ["XMONITOR_TEST_DATABASE_URL"], []

    def make(self, program, options=""):
        self.names.append(f"ingest_{uuid.uuid4().hex}")
        sql(self.admin, f"CREATE DATABASE {self.names[-1]} {options}")
        address = self.admin.replace("///postgres", f"///{self.names[-1]}")
        before = dict(program.environment)
        program.environment["DATABASE_URL"] = address
        program("schema", "apply")
        grant(program, address)
        program.environment = before
        return address

    def drop(self):
        for name in self.names:
            sql(self.admin, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def another_archive(xmonitor):
    """Makes databases of the test's own."""
    databases = Databases()
    yield lambda *options: databases.make(xmonitor, *options)
    databases.drop()


@pytest.fixture
def reader(tmp_path):
    """Starts the reader of docs/changes.md."""
    folder = tmp_path / "reader"
    folder.mkdir()
    reader = DocumentedReader(folder)
    yield reader
    reader.stop()


@pytest.fixture
def proxied(serve, another_archive):
    """A server that reaches Postgres through a proxy, the proxy, and the address past it. The database sorts as a language does."""
    address = another_archive("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'und'")
    leave_circles_alone(address)
    folder = address.partition("host=")[2].partition("&")[0]
    proxy = MessageProxy(folder)
    yield serve(address.replace(folder, str(proxy.folder))), proxy, address
    proxy.close()


@pytest.fixture(scope="session")
def shared():
    """One server for the tests that need no setting of their own."""
    servers, databases = [], Databases()
    yield servers, databases
    for server in servers:
        server.stop()
    databases.drop()


@pytest.fixture
def server(shared, xmonitor):
    """The server of all, with an empty archive."""
    servers, databases = shared
    if not servers:
        servers.append(IngestServer(xmonitor, databases.make(xmonitor)))
    empty(servers[0].database)
    servers[0].local = threading.local()  # The server closes a connection that rested during a test of other servers.
    xmonitor.environment["DATABASE_URL"] = servers[0].database
    return servers[0]


@pytest.fixture
def client(server):
    client = Client(server.address)
    yield client
    client.close()
