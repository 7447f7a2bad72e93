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
    return {name: shown["value"] or "" for name, shown in json.loads(shown.stdout).items()}


def test_documentation_and_code_agree():
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`|–) \|", (ROOT / "docs/configuration.md").read_text(), re.M)
    assert dict(rows) == in_code()
    assert [name for name, _ in rows] == list(in_code())


def test_example_and_code_agree():
    rows = dict(re.findall(r"^# (\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.M))
    rows = {name: value.strip("'") for name, value in rows.items()}
    rows["DATABASE_URL"] = ""  # the example shows one, the code has none
    rows.pop("NAME_FILE", None)
    assert rows == in_code()


def test_no_name_that_this_repository_uses_is_refused(tmp_path):
    """A shell has them all at once: those of settings, of scripts and tests, and of the documented collectors."""
    text = "".join(path.read_text(errors="replace") for place in ("bin", "bench", "docs", "infra", "Tests/conftest.py", "Package.swift")
                   for path in ([ROOT / place] if (ROOT / place).is_file() else (ROOT / place).rglob("*")) if path.is_file())
    names = set(re.findall(r"XMONITOR_[A-Z_]*[A-Z]", text))
    assert {"XMONITOR_COMMIT", "XMONITOR_URL", "XMONITOR_TEST_PROGRAM"} <= names
    environment = {"PATH": os.environ["PATH"]} | dict.fromkeys(names, "")
    done = subprocess.run([os.environ["XMONITOR_TEST_PROGRAM"], "config"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_example_is_a_file_of_settings(tmp_path):
    """With the # of each setting taken away: every line is one that the program reads."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    (tmp_path / ".env").write_text("\n".join(re.sub(r"^# (\w+=)", r"\1", line) for line in lines))
    done = subprocess.run([os.environ["XMONITOR_TEST_PROGRAM"], "config", "--json"], cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown["XMONITOR_OIDC_SCOPES"]["from"].startswith(".env:") and shown["XMONITOR_OIDC_SCOPES"]["value"] == "openid email profile"
