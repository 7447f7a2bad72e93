"""A server at which readers sign in, and a provider that misbehaves when it is told to."""

import os
import uuid

import pytest

from misbehaving_provider import MisbehavingProvider
from signed_feed import Feed
from support.psql import sql


class Databases:
    def __init__(self):
        self.admin, self.names = os.environ["XMONITOR_TEST_DATABASE_URL"], []

    def make(self, program):
        self.names.append(f"sign_in_{uuid.uuid4().hex}")
        sql(self.admin, f"CREATE DATABASE {self.names[-1]}")
        address = self.admin.replace("///postgres", f"///{self.names[-1]}")
        program.environment["DATABASE_URL"] = address
        program("schema", "apply")
        return address

    def drop(self):
        for name in self.names:
            sql(self.admin, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def shared():
    """One server, one provider and one database for the tests that need no setting of their own."""
    feeds, databases, provider = [], Databases(), MisbehavingProvider()
    yield feeds, databases, provider
    for feed in feeds:
        feed.stop()
    databases.drop()
    provider.close()


@pytest.fixture
def provider(shared):
    shared[2].behave()
    yield shared[2]
    shared[2].behave()


@pytest.fixture
def feed(shared, provider, xmonitor):
    feeds, databases, _ = shared
    if not feeds:
        feeds.append(Feed(xmonitor, databases.make(xmonitor), provider.issuer))
    return feeds[0]


@pytest.fixture
def reader(feed):
    return feed.reader()


@pytest.fixture
def new_feed(shared, provider, xmonitor, feed):
    """Starts servers of the test's own, on the database of all."""
    feeds = []

    def start(**settings):
        feeds.append(Feed(xmonitor, feed.database, **({"issuer": provider.issuer} | settings)))
        return feeds[-1]

    yield start
    for one in feeds:
        one.stop()
