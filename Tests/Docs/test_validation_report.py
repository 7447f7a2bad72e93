"""The committed report of the sample is what the program says today, byte for byte."""

from pathlib import Path

COMMITTED = Path(__file__).parents[2] / "docs/validation"


def test_the_report_is_made_again_byte_for_byte(xmonitor, archive):
    xmonitor("sample", "sample.db")
    xmonitor("snapshot", "import", "sample.db", code=1)
    xmonitor("snapshot", "validate", "sample.db", "--samples", "3", "--report", "again")
    for name in ("validation.md", "validation.json"):
        assert (xmonitor.folder / "again" / name).read_bytes() == (COMMITTED / name).read_bytes(), (
            f"docs/validation/{name} is out of date: run `xmonitor snapshot validate` on the sample with --samples 3 --report docs/validation")
