"""The commands that the runbook gives for AWS, in their order, and what it says they print."""

import re

from made_package import ROOT
from support.documented_output import pattern

_BLOCK = re.compile(r"^```aws\nbin/deploy ([^\n]*)\n```\n```text\n(.*?)^```\n", re.M | re.S)


def commands():
    """The words of each command, and a pattern for its output."""
    blocks = _BLOCK.findall((ROOT / "docs/AWS_MIGRATION_RUNBOOK.md").read_text())
    return [(words.split(), pattern(expected)) for words, expected in blocks]


def command(verb):
    [found] = [one for one in commands() if one[0][0] == verb]
    return found


def plain(printed):
    """Without the escapes that make a terminal print bold."""
    return re.sub(r"\x1b\[[0-9;]*m", "", printed)
