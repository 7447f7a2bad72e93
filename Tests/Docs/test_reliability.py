"""docs/reliability.md promises nothing that no test proves."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = [line for line in (ROOT / "docs/reliability.md").read_text().splitlines() if re.match(r"\| (?!fault \|)[^-]", line)]


def test_every_fault_has_a_proof():
    assert len(ROWS) > 40
    for row in ROWS:
        _, fault, happens, proofs, _ = row.split("|")
        assert fault.strip() and happens.strip(), row
        assert re.fullmatch(r" `Tests/[^`]+::\w+`(, `Tests/[^`]+::\w+`)* ", proofs), row
