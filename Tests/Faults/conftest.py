"""A Postgres that may be stopped and killed, for the proofs of faults."""

import uuid

import pytest

from support.private_postgres import PrivatePostgres


@pytest.fixture(scope="session")
def postgres():
    server = PrivatePostgres()
    yield server
    server.stop()


@pytest.fixture
def private_archive(postgres, xmonitor):
    """The address of an archive in it."""
    postgres.recover()
    name = f"archive_{uuid.uuid4().hex}"
    postgres.sql(f"CREATE DATABASE {name}")
    xmonitor.environment["DATABASE_URL"] = postgres.address(name)
    xmonitor("schema", "apply")
    return postgres.address(name)


@pytest.fixture
def hurried(private_archive, serve):
    """A server on it that gives up soon, so that nobody has to wait long for what is not to come."""
    return serve(
        private_archive, XMONITOR_CONNECT_TIMEOUT="1", XMONITOR_STATEMENT_TIMEOUT="1", XMONITOR_REQUEST_TIMEOUT="2",
        XMONITOR_POOL_SIZE="4")
