"""An import that fills the disk of Postgres leaves the archive as it was, and the next run completes it."""

import os
import shutil
import subprocess
import tempfile
import threading

import pytest
from broken_off import Stage, moments, said_clearly, wait
from full_run import FULL
from private_postgres import PrivatePostgres
from psql import sql


@pytest.fixture
def small_disk():
    """A disk of the test's own, as a function that sets its size in KiB, and its folder."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    folder = tempfile.mkdtemp(prefix="xmonitor-disk.", dir="/tmp")

    def mount(options):
        return subprocess.run([*as_root, "mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, text=True)

    made = mount("size=1g,mode=0777")
    if made.returncode != 0:
        os.rmdir(folder)
        pytest.skip(f"a small disk needs the right to mount one: {made.stderr.strip()}")

    def resize(kibibytes):
        resized = mount(f"remount,size={kibibytes}k")
        assert resized.returncode == 0, resized.stderr

    yield folder, resize
    subprocess.run([*as_root, "umount", folder], check=True)
    os.rmdir(folder)


def used(folder):
    return shutil.disk_usage(folder).used // 1024


def test_the_disk_of_postgres_is_full(xmonitor, small_disk):
    folder, resize = small_disk
    server = PrivatePostgres(folder)
    try:
        stage = Stage(xmonitor, server.address())
        stage.undisturbed()
        peaks, codes = [growth(folder, server, stage, turn) for turn in range(2)], set()
        for turn, share in enumerate(moments(20 if FULL else 2, 1, seed=3)):
            with stage.archive(turn) as address:
                server.sql("CHECKPOINT")
                resize(used(folder) + int(share * peaks[turn % 2]))
                said_clearly(running := stage.start())
                codes.add(running.returncode)
                resize(1024 * 1024)
                server.recover()
                stage.is_whole(address)
                stage.completes(address)
        assert 2 in codes, "the disk was never full"
    finally:
        server.stop()


def growth(folder, server, stage, turn):
    """The KiB that an import needs of the disk at its height."""
    with stage.archive(turn):
        server.sql("CHECKPOINT")
        return most_used(folder, lambda: stage.start().communicate(timeout=600))


def most_used(folder, work):
    before, most, done = used(folder), 0, threading.Event()

    def watch():
        nonlocal most
        while not done.wait(0.01):
            most = max(most, used(folder))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return most - before
