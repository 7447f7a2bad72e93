"""One server with the sample and the web feed, for what goes over the wire."""

import signal
import subprocess

import pytest
from output import line_with

ORIGIN = "https://feed.example.com"


@pytest.fixture
def address(xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)
    environment = xmonitor.environment | {"XMONITOR_PORT": "0", "XMONITOR_API_KEY": "a-key-for-the-wire", "XMONITOR_CORS_ORIGINS": ORIGIN}
    with open(xmonitor.folder / "server.log", "w") as log:
        running = subprocess.Popen(
            [xmonitor.path, "serve"], cwd=xmonitor.folder, env=environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
    yield next(word for word in line_with("http://", running).split() if word.startswith("http://")).removeprefix("http://").rstrip("/")
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=30) == 0
    running.stdout.close()
