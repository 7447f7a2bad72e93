"""What collectors send to the HTTP API of a server of the test's own."""

import subprocess
from contextlib import contextmanager

import requests

from support.output import line_with

KEY = "a-key-for-live-news"
LATER = "2026-03-01T10:00:00.000001Z"


class Collector:
    def __init__(self, address):
        self.address = address

    def send(self, path, body, outcome):
        """Sends `body`; every item of it has to become `outcome`."""
        answer = requests.post(f"{self.address}/v1/ingest/{path}", json=body, headers={"x-api-key": KEY}, timeout=60)
        assert answer.status_code == 200, answer.text
        counts = answer.json()["outcomes"]
        assert counts[outcome] == answer.json()["received"], answer.text

    def posts(self, outcome, *items):
        defaults = {"url": "https://x.example/live", "author_handle": "live", "discovered_at": LATER, "last_seen_at": LATER}
        self.send("posts/batch", {"items": [defaults | item for item in items]}, outcome)

    def report(self, outcome, status_id, **fields):
        self.send("reports/batch", {"items": [{"status_id": status_id, "reported_at": LATER, "channel": "live"} | fields]}, outcome)

    def metrics(self, outcome, status_id, **fields):
        item = {"status_id": status_id, "snapshot_type": "latest_observed", "snapshot_at": LATER} | dict.fromkeys(
            ("likes", "reposts", "replies", "views"), 8_000_000)
        self.send("metrics/batch", {"items": [item | fields]}, outcome)

    def run(self, outcome, **fields):
        self.send("runs", {"run_at": LATER, "mode": "manual", "fetched_count": 3} | fields, outcome)

    def watch_account(self, outcome, **fields):
        self.send("watch-accounts/batch", {"items": [{"handle": "live", "tier": "ecosystem", "added_at": LATER} | fields]}, outcome)

    def embedding(self, outcome, status_id, **fields):
        item = {"status_id": status_id, "backend": "live", "model": "live", "vector": [0.5, 0.25], "text_hash": "live", "updated_at": LATER}
        self.send("embeddings/batch", {"items": [item | fields]}, outcome)


@contextmanager
def server(program):
    """A collector's way in, while a server runs."""
    program.environment |= {"XMONITOR_PORT": "0", "XMONITOR_API_KEY": KEY}
    with open(program.folder / "server.log", "w") as log:
        running = subprocess.Popen(
            [program.path, "serve"], cwd=program.folder, env=program.environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=log)
    try:
        line = line_with("http://", running)
        yield Collector(next(word for word in line.split() if word.startswith("http://")).rstrip("/"))
    finally:
        running.terminate()
        assert running.wait(timeout=60) == 0
