"""Through PgBouncer in transaction mode, with fewer connections behind it than the server has before it, nothing is different."""

import getpass
import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
import requests

from archive_state import contents
from random_batches import batch, ids
from support.event_stream import EventStream
from support.load import Load
from support.tailers import Tailer
from support.waiting import until

AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


class Bouncer:
    """PgBouncer, in a folder of its own."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="xmonitor-bouncer.", dir="/tmp"))  # the path of a socket has to be short
        self.process = None

    def lead(self, address):
        """Starts it. Returns an address that leads to the database at `address` through it."""
        address = urllib.parse.urlsplit(address)
        behind = dict(urllib.parse.parse_qsl(address.query))
        (self.folder / "ini").write_text(f"""
            [databases]
            * = host={behind["host"]} user={behind["user"]}
            [pgbouncer]
            listen_addr =
            unix_socket_dir = {self.folder}
            listen_port = 5432
            pidfile = {self.folder}/pid
            auth_type = any
            pool_mode = transaction
            default_pool_size = 3
            """.replace("\n            ", "\n"))
        shutil.chown(self.folder, "postgres" if AS_POSTGRES else getpass.getuser())
        self.process = subprocess.Popen(
            [*AS_POSTGRES, "/usr/sbin/pgbouncer", "-q", f"{self.folder}/ini"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: self.process.poll() is not None or (self.folder / ".s.PGSQL.5432").exists())
        assert self.process.poll() is None, "PgBouncer did not start"
        return f"postgresql://{address.path}?host={self.folder}&user={behind['user']}"

    @contextmanager
    def frozen(self):
        """It takes connections, because the kernel does, and hands nothing on."""
        pid = int((self.folder / "pid").read_text())
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)
            # Who started it as another user stands still with it.
            self.process.send_signal(signal.SIGCONT)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def bouncer():
    bouncer = Bouncer()
    yield bouncer
    bouncer.stop()


LOST = "Postgres lost a prepared statement"


@pytest.mark.parametrize("prepares", ["false", "true"])
def test_writers_readers_and_followers_do_not_notice(bouncer, serve, another_archive, prepares):
    random, known = Random(7), ids(40)
    batches = [batch(random, kind, known, 30) for kind in ["posts"] * 20 + ["metrics", "reports"] * 10]
    straight, direct = serve(another_archive()), another_archive()
    for kind, items in batches:
        straight.client.send(kind, items)
    server = serve(bouncer.lead(direct), XMONITOR_PREPARED_STATEMENTS=prepares)
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
    told = [json.loads(line)["pool"] for line in server.logs(*[LOST] * (prepares == "true")).splitlines() if LOST in line]
    assert len(told) == len(set(told)) and bool(told) == (prepares == "true")


def test_a_bouncer_that_stands_still_is_told_and_nothing_is_lost(bouncer, serve, another_archive):
    direct = another_archive()
    server = serve(
        bouncer.lead(direct), XMONITOR_CONNECT_TIMEOUT="1", XMONITOR_STATEMENT_TIMEOUT="1", XMONITOR_REQUEST_TIMEOUT="2",
        XMONITOR_POOL_SIZE="4")
    with Load(server) as load:
        load.until_each_got(200)
        with bouncer.frozen():
            load.until_each_got(503)
        load.until_each_got(200, times=5)
    load.check(direct)
