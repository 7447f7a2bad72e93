"""The server keeps what docs/openapi.v1.yaml promises."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests
import yaml

from support.contract_rules import contract_rules
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


def test_schemathesis_finds_nothing(server, tmp_path):
    """Examples, boundaries, random values and sequences of calls, valid and invalid, against every check there is."""
    examples = "300" if os.environ.get("XMONITOR_TEST_FULL") else "25"
    (tmp_path / "schemathesis.toml").write_text(contract_rules(KEY))
    done = subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), "run", f"{server}/v1/openapi.yaml",
         "--mode", "all", "--max-examples", examples,
         "--generation-deterministic", "--request-timeout", "30", "--no-color"],
        cwd=tmp_path, text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=3600)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
