"""The secrets of a function come from an object in S3, and are read again when they are old."""

import json

import pytest

from gateway_events import HTTPAnswer, http_event
from support.object_store import BUCKET, ObjectStore
from support.waiting import until

OLD, NEW = "planted-old-key-of-a-collector", "planted-new-key-of-a-collector"
BATCH = "/v1/ingest/posts/batch"


@pytest.fixture
def store():
    store = ObjectStore()
    yield store
    store.stop()


def ingest(api, key):
    headers = [("content-type", "application/json"), ("x-api-key", key)]
    return HTTPAnswer(api.invoke(http_event("POST", BATCH, headers, b'{"items": []}'))).status


def write(store, key):
    store.objects["secrets/xmonitor.json"] = json.dumps({"XMONITOR_API_KEY": key, "XMONITOR_CURSOR_KEY": "c" * 64}).encode()


def test_changed_secrets_hold_in_a_function_that_was_frozen(function, sample, store):
    write(store, OLD)
    api = function(
        database=sample, XMONITOR_API_KEY="", XMONITOR_CURSOR_KEY="", XMONITOR_SECRETS=f"s3://{BUCKET}/secrets/xmonitor.json",
        XMONITOR_SECRETS_LIFETIME="1", **store.settings).start()
    assert (ingest(api, OLD), ingest(api, NEW)) == (200, 401)
    with api.frozen():
        write(store, NEW)
    until(lambda: ingest(api, NEW) == 200)
    assert ingest(api, OLD) == 401
    with open(f"/proc/{api.process.pid}/environ") as environment:
        assert "planted" not in environment.read()
    assert "planted" not in api.log.read_text()


def test_a_function_that_cannot_read_its_secrets_says_so_at_the_start(function, sample, store):
    failed = function(
        database=sample, XMONITOR_API_KEY="", XMONITOR_CURSOR_KEY="", XMONITOR_SECRETS=f"s3://{BUCKET}/secrets/none.json", **store.settings).fails()
    assert "does not exist" in failed["errorMessage"] and "none.json" in failed["errorMessage"]
