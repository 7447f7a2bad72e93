"""The smoke test tells a server that works from one that does not, and writes nothing."""

import http.server
import json
import threading

import pytest

from support.output import line_with
from support.psql import sql


@pytest.fixture
def server(xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)
    xmonitor.environment |= {"XMONITOR_PORT": "0", "XMONITOR_API_KEY": "a-key"}
    running = xmonitor.start("serve")
    yield next(word for word in line_with("http://", running).split() if word.startswith("http://"))
    running.terminate()
    assert running.wait(timeout=30) == 0


def test_a_server_that_works_passes_and_is_not_written_to(xmonitor, server, archive):
    runs = sql(archive, "SELECT count(*) FROM pipeline_runs")
    checks = json.loads(xmonitor("smoke", server, "--json"))
    assert checks["ok"] is True and len(checks["checks"]) == 10
    assert sql(archive, "SELECT count(*) FROM pipeline_runs") == runs


@pytest.fixture
def closed(xmonitor, archive):
    """A server that nobody reads without a key, and such a key."""
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)
    key = xmonitor("keys", "create", "--name", "smoke", "--scopes", "read").strip()
    running = xmonitor.start("serve", env=xmonitor.environment | {"XMONITOR_PORT": "0", "XMONITOR_READ_ACCESS": "keys"})
    yield next(word for word in line_with("http://", running).split() if word.startswith("http://")), key
    running.terminate()
    assert running.wait(timeout=30) == 0


def test_it_says_which_key_was_refused(xmonitor, closed):
    address, key = closed
    xmonitor("keys", "create", "--name", "laptop", "--scopes", "ingest")
    xmonitor.environment["XMONITOR_SMOKE_KEY"] = "wrong"
    assert xmonitor("smoke", address, code=1).count("the key of XMONITOR_SMOKE_KEY is not known there") == 6
    xmonitor.environment |= {"XMONITOR_SMOKE_KEY": key, "XMONITOR_API_KEY": key}
    assert xmonitor("smoke", address, code=1).count("the key of XMONITOR_API_KEY lacks the scope ingest") == 1 and key not in xmonitor.stdout


def test_a_closed_server_is_read_with_a_key_and_not_without(xmonitor, closed):
    address, key = closed
    xmonitor("smoke", address, "--closed", code=1)
    assert xmonitor.stdout.count("XMONITOR_SMOKE_KEY") == 6 and xmonitor.stdout.count("without a key is refused") == 7
    xmonitor.environment["XMONITOR_SMOKE_KEY"] = key
    assert "FAILED" not in xmonitor("smoke", address, "--closed") and key not in xmonitor.stdout
    del xmonitor.environment["XMONITOR_SMOKE_KEY"]
    (xmonitor.folder / "key").write_text(key + "\n")
    xmonitor.environment["XMONITOR_SMOKE_KEY_FILE"] = "key"
    assert "FAILED" not in xmonitor("smoke", address, "--closed")


def test_an_open_server_does_not_pass_for_a_closed_one(xmonitor, server):
    xmonitor("smoke", server, "--closed", code=1)
    assert xmonitor.stdout.count("FAILED") == 6


def test_a_server_of_something_else_fails_every_check_of_an_answer(xmonitor):
    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>It works!</h1>")

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        checks = json.loads(xmonitor("smoke", f"http://127.0.0.1:{other.server_port}", "--json", code=1))
        other.shutdown()
    # One looks at the status alone.
    assert [check["name"] for check in checks["checks"] if check["failure"] is None] == ["GET /v1/watch-accounts answers 200"]


def test_a_server_that_is_not_there_fails(xmonitor):
    xmonitor("smoke", "http://127.0.0.1:1", code=1)
    assert "FAILED" in xmonitor.stdout
