"""The code, the documentation and .env.example name the same settings with the same defaults."""

import json
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def in_code():
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    program = os.environ["XMONITOR_TEST_PROGRAM"]
    shown = subprocess.run([program, "config", "--json"], cwd="/", env=environment, check=True, capture_output=True, text=True)
    return {name: value or "" for name, value in json.loads(shown.stdout).items()}


def test_documentation_and_code_agree():
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`|–) \|", (ROOT / "docs/configuration.md").read_text(), re.M)
    assert dict(rows) == in_code()
    assert [name for name, _ in rows] == list(in_code())


def test_example_and_code_agree():
    rows = dict(re.findall(r"^# (\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.M))
    rows["DATABASE_URL"] = ""  # the example shows one, the code has none
    rows.pop("NAME_FILE", None)
    assert rows == in_code()
