"""A key goes into a file of its owner's alone, and a command that fails leaves the key that was there."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "Sources/CLI").rglob("*.swift")]
REDIRECTED = [(path.relative_to(ROOT), line.strip()) for path in PLACES for line in path.read_text().splitlines()
              if re.search(r"keys (create|rotate)\b.* > ", line)]
SAFE = re.compile(r"\(umask 077; (?:xmonitor|bin/deploy run) keys [^;)]* > ([\w.]+)\) && mv \1 [\w.]+\.key$")


def test_there_are_some():
    assert {str(path) for path, _ in REDIRECTED} >= {"docs/collectors.md", "docs/security.md", "docs/aws.md"}


@pytest.mark.parametrize(("path", "line"), REDIRECTED, ids=lambda value: str(value)[:40])
def test_no_line_puts_a_key_over_the_only_copy(path, line):
    """But for the drill, which sets the umask for all of its commands."""
    assert SAFE.search(line) or (line.endswith(".key.new") and "\numask 077\n" in (ROOT / path).read_text()), line


@pytest.mark.parametrize("code", [0, 1])
def test_a_rotation_that_fails_leaves_the_old_key(tmp_path, code):
    command = next(line for path, line in REDIRECTED if path.name == "collectors.md" and "rotate" in line)
    (tmp_path / "collector.key").write_text("old\n")
    (tmp_path / "xmonitor").write_text(f"#!/bin/sh\n[ {code} = 0 ] && echo new\nexit {code}\n")
    (tmp_path / "xmonitor").chmod(0o755)
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, timeout=60)
    assert done.returncode == code
    assert (tmp_path / "collector.key").read_text() == ("old\n" if code else "new\n")
    assert code or stat.S_IMODE((tmp_path / "collector.key").stat().st_mode) == 0o600
