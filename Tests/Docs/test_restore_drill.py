"""The commands by which docs/operations.md brings an archive back: what it had then is there, and what came later can be sent again."""

import json
import os
import re
import uuid
from pathlib import Path

import pytest

from support.psql import sql
from support.roles import API, as_api

DOCUMENT = Path(__file__).parents[2] / "docs/operations.md"
MOMENT = "2026-02-20T10:00:00Z"


def drill():
    [commands] = re.findall(r"### Restore drill\n.*?```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    return "set -euo pipefail\n" + commands


@pytest.fixture
def restored(xmonitor, archive):
    """The address of an empty database."""
    name = f"restored_{uuid.uuid4().hex}"
    sql(archive, f"CREATE DATABASE {name}")
    address = re.sub(r"///\w+", f"///{name}", archive)
    yield address
    sql(archive, f"DROP DATABASE {name} WITH (FORCE)")


def post(status_id):
    return {"status_id": status_id, "url": f"https://x.com/ada/status/{status_id}", "author_handle": "ada", "discovered_at": MOMENT, "last_seen_at": MOMENT}


def test_it_brings_back_what_there_was_and_the_rest_is_sent_again(xmonitor, archive, restored, serve):
    xmonitor("sample", "x_monitor.db", "--posts", "60")
    xmonitor("snapshot", "import", "x_monitor.db", code=1)
    server = serve(archive)
    server.client.send("posts", [post("1890000000000000001")])
    (xmonitor.folder / "bin").mkdir()
    (xmonitor.folder / "bin/xmonitor").symlink_to(xmonitor.path)
    environment = xmonitor.environment | {"RESTORED_URL": restored, "PATH": f"{xmonitor.folder / 'bin'}{os.pathsep}{xmonitor.environment['PATH']}"}
    process = xmonitor.run(["bash", "-c", drill()], env=environment)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, out + err
    assert "The schema is up to date." in out and API in out

    later = json.dumps({"items": [post("1890000000000000002")]}).encode()
    assert server.client.post("posts", later, Idempotency_Key="later").json["inserted"] == 1
    xmonitor.environment["DATABASE_URL"] = restored
    second = serve(as_api(archive).replace(re.search(r"///(\w+)", archive)[1], re.search(r"///(\w+)", restored)[1]))
    assert second.client.get("/v1/posts/1890000000000000001").status == 200
    assert second.client.get("/v1/posts/1890000000000000002").status == 404
    # Its receipt is not in the backup either: the same batch with the same key is written.
    for _ in range(2):
        assert second.client.post("posts", later, Idempotency_Key="later").json["inserted"] == 1
    assert second.client.get("/v1/posts/1890000000000000002").status == 200
    totals = [each.client.get("/v1/stats/summary").json["posts"] for each in (server, second)]
    assert totals[0] == totals[1]


def test_what_a_restore_undoes_is_told_by_the_old_database(xmonitor, archive, restored):
    """Each command runs, and its output names what is to be done again."""
    xmonitor("ops", "erase", "1890000000000000003", "--confirm", "0")
    xmonitor("ops", "purge-handle", "@grace", "--confirm", "0", "--block")
    xmonitor("keys", "create", "--name", "laptop", "--scopes", "ingest")
    [commands] = re.findall(r"### What a restore undoes\n.*?```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    (xmonitor.folder / "bin").mkdir()
    (xmonitor.folder / "bin/xmonitor").symlink_to(xmonitor.path)
    path = f"{xmonitor.folder / 'bin'}{os.pathsep}{xmonitor.environment['PATH']}"
    xmonitor.environment["DATABASE_URL"] = restored
    xmonitor("schema", "apply")
    process = xmonitor.run(["bash", "-euc", commands], env=xmonitor.environment | {"OLD_URL": archive, "PATH": path})
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, out + err
    assert all(word in out for word in ("1890000000000000003", "grace", "laptop", "posts.erased", "handle.blocked"))
    assert sql(restored, "SELECT count(*) FROM audit_events WHERE action = 'sessions.revoked'") == "1"
