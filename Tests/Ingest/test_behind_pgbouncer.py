"""Through PgBouncer in transaction mode, with fewer connections behind it than the server has before it, nothing is different."""

import getpass
import os
import shutil
import subprocess
import tempfile
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
import requests
from archive_state import contents
from event_stream import EventStream
from random_batches import batch, ids
from tailers import Tailer

AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@pytest.fixture
def bouncer():
    """Takes the address of a database and returns one that leads through PgBouncer."""
    folder = tempfile.mkdtemp(prefix="xmonitor-bouncer.", dir="/tmp")  # the path of a socket has to be short
    processes = []

    def start(address):
        address = urllib.parse.urlsplit(address)
        behind = dict(urllib.parse.parse_qsl(address.query))
        with open(f"{folder}/ini", "w") as ini:
            ini.write(f"""
                [databases]
                * = host={behind["host"]} user={behind["user"]}
                [pgbouncer]
                listen_addr =
                unix_socket_dir = {folder}
                listen_port = 5432
                auth_type = any
                pool_mode = transaction
                default_pool_size = 3
                """.replace("\n                ", "\n"))
        shutil.chown(folder, "postgres" if AS_POSTGRES else getpass.getuser())
        processes.append(subprocess.Popen(
            [*AS_POSTGRES, "/usr/sbin/pgbouncer", "-q", f"{folder}/ini"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        end = time.monotonic() + 60
        while not os.path.exists(f"{folder}/.s.PGSQL.5432"):
            assert processes[0].poll() is None and time.monotonic() < end, "PgBouncer did not start"
            time.sleep(0.05)
        return f"postgresql://{address.path}?host={folder}&user={behind['user']}"

    yield start
    for process in processes:
        process.terminate()
        process.wait(timeout=60)
    shutil.rmtree(folder, ignore_errors=True)


def test_writers_readers_and_followers_do_not_notice(bouncer, serve, another_archive):
    random, known = Random(7), ids(40)
    batches = [batch(random, kind, known, 30) for kind in ["posts"] * 20 + ["metrics", "reports"] * 10]
    straight, direct = serve(another_archive()), another_archive()
    for kind, items in batches:
        straight.client.send(kind, items)
    server = serve(bouncer(direct))
    tailer = Tailer(server.address)
    with ThreadPoolExecutor(8) as writers, EventStream(server.address) as stream:
        sent = [writers.submit(lambda one: server.client.send(*one), one) for one in batches if one[0] == "posts"]
        while not all(one.done() for one in sent):
            tailer.read(wait=1)
            assert server.client.get("/v1/feed?q=a&limit=5").status == 200
        for one in sent:
            one.result()
        list(writers.map(lambda one: server.client.send(*one), [one for one in batches if one[0] != "posts"]))
        assert stream.event() is not None
    tailer.read_all()
    assert contents(direct) == contents(straight.database)
    posts = {row["status_id"] for row in contents(direct)["posts"]}
    assert {key[1] for key in tailer.items if key[0] == "post"} == posts
    csv = requests.get(f"{server.address}/v1/feed.csv", timeout=60).text
    assert csv.count("\r\n") > len(posts) and all(f"\r\n{post}," in csv for post in posts)
