"""What the proofs of files and feeds share."""

import os
import uuid

import pytest
from psql import sql


@pytest.fixture(scope="session")
def archives():
    """The databases that were filled, by what filled them; dropped at the end."""
    made = {}
    yield made
    for address in made.values():
        name = address.split("///")[1].split("?")[0]
        sql(os.environ["XMONITOR_TEST_DATABASE_URL"], f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def filled(archives, xmonitor):
    """The address of a database with what `fill` puts into it, made once for all tests that only read."""
    def filled(fill):
        if fill not in archives:
            admin, name = os.environ["XMONITOR_TEST_DATABASE_URL"], f"export_{uuid.uuid4().hex}"
            sql(admin, f"CREATE DATABASE {name}")
            archives[fill] = admin.replace("///postgres", f"///{name}")
            xmonitor.environment["DATABASE_URL"] = archives[fill]
            xmonitor("schema", "apply")
            fill(archives[fill])
        return archives[fill]

    return filled
