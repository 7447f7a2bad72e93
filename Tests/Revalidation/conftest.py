"""What the proofs of revalidation share."""

import pytest

from readers import Server
from support.private_postgres import PrivatePostgres


@pytest.fixture
def serve(xmonitor):
    """Starts servers, and stops them at the end."""
    servers = []

    def serve(database, **settings):
        servers.append(Server(xmonitor, database, **settings))
        return servers[-1]

    yield serve
    for server in servers:
        server.stop()


@pytest.fixture
def postgres(xmonitor):
    """A Postgres in which nobody else writes, with the schema."""
    postgres = PrivatePostgres()
    xmonitor.environment["DATABASE_URL"] = postgres.address()
    xmonitor("schema", "apply")
    postgres.sql("ALTER SYSTEM SET autovacuum = off")
    postgres.sql("SELECT pg_reload_conf()")
    yield postgres
    postgres.stop()
