"""The unit that the documentation shows starts the program as it can be started, again when it has to, and gives it time to stop."""

import configparser
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_unit_fits_the_program(xmonitor):
    text = re.search(r"```ini\n(.*?)```", (ROOT / "docs/operations.md").read_text(), re.DOTALL).group(1)
    unit = configparser.ConfigParser()
    unit.optionxform = str
    unit.read_string(text)
    program, *arguments = unit["Service"]["ExecStart"].split()
    assert Path(program).name == "xmonitor"
    # Its settings are those of the folder that it is run in; a database that is not there yet is a failure to systemd, which tries again.
    (xmonitor.folder / ".env").write_text("DATABASE_URL=postgresql://127.0.0.1:1/x\n")
    assert "127.0.0.1:1" in xmonitor.fails(*arguments)
    assert unit["Service"]["Restart"] == "on-failure"
    default = re.search(r"XMONITOR_SHUTDOWN_TIMEOUT=(\d+)", (ROOT / ".env.example").read_text()).group(1)
    assert int(unit["Service"]["TimeoutStopSec"]) > int(default)
