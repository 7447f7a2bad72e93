"""`xmonitor serve` on a database of the test's own, and a client that speaks to it as collectors do."""

import http.client
import json
import signal
import subprocess
import threading
from dataclasses import dataclass

from support.output import line_with
from support.roles import as_api
from support.waiting import until

KEY = "a-key-for-ingest"
PATHS = {
    "posts": "/v1/ingest/posts/batch", "metrics": "/v1/ingest/metrics/batch", "reports": "/v1/ingest/reports/batch",
    "watch_accounts": "/v1/ingest/watch-accounts/batch", "embeddings": "/v1/ingest/embeddings/batch", "runs": "/v1/ingest/runs",
}


@dataclass
class Answer:
    status: int
    headers: dict
    bytes: bytes

    @property
    def json(self):
        return json.loads(self.bytes)


class Client:
    """One connection that stays open. It opens another only when a test asks for one, so that a broken one is noticed."""

    def __init__(self, address, key=KEY):
        self.host, self.key = address.removeprefix("http://"), key
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def close(self):
        self.connection.close()

    def request(self, method, path, body=None, **headers):
        named = {"x-api-key": self.key, "content-type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body, {name: value for name, value in named.items() if value is not None})
        answer = self.connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def get(self, path):
        return self.request("GET", path)

    def post(self, kind, items, query="", **headers):
        """Sends a batch; a run is its own body."""
        body = items if isinstance(items, bytes) else json.dumps(items if kind == "runs" else {"items": items}).encode()
        return self.request("POST", PATHS[kind] + query, body, **headers)

    def send(self, kind, items, query="", **headers):
        """The same, where nothing but 200 will do; the sums of every answer are checked."""
        answer = self.post(kind, items, query, **headers)
        assert answer.status == 200, (answer.status, answer.bytes[:2000])
        check_sums(answer.json, 1 if kind == "runs" else len(items))
        return answer.json


def check_sums(answer, sent):
    outcomes = answer["outcomes"]
    assert answer["received"] == sent == answer["inserted"] + answer["updated"] + answer["skipped"]
    assert answer["skipped"] == outcomes["unchanged"] + outcomes["stale"] + outcomes["blocked"] + outcomes["erased"] + outcomes["rejected"]
    assert [outcomes[name] for name in ("inserted", "updated")] == [answer["inserted"], answer["updated"]]
    assert len(answer["items"]) == sent
    assert all(answer["items"].count(name) == count for name, count in outcomes.items())
    # Every fault of an item is an entry; those of one item stand together.
    assert list(dict.fromkeys(error["index"] for error in answer["errors"])) == [
        index for index, name in enumerate(answer["items"]) if name == "rejected"]
    assert [error["index"] for error in answer["errors"]] == sorted(error["index"] for error in answer["errors"])


class IngestServer:
    def __init__(self, program, address, **settings):
        environment = program.environment | {"DATABASE_URL": as_api(address), "XMONITOR_PORT": "0", "XMONITOR_API_KEY": KEY} | settings
        self.database = address
        self.log = program.folder / "server.log"
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                [program.path, "serve"], cwd=program.folder, env=environment, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        line = line_with("http://", self.process)
        self.address = next(word for word in line.split() if word.startswith("http://")).rstrip("/")
        self.local = threading.local()

    @property
    def client(self):
        """The client of this thread."""
        if not hasattr(self.local, "client"):
            self.local.client = Client(self.address)
        return self.local.client

    def logs(self, *texts):
        """The log, once each of `texts` is in it: its lines are written by a thread of their own, after the answers they are about."""
        until(lambda: all(text in self.log.read_text() for text in texts), otherwise=lambda: f"no {texts} in the log:\n{self.log.read_text()[-4000:]}")
        return self.log.read_text()

    def kill(self):
        """As if the machine had lost its power."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Its last request has to end before it, and it with success, unless it was killed."""
        was_killed = self.process.poll() == -signal.SIGKILL
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        assert code == 0 or was_killed, f"exit code {code}\n{self.log.read_text()[-4000:]}"
