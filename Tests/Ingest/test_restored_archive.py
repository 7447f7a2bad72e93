"""An archive that was restored to an earlier state refuses the cursors of what it lost, at once and when it has written past them."""

import json
import os
import subprocess

import pytest

from random_batches import moment as at
from support.event_stream import EventStream
from support.tailers import Tailer, archive_rows


def posts(*ids, **fields):
    return [{"status_id": str(status_id), "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": at(1),
             "last_seen_at": at(1)} | fields for status_id in ids]


@pytest.fixture
def backup(tmp_path):
    """Dumps an archive, and restores it in its place."""
    dump = tmp_path / "archive.dump"

    class Backup:
        def take(self, address):
            subprocess.run(["pg_dump", "-Fc", "-f", dump, "-d", address], check=True, env=os.environ)

        def restore(self, address):
            subprocess.run(["pg_restore", "--clean", "--if-exists", "--exit-on-error", "-d", address, dump], check=True, env=os.environ)

    return Backup()


def refusals(server, cursor):
    """What both ways to follow the archive answer to a cursor."""
    answer = server.client.get(f"/v1/changes?after={cursor}")
    with EventStream(server.address, last_id=cursor) as stream:
        body = stream.answer.read() if stream.status != 200 else b"{}"
        return (answer.status, answer.json.get("code")), (stream.status, json.loads(body).get("code"))


def test_cursors_of_what_was_lost_are_refused_at_once_and_later(serve, another_archive, backup):
    address = another_archive()
    server = serve(address)
    tailer = Tailer(server.address)
    for number in range(3):
        server.client.send("posts", posts(number))
        tailer.read_all()
    kept = [tailer.after, server.client.get("/v1/changes?limit=1").json["next"]]
    # Committed, and not yet seen by a reader: it gets its position in both archives, and not the same nonce.
    server.client.send("posts", posts("unseen"))
    backup.take(address)
    lost = []
    for number in (100, 101):
        server.client.send("posts", posts(number))
        tailer.read_all()
        lost += [tailer.after, server.client.get("/v1/changes?limit=1").json["next"]]
    server.stop()
    backup.restore(address)
    server = serve(address)
    for written in range(8):
        for cursor in lost:
            assert refusals(server, cursor) == ((400, "invalid_cursor"),) * 2, (written, cursor)
        for cursor in kept:
            assert refusals(server, cursor) == ((200, None),) * 2, (written, cursor)
        server.client.send("posts", posts(200 + written))
    follower = Tailer(server.address)
    follower.after = kept[0]
    follower.read_all()
    assert {name[1] for name in follower.rows} == {"unseen", *(str(200 + written) for written in range(8))}
    follower = Tailer(server.address)
    follower.read_all()
    assert follower.rows == archive_rows(address)


def test_the_documented_reader_starts_anew_and_ends_with_the_archive(serve, another_archive, backup, reader):
    address = another_archive()
    server = serve(address)
    port = server.address.rpartition(":")[2]
    server.client.send("posts", posts(1, 2))
    backup.take(address)
    server.client.send("posts", posts(100, 101))
    server.client.send("posts", posts(1, likes=7, last_seen_at=at(2)))
    process = reader(server.address)
    reader.ends_as(archive_rows(address))
    process.kill()
    server.stop()
    backup.restore(address)
    server = serve(address, XMONITOR_PORT=port)
    for number in range(200, 208):
        server.client.send("posts", posts(number))
    reader(server.address)
    reader.ends_as(archive_rows(address))
    assert {name[1] for name in reader.rows()} == {"1", "2", *map(str, range(200, 208))}
