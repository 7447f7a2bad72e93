"""The unit that the documentation shows starts the program with options that it has, and gives it the time that it may need to stop."""

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_page_shows_the_file():
    assert f"```ini\n{(ROOT / 'packaging/systemd/xmonitor.service').read_text()}```" in (ROOT / "docs/operations.md").read_text()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_knows_every_line_of_it(tmp_path):
    (tmp_path / "xmonitor.service").write_text(re.sub(
        r"ExecStart=\S+", "ExecStart=/bin/true", (ROOT / "packaging/systemd/xmonitor.service").read_text()))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", tmp_path / "xmonitor.service"], capture_output=True, text=True, timeout=60)
    assert "xmonitor.service" not in done.stderr, done.stderr


def test_the_unit_takes_away_what_a_server_does_not_need():
    unit = (ROOT / "packaging/systemd/xmonitor.service").read_text()
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "CapabilityBoundingSet=", "UMask=0077"):
        assert f"\n{line}\n" in unit


def test_the_unit_fits_the_program(xmonitor):
    text = re.search(r"```ini\n(.*?)```", (ROOT / "docs/operations.md").read_text(), re.DOTALL).group(1)
    unit = configparser.ConfigParser()
    unit.optionxform = str
    unit.read_string(text)
    program, *arguments = unit["Service"]["ExecStart"].split()
    assert Path(program).name == "xmonitor" and arguments[:2] == ["serve", "--env-file"]
    # A server whose database is not there ends with 2, as one does whose file of settings is not there: both are failures to systemd.
    xmonitor.environment["DATABASE_URL"] = "postgresql://127.0.0.1:1/x"
    (xmonitor.folder / "settings").write_text("XMONITOR_PORT=0\n")
    assert "127.0.0.1:1" in xmonitor.fails(*arguments[:-1], "settings")
    assert unit["Service"]["Restart"] == "on-failure"
    patience = int(json.loads(xmonitor("config", "--json"))["XMONITOR_SHUTDOWN_TIMEOUT"]["value"])
    assert int(unit["Service"]["TimeoutStopSec"]) > patience
