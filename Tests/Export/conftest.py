"""What the proofs of files and feeds share."""

import os
import uuid

import pytest

from support.psql import sql
from support.roles import grant


@pytest.fixture(scope="session")
def archives():
    """The databases that were filled, by what filled them; dropped at the end."""
    made = {}
    yield made
    for address in made.values():
        name = address.split("///")[1].split("?")[0]
        sql(os.environ["XMONITOR_TEST_DATABASE_URL"], f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def another_database(archives, xmonitor):
    """The address of a database with what `fill` puts into it, for a test that changes it."""
    def another_database(fill, name=None):
        admin, database = os.environ["XMONITOR_TEST_DATABASE_URL"], f"export_{uuid.uuid4().hex}"
        sql(admin, f"CREATE DATABASE {database}")
        address = archives[name or database] = admin.replace("///postgres", f"///{database}")
        xmonitor.environment["DATABASE_URL"] = address
        xmonitor("schema", "apply")
        grant(xmonitor, address)
        fill(address)
        return address

    return another_database


@pytest.fixture
def filled(archives, another_database):
    """The same, made once for all tests that only read."""
    return lambda fill: archives.get(fill) or another_database(fill, fill)
