"""docs/api/examples.md shows a question and its answer for every parameter that there is, and the server answers so."""

import re
import subprocess
from pathlib import Path

import yaml

from support.ingest_server import KEY, IngestServer

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "api/examples.md").read_text()
EXAMPLES = re.findall(r"^    \$ (.*)\n((?:    (?!\$ ).*\n)*)", PAGE, re.M)
DOCUMENT = yaml.safe_load((DOCS / "openapi.v1.yaml").read_text())


def parameters():
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            if method in ("get", "post"):
                for each in [*operations.get("parameters", []), *operation.get("parameters", [])]:
                    yield path, DOCUMENT["components"]["parameters"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each


def test_the_server_answers_as_the_page_says(xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "707")
    xmonitor("snapshot", "import", "sample.db", code=1)  # the sample holds rows to be rejected
    token = xmonitor("keys", "create", "--name", "reader", "--scopes", "feed", "--view", "tier=teammate&significant=true").strip()
    server = IngestServer(xmonitor, archive)
    try:
        for command, answer in EXAMPLES:
            done = subprocess.run(
                ["bash", "-c", command], capture_output=True, text=True, timeout=60,
                env={"PATH": "/usr/bin:/bin:/usr/local/bin", "X": f"{server.address}/v1", "KEY": KEY, "TOKEN": token})
            assert done.stdout == re.sub(r"^    ", "", answer, flags=re.M) and done.stdout, (command, done.stdout, done.stderr)
    finally:
        server.stop()


def test_every_parameter_has_an_example():
    for path, parameter in parameters():
        name = parameter["name"]
        assert re.search(rf"`{re.escape(name)}`|{{{re.escape(name)}}}", PAGE) or name == "statusId", (path, name)
        # A cursor is of one server and one view, and so is a token.
        assert "example" in parameter or name in ("cursor", "token"), (path, name)
