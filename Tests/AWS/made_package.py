"""Runs `bin/package` on a program that is built already."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def package(*arguments, code=0):
    """What bin/package said: its standard output, or its standard error where it had to fail with `code`."""
    done = subprocess.run(
        [ROOT / "bin/package", *map(str, arguments)], text=True, capture_output=True, timeout=1200, stdin=subprocess.DEVNULL)
    assert done.returncode == code, f"exit code {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}"
    return done.stderr if code else done.stdout
