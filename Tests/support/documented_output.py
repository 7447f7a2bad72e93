"""What a document says that a command prints."""

import re


def pattern(expected):
    """`…` alone on a line stands for any lines, elsewhere for any text."""
    lines = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + "\n" for line in expected.splitlines()]
    return re.compile("".join(lines) + r"\Z")
