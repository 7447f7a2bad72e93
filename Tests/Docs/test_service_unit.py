"""The unit that the documentation shows starts the program with options that it has, and gives it the time that it may need to stop."""

import configparser
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


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
