"""The page on upgrading: its commands do what it says, and a server of the release before serves beside a newer schema that is compatible."""

import hashlib
import os
import re
import subprocess
from pathlib import Path

import pytest

from support.documented_output import pattern
from support.output import line_with
from support.psql import sql
from support.roles import make_role

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh( background)?\n(.*?)^```\n```text\n(.*?)^```\n", re.M | re.S)
OUTDATED = {"older": "Its operator has to run `xmonitor schema apply`.", "newer": "Its operator has to update the server."}


def make_older(address):
    """All migrations but the newest, in a ledger as releases up to 0.2.0 made it."""
    sql(address, """
        CREATE TABLE schema_migrations (version INTEGER CONSTRAINT schema_migrations_pkey PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,
                                        applied_at TIMESTAMPTZ NOT NULL DEFAULT now(), took_us BIGINT NOT NULL)""")
    for file in sorted((ROOT / "db/migrations").glob("*.sql"))[:-1]:
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", address, "-f", file], check=True, capture_output=True)
        number, name = file.stem.split("_", 1)
        checksum = hashlib.sha256(file.read_bytes()).hexdigest()
        sql(address, f"INSERT INTO schema_migrations (version, name, checksum, took_us) VALUES ({int(number)}, '{name}', '{checksum}', 0)")


def add_newer(address, compatible_from):
    """What a newer release would have done: a column more."""
    sql(address, f"""
        ALTER TABLE posts ADD COLUMN of_the_future TEXT;
        INSERT INTO schema_migrations (version, name, checksum, took_us, compatible_from)
        SELECT max(version) + 1, 'tell_the_future', '', 0, max(version) + {compatible_from} FROM schema_migrations""")


def test_the_page_runs_from_top_to_bottom(xmonitor, database, tmp_path):
    make_older(database)
    make_role(database)
    os.symlink(xmonitor.path, tmp_path / "xmonitor")
    xmonitor.environment |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "XMONITOR_PORT": "0"}
    blocks = BLOCK.findall((ROOT / "docs/upgrading.md").read_text())
    assert len(blocks) >= 6
    server = None
    try:
        for background, command, expected in blocks:
            process = xmonitor.run(["bash", "-euc", ("exec " if background else "") + command])
            if background:
                server = process
                line = line_with("http://", server)
                assert pattern(expected).match(line), line
                xmonitor.environment["XMONITOR_URL"] = next(word for word in line.split() if word.startswith("http://"))
                continue
            printed, errors = process.communicate(timeout=300)
            assert process.returncode == 0 and pattern(expected).match(printed), (command, printed, errors)
    finally:
        if server:
            server.terminate()
            assert server.wait(timeout=30) == 0


def test_a_server_serves_beside_a_newer_schema_that_is_compatible(xmonitor, archive, serve):
    running = serve(archive)
    add_newer(archive, compatible_from=0)
    for server in (running, serve(archive)):
        assert [server.client.get(path).status for path in ("/v1/health", "/health/ready", "/v1/feed")] == [200, 200, 200]
        server.client.send("posts", [])
    assert "newer    " in xmonitor("schema", "status") and "beside which this program works" in xmonitor.stdout
    xmonitor("schema", "apply")
    xmonitor("keys", "list")
    xmonitor("sample", "sample.db", "--posts", "5")
    assert "the database is newer. Update xmonitor" in xmonitor.fails("snapshot", "import", "sample.db")


@pytest.mark.parametrize("side", OUTDATED)
def test_a_server_that_does_not_fit_says_which_side_is_older(xmonitor, archive, serve, side):
    server = serve(archive)
    if side == "newer":
        add_newer(archive, compatible_from=1)
    else:
        sql(archive, "DELETE FROM schema_migrations WHERE version = (SELECT max(version) FROM schema_migrations)")
    for path in ("/v1/health", "/health/ready"):
        answer = server.client.get(path)
        assert (answer.status, answer.json["code"]) == (503, "outdated_schema") and OUTDATED[side] in answer.json["detail"]
    xmonitor.environment["XMONITOR_PORT"] = "0"
    message = xmonitor.fails("serve")
    assert ("Update xmonitor" if side == "newer" else "Run `xmonitor schema apply`") in message
