"""The server keeps what docs/openapi.v1.yaml promises."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests
import yaml

from support.output import line_with

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/openapi.v1.yaml"
KEY = "a-key-for-the-contract"


@pytest.fixture
def server(xmonitor, archive):
    """The address of a server of the test's own, because anything that the document allows is written to it."""
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)
    xmonitor.environment |= {"XMONITOR_PORT": "0", "XMONITOR_API_KEY": KEY}
    with open(xmonitor.folder / "server.log", "w") as log:
        running = subprocess.Popen(
            [xmonitor.path, "serve"], cwd=xmonitor.folder, env=xmonitor.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
    yield next(word for word in line_with("http://", running).split() if word.startswith("http://")).rstrip("/")
    running.terminate()
    assert running.wait(timeout=30) == 0


def test_the_server_hands_out_the_document(server):
    for path in ("/v1/openapi.yaml", "/api/v1/openapi.yaml"):
        assert requests.get(server + path, timeout=30).text == DOCUMENT.read_text()
    assert requests.get(server + "/v1/openapi.json", timeout=30).json() == yaml.safe_load(DOCUMENT.read_text())


def test_every_operation_that_is_described_answers(server):
    for path, operations in yaml.safe_load(DOCUMENT.read_text())["paths"].items():
        for method, operation in operations.items():
            address = server + re.sub(r"\{\w+\}", "1", path)
            # Of a stream only the head can be waited for.
            with requests.request(method, address, timeout=30, headers={"X-API-Key": KEY}, stream=True) as answer:
                pass
            assert str(answer.status_code) in operation["responses"], (method, path, answer.status_code)
            if answer.status_code >= 400:
                assert answer.headers["Content-Type"] == "application/problem+json"


# The key is given as authentication and not as a header, so that requests without it are tried too. No random text is a cursor or a
# time zone, and a random range may have too many buckets, so what is asked for with one may be refused; so may a batch whose
# Idempotency-Key was used before. An item that breaks the schema is answered in its place, by 200: the others go in. A stream has no end
# that could be waited for, and nobody waits long for a change. Feed tokens are for readers who signed in.
SCHEMATHESIS = f"""
[auth.openapi.apiKey]
api_key = "{KEY}"

[[operations]]
include-path-regex = "/v1/(feed(|[.](csv|ndjson|atom|rss|json))|facets|stats/timeline|runs)$"
checks.positive_data_acceptance.enabled = false

[[operations]]
include-name = "GET /v1/changes"
checks.positive_data_acceptance.enabled = false
parameters = {{ wait = 1 }}

[[operations]]
include-name = "GET /v1/stream"
enabled = false

[[operations]]
include-path-regex = "/v1/auth/(sign-in|callback)"
checks.negative_data_rejection.expected-statuses = ["400", "404"]

[[operations]]
include-path-regex = "/v1/me/feed-tokens"
checks.positive_data_acceptance.expected-statuses = ["403"]
checks.negative_data_rejection.expected-statuses = ["400", "403"]

[[operations]]
include-path-regex = "/v1/ingest/.+"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "404", "422"]
checks.negative_data_rejection.expected-statuses = ["200", "400", "401", "404", "413", "415", "422"]
"""


def test_schemathesis_finds_nothing(server, tmp_path):
    """Examples, boundaries, random values and sequences of calls, valid and invalid, against every check there is."""
    examples = "300" if os.environ.get("XMONITOR_TEST_FULL") else "25"
    (tmp_path / "schemathesis.toml").write_text(SCHEMATHESIS)
    done = subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), "run", f"{server}/v1/openapi.yaml",
         "--mode", "all", "--max-examples", examples,
         "--generation-deterministic", "--request-timeout", "30", "--no-color"],
        cwd=tmp_path, text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=3600)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
