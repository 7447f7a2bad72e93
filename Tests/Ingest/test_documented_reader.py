"""The reader of docs/changes.md prints every change, though it is killed, and though the server goes away and comes back."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from random_batches import moment as at
from support.tailers import key
from support.waiting import until

PAGE = (Path(__file__).parents[2] / "docs/changes.md").read_text()
PROGRAM = re.search(r"^```python\n(#!.*?)^```", PAGE, re.M | re.S)[1]


@pytest.fixture
def reader(tmp_path):
    """Starts it in a folder of its own; it prints to a file."""
    (tmp_path / "reader.py").write_text(PROGRAM)
    (tmp_path / "reader.py").chmod(0o755)
    running = []

    def start(address, **options):
        with open(tmp_path / "printed", "a") as printed:
            running.append(subprocess.Popen(
                ["python3", "reader.py"], cwd=tmp_path, stdout=options.get("stdout", printed), stderr=subprocess.PIPE, text=True,
                env={"PATH": "/usr/bin:/bin:/usr/local/bin", "XMONITOR_URL": address}))
        return running[-1]

    start.items = lambda: [json.loads(line) for line in (tmp_path / "printed").read_text().splitlines() if line.endswith("}")]
    yield start
    for process in running:
        process.kill()
        process.wait()


def batch(number, size=40):
    return [{"status_id": f"{number}-{place}", "url": "https://x.com/ada/status/1", "author_handle": "ada", "likes": place,
             "discovered_at": at(1), "last_seen_at": at(1)} for place in range(size)]


def await_all(reader, posts):
    until(lambda: len({key(item) for item in reader.items()}) == 3 * posts, otherwise=lambda: f"{len(reader.items())} of {3 * posts}")


def test_it_has_twenty_lines():
    assert len(PROGRAM.splitlines()) <= 20


def test_it_prints_everything_though_it_is_killed_and_the_server_comes_back(serve, another_archive, reader):
    address = another_archive()
    server = serve(address)
    port = server.address.rpartition(":")[2]
    server.client.send("posts", batch(0))
    process = reader(server.address)
    await_all(reader, 40)
    process.kill()
    server.client.send("posts", batch(1))
    reader(server.address)
    await_all(reader, 80)
    server.stop()
    server = serve(address, XMONITOR_PORT=port)
    server.client.send("posts", batch(2))
    await_all(reader, 120)
    # What it was told before it was killed it may print once more, and nothing else twice.
    printed = [key(item) for item in reader.items()]
    assert set(printed) == {key(item) for item in server.client.get("/v1/changes?limit=1000").json["items"]}
    assert len(printed) == len(set(printed))


def test_a_cursor_that_is_refused_ends_it_with_the_reason(serve, another_archive, reader, tmp_path):
    server = serve(another_archive())
    (tmp_path / "changes.place").write_text("9-0")
    process = reader(server.address)
    assert '"code":"invalid_cursor"' in process.communicate(timeout=60)[1]
    assert process.returncode == 1
