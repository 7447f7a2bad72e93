"""The mirror of docs/changes.md is equal to the archive though it is killed, and begins anew after a restore."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from random_batches import moment as at
from support.tailers import archive_rows, key, shown
from support.waiting import until

PAGE = (Path(__file__).parents[2] / "docs/changes.md").read_text()
QUERY = re.search(r'^    sqlite3 mirror.db "(.*)"$', PAGE, re.M)[1]
PROGRAM = re.search(r"## A mirror in SQLite\n.*?^```python\n(#!.*?)^```", PAGE, re.M | re.S)[1]


class Mirror:
    def __init__(self, folder):
        self.folder, self.processes = folder, []
        (folder / "mirror.py").write_text(PROGRAM)

    def start(self, address):
        with open(self.folder / "said", "a") as said:
            environment = {"PATH": os.environ["PATH"], "XMONITOR_URL": address}
            self.processes.append(subprocess.Popen([sys.executable, "mirror.py"], cwd=self.folder, stderr=said, env=environment))

    def kill(self):
        self.processes[-1].kill()
        self.processes[-1].wait()

    def rows(self):
        with closing(sqlite3.connect(self.folder / "mirror.db", timeout=60)) as mirror:
            if not mirror.execute("SELECT 1 FROM sqlite_master WHERE name = 'items'").fetchone():
                return {}
            items = [json.loads(row) for [row] in mirror.execute("SELECT row FROM items")]
        return {key(item): shown(item) for item in items}

    def becomes(self, rows):
        def other():
            here, there = self.rows(), rows()
            return [name for name in here.keys() | there.keys() if here.get(name) != there.get(name)]

        until(lambda: not other(), otherwise=lambda: f"{sorted(other())[:5]}\n{(self.folder / 'said').read_text()}")


@pytest.fixture
def mirror(tmp_path):
    folder = tmp_path / "mirror"
    folder.mkdir()
    mirror = Mirror(folder)
    yield mirror
    for process in mirror.processes:
        process.kill()
        process.wait()


def batch(name, likes=0, size=30):
    return [{"status_id": f"{name}-{place}", "url": "https://x.com/ada/status/1", "author_handle": "ada", "likes": likes,
             "discovered_at": at(1), "last_seen_at": at(likes + 2)} for place in range(size)]


def test_it_is_short():
    assert len(PROGRAM.splitlines()) <= 35


def test_it_is_equal_to_the_archive_though_it_is_killed_and_begins_anew_after_a_restore(serve, another_archive, mirror, tmp_path):
    address, backup = another_archive(), another_archive()
    server = serve(address)
    server.client.send("posts", batch("one"))
    mirror.start(server.address)
    for likes in range(1, 6):
        server.client.send("posts", batch("one", likes))
        mirror.kill()
        mirror.start(server.address)
    mirror.becomes(lambda: archive_rows(address))

    # What it was before: a backup of now, and then it goes on.
    dump = tmp_path / "dump"
    subprocess.run(["pg_dump", "--format=custom", f"--file={dump}", address], check=True)
    subprocess.run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", f"--dbname={backup}", dump], check=True)
    server.client.send("posts", batch("lost"))
    mirror.becomes(lambda: archive_rows(address))
    port = server.address.rpartition(":")[2]
    mirror.kill()
    server.stop()
    restored = serve(backup, XMONITOR_PORT=port)
    # It has gone past what was lost when the mirror comes back, so only the row that the cursor names tells.
    for name in ("two", "three", "four"):
        restored.client.send("posts", batch(name))
    mirror.start(restored.address)
    mirror.becomes(lambda: archive_rows(backup))
    with closing(sqlite3.connect(mirror.folder / "mirror.db", timeout=60)) as rows:
        assert rows.execute(QUERY).fetchall() == [("ada", 120)]
    assert not any(name.startswith("lost") for _, name, *_ in mirror.rows())
