"""Every command of the runbook does on the sample what the runbook says; those for AWS are run by Tests/AWS."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from support.documented_output import pattern
from support.output import line_with
from support.roles import API, make_role

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(sh(?: background)?|console)\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", re.M | re.S)


def blocks():
    return BLOCK.findall((ROOT / "docs/AWS_MIGRATION_RUNBOOK.md").read_text())


@pytest.fixture
def shell(xmonitor, database, tmp_path):
    os.symlink(xmonitor.path, tmp_path / "xmonitor")
    make_role(database)
    environment = xmonitor.environment | {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "XMONITOR_PORT": "0", "ADMIN_URL": os.environ["XMONITOR_TEST_DATABASE_URL"],
        "API_URL": database.replace("user=xmonitor", f"user={API}")}

    def shell(command, **options):
        return subprocess.Popen(
            ["bash", "-euc", command], cwd=tmp_path, env=environment | options, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    return shell


def test_the_runbook_runs_from_top_to_bottom(shell, xmonitor):
    xmonitor("sample", "x_monitor.db")
    commands = [block for block in blocks() if block[0] != "console"]
    assert len(commands) >= 12
    server, url = None, ""
    try:
        for kind, command, expected in commands:
            assert expected, f"the runbook does not say what to expect of {command}"
            if kind == "sh background":
                server = shell("exec " + command)
                line = line_with("http://", server)
                assert pattern(expected).match(line), line
                url = next(word for word in line.split() if word.startswith("http://"))
                continue
            process = shell(command, XMONITOR_URL=url)
            printed, errors = process.communicate(timeout=300)
            assert process.returncode == 0, (command, printed, errors)
            assert pattern(expected).match(printed), f"{command}\nprinted\n{printed}\nthe runbook says\n{expected}"
    finally:
        if server:
            server.terminate()
            assert server.wait(timeout=30) == 0


def test_what_only_the_owner_does_is_marked_and_run_by_no_program():
    owners = [command for kind, command, _ in blocks() if kind == "console"]
    assert owners and all(line.startswith(("launchctl ", "lsof ")) for command in owners for line in command.splitlines())
    assert not any("launchctl" in command for kind, command, _ in blocks() if kind != "console")
    for folder in ("Sources", "bin", "db"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in (".swift", ".sh", ""):
                for line in path.read_text(errors="ignore").splitlines():
                    assert not re.search(r"\b(run|Process|exec)\b.*launchctl", line), path


def test_the_freeze_outlasts_a_login_is_looked_at_at_once_and_has_a_way_back():
    lines = [line for kind, command, _ in blocks() if kind == "console" for line in command.splitlines()]
    for job in ("priority", "discovery"):
        places = [lines.index(f"launchctl {verb} gui/$(id -u)/com.openclaw.xmonitor.{job}") for verb in ("disable", "bootout", "enable")]
        places.insert(2, lines.index("launchctl print-disabled gui/$(id -u) | grep com.openclaw.xmonitor"))
        places.append(lines.index(f"launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/com.openclaw.xmonitor.{job}.plist"))
        assert places == sorted(places)
    page = (ROOT / "docs/AWS_MIGRATION_RUNBOOK.md").read_text()
    assert page.index("print-disabled") < page.index("## 3.") and "load ~" not in page and "take --last" in page
