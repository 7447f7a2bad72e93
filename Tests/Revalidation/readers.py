"""Servers, and readers that ask again with what they have."""

import signal
import subprocess

import requests

from support.output import line_with

KEY = "a-key-for-revalidation"


class Reader:
    """Asks one server, and keeps the last answer of each address as a cache would."""

    def __init__(self, address):
        self.address, self.session, self.kept = address, requests.Session(), {}

    def plain(self, path):
        answer = self.session.get(self.address + path, timeout=60)
        return answer.status_code, answer.content, answer.headers.get("ETag")

    def again(self, path):
        """The answer with what is kept: whether it was kept still, and the status and the body as the reader has them now."""
        tag = self.kept.get(path, (None, None))[0]
        answer = self.session.get(self.address + path, headers={"If-None-Match": tag} if tag else {}, timeout=60)
        if answer.status_code == 304:
            assert tag and answer.content == b"" and answer.headers["ETag"] == tag
            return True, 200, self.kept[path][1]
        if answer.status_code == 200:
            assert answer.headers["ETag"] != tag, "the same tag, and yet the answer was sent"
            self.kept[path] = (answer.headers["ETag"], answer.content)
        return False, answer.status_code, answer.content

    def post(self, path, body):
        answer = self.session.post(self.address + path, json=body, headers={"x-api-key": KEY}, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()


class Server:
    def __init__(self, program, database, **settings):
        environment = program.environment | {"DATABASE_URL": database, "XMONITOR_PORT": "0", "XMONITOR_API_KEY": KEY, "XMONITOR_CURSOR_KEY": "a-key-for-cursors"}
        with open(program.folder / "server.log", "a") as log:
            self.process = subprocess.Popen(
                [program.path, "serve"], cwd=program.folder, env=environment | settings, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        line = line_with("http://", self.process)
        self.address = next(word for word in line.split() if word.startswith("http://")).rstrip("/")

    def reader(self):
        return Reader(self.address)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        assert code == 0


def post(number, likes=0, minute=0):
    time = f"2026-02-22T09:{minute:02}:00.{likes:06}Z"
    return {"status_id": str(number), "url": f"https://x.com/ada/status/{number}", "author_handle": "ada", "discovered_at": "2026-02-22T09:00:00Z",
            "last_seen_at": time, "likes": likes}
