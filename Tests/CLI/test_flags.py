"""The settings that people reach for are flags of every command that has them, and go before the environment."""

import json

import pytest

from support.output import line_with
from test_planted_secrets import leaves

WITHOUT = {("snapshot", "take"), ("snapshot", "inspect"), ("snapshot", "export"), ("sample",), ("version",), ("lambda",)}
LISTENING = {("serve",), ("up",), ("config",)}


def test_every_command_with_settings_has_them(xmonitor):
    described = json.loads(xmonitor("--experimental-dump-help"))["command"]
    for path, options in leaves(described):
        if path[0] == "help":
            continue
        expected = set() if path in WITHOUT else {"env-file"} if path == ("smoke",) else {"env-file", "database-url-file"}
        expected |= {"host", "port"} if path in LISTENING else set()
        assert options & {"env-file", "database-url-file", "host", "port"} == expected, path
        if expected:
            assert "see xmonitor config" in " ".join(xmonitor(*path, "--help").split()), path


def test_a_flag_goes_before_the_environment_and_that_before_a_file(xmonitor, archive):
    (xmonitor.folder / ".env").write_text("DATABASE_URL=postgresql://127.0.0.1:1/of-the-file\n")
    (xmonitor.folder / "address").write_text(archive + "\n")
    xmonitor.environment["DATABASE_URL"] = "postgresql://127.0.0.1:1/of-the-environment"
    assert "127.0.0.1:1" in xmonitor.fails("schema", "status")
    assert "up to date" in xmonitor("schema", "status", "--database-url-file", "address")
    xmonitor.environment["DATABASE_URL"] = archive
    xmonitor("schema", "status")


@pytest.mark.parametrize("command", ["serve", "up"])
def test_a_server_listens_where_its_flags_say(xmonitor, archive, command):
    (xmonitor.folder / "address").write_text(archive)
    del xmonitor.environment["DATABASE_URL"]
    xmonitor.environment |= {"XMONITOR_HOST": "192.0.2.1", "XMONITOR_PORT": "1"}
    server = xmonitor.start(command, "--host", "::1", "--port=0", "--database-url-file", "address")
    assert "http://[::1]:" in line_with("http://", server)
    server.terminate()
    assert server.wait(timeout=30) == 0


def test_a_flag_that_makes_no_sense_is_named(xmonitor):
    assert 'XMONITOR_PORT (--port) is "abc"' in xmonitor.fails("serve", "--port", "abc")
    assert "DATABASE_URL_FILE (--database-url-file) names no file" in xmonitor.fails("schema", "status", "--database-url-file", "nowhere")
