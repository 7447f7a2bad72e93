"""Secrets that come from an object in S3: at the start, and anew while a server runs."""

import json
import os

import pytest

from support.ingest_server import Client
from support.object_store import BUCKET, ObjectStore
from support.waiting import until

PLACE = f"s3://{BUCKET}/secrets/xmonitor.json"
PLANTED = "planted-5f1c-in-the-object-of-secrets"


@pytest.fixture
def store(xmonitor):
    store = ObjectStore()
    xmonitor.environment |= store.settings | {"XMONITOR_SECRETS": PLACE}
    yield store
    store.stop()


def write(store, **secrets):
    store.objects["secrets/xmonitor.json"] = json.dumps(secrets).encode()


def test_they_are_settings_like_any_other_and_not_shown(xmonitor, store):
    write(store, XMONITOR_CURSOR_KEY=PLANTED, XMONITOR_API_KEY=PLANTED)
    shown = json.loads(xmonitor("config", "--json"))
    assert shown["XMONITOR_CURSOR_KEY"] == shown["XMONITOR_API_KEY"] == {"value": "(set, not shown)", "secret": True, "from": PLACE}
    assert shown["XMONITOR_SECRETS"]["value"] == PLACE
    assert PLANTED not in xmonitor.stdout + xmonitor.stderr


def test_one_that_the_environment_has_too_is_refused(xmonitor, store):
    write(store, XMONITOR_CURSOR_KEY=PLANTED)
    xmonitor.environment["XMONITOR_CURSOR_KEY"] = "c" * 32
    message = xmonitor.fails("config")
    assert "Both XMONITOR_CURSOR_KEY" in message and PLACE in message and PLANTED not in message


@pytest.mark.parametrize(("content", "says"), [
    (b"", "no JSON object"), (b'["x"]', "no JSON object"), (b'{"XMONITOR_PORT": "80"}', "XMONITOR_PORT"), (b'{"XMONITOR_API_KEY": 5}', "a number"),
    (f'{{"{PLANTED}": "x"}}'.encode(), "Member 1"), (f'{{"XMONITOR_API_KEY": "{PLANTED}\\n"}}'.encode(), "line break"),
    (b'{"XMONITOR_API_KEY": ""}', "white space"), (b'{"XMONITOR_CURSOR_KEY": "short"}', "shorter than 16"),
])
def test_what_makes_no_sense_ends_the_program_without_its_value(xmonitor, store, content, says):
    store.objects["secrets/xmonitor.json"] = content
    message = xmonitor.fails("config")
    assert says in message and PLANTED not in message


def test_an_object_that_is_not_to_be_had_is_named(xmonitor, store):
    assert "does not exist" in xmonitor.fails("config") and PLACE in xmonitor.stderr
    store.refusal = ("AccessDenied", 403)
    assert "access denied" in xmonitor.fails("config")
    del xmonitor.environment["AWS_REGION"]
    assert "AWS_REGION" in xmonitor.fails("config")
    xmonitor.environment["XMONITOR_SECRETS"] = "https://elsewhere/key"
    assert "s3://BUCKET" in xmonitor.fails("config")


def test_a_running_server_takes_them_over(xmonitor, archive, store, serve):
    old, new = "the-old-key-" + PLANTED, "the-new-key-" + PLANTED
    write(store, XMONITOR_CURSOR_KEY="o" * 32, XMONITOR_INGEST_KEYS=f"collector={old}")
    server = serve(archive, XMONITOR_SECRETS_LIFETIME="1", XMONITOR_API_KEY="")
    address = server.client.host

    def status(key):
        client = Client(f"http://{address}", key)
        try:
            return client.post("posts", []).status
        finally:
            client.close()

    assert (status(old) == 401, status(new)) == (False, 401)
    # What makes no sense, or is not reached, changes nothing.
    store.objects["secrets/xmonitor.json"] = b'{"XMONITOR_CURSOR_KEY": "short"}'
    asked = len(store.requests)
    until(lambda: len(store.requests) >= asked + 2, 60)
    assert status(old) != 401
    store.refusal = ("AccessDenied", 403)
    asked = len(store.requests)
    until(lambda: len(store.requests) >= asked + 2, 60)
    assert status(old) != 401
    store.refusal = None
    write(store, XMONITOR_CURSOR_KEY="n" * 32, XMONITOR_INGEST_KEYS=f"collector={new}")
    until(lambda: status(new) != 401, 60)
    assert status(old) == 401
    environment = open(f"/proc/{server.process.pid}/environ", "rb").read() if os.path.exists("/proc/self/environ") else b""
    assert PLANTED.encode() not in environment


@pytest.mark.parametrize(("address", "says"), [
    ("postgresql://u@127.0.0.1:1/x", "sslmode"), ("postgresql:///x?host=/tmp&user=u&sslmode=verify-full", "one host"),
    ("postgresql://u@a,b/x?sslmode=verify-full", "one host"), ("postgresql://u@127.0.0.1:1/x?sslmode=verify-full", "AWS_REGION"),
])
def test_a_token_goes_to_one_verified_host_alone(xmonitor, address, says):
    xmonitor.environment |= {"XMONITOR_DB_AUTH": "iam", "DATABASE_URL": address}
    assert says in xmonitor.fails("schema", "status")
    xmonitor.environment["XMONITOR_DB_AUTH"] = "ldap"
    assert "password or iam" in xmonitor.fails("schema", "status")


def test_without_credentials_there_is_no_token_and_the_sentence_says_so(xmonitor):
    xmonitor.environment |= {
        "XMONITOR_DB_AUTH": "iam", "DATABASE_URL": "postgresql://u@127.0.0.1:1/x?sslmode=verify-full", "AWS_REGION": "eu-central-1"}
    assert "no token for the database" in xmonitor.fails("schema", "status")
    assert "role" in xmonitor.stderr
