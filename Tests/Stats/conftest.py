"""An archive with posts that SQL put there, and a server over it."""

import signal
import subprocess

import pytest
import requests

from support.output import line_with
from support.roles import as_api

SECONDS = 60


class Served:
    def __init__(self, program, database):
        self.database = database
        with open(program.folder / "server.log", "w") as log:
            self.process = subprocess.Popen(
                [program.path, "serve"], cwd=program.folder, env=program.environment | {"DATABASE_URL": as_api(database), "XMONITOR_PORT": "0"}, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        line = line_with("http://", self.process)
        self.address = next(word for word in line.split() if word.startswith("http://")).rstrip("/")
        self.session = requests.Session()

    def get(self, path, parameters=()):
        answer = self.session.get(self.address + path, params=list(parameters), timeout=SECONDS)
        assert answer.status_code == 200, (answer.url, answer.text)
        return answer.json()

    def stop(self):
        """It has to end with success."""
        self.session.close()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=SECONDS)
        self.process.stdout.close()
        assert code == 0


@pytest.fixture
def serve(xmonitor, archive):
    """Starts the server."""
    servers = []

    def serve():
        servers.append(Served(xmonitor, archive))
        return servers[-1]

    yield serve
    for server in servers:
        if server.process.poll() is None:
            server.stop()
