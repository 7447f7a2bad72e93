"""The commands that the runbook gives for AWS, in their order, and what it says they print."""

import re

from made_package import ROOT

_BLOCK = re.compile(r"^```aws\nbin/deploy (.*)\n```\n```text\n(.*?)^```\n", re.M | re.S)


def commands():
    """The words of each command, and a pattern for its output: `…` alone on a line stands for any lines, elsewhere for any text."""
    found = []
    for words, expected in _BLOCK.findall((ROOT / "docs/AWS_MIGRATION_RUNBOOK.md").read_text()):
        lines = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + "\n" for line in expected.splitlines()]
        found.append((words.split(), re.compile("".join(lines) + r"\Z")))
    return found


def command(verb):
    [found] = [one for one in commands() if one[0][0] == verb]
    return found


def plain(printed):
    """Without the escapes that make a terminal print bold."""
    return re.sub(r"\x1b\[[0-9;]*m", "", printed)
