"""The documents are true: links lead somewhere, and what is named is there."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "Tests").glob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    for target in re.findall(r"\]\(([^)#]+)", document.read_text()):
        if not target.startswith(("http://", "https://")):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_in_code_type_exists(document):
    folders = "Sources|Tests|db|docs|web|bin|bench|hosting|packaging|infra"
    for target in re.findall(rf"`((?:{folders})/[\w./+-]+?)/?`", document.read_text()):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_that_is_named_exists(document):
    for file, name in re.findall(r"`(Tests/[\w./+-]+)::(\w+)`", document.read_text()):
        assert re.search(rf"\b(def|func) {name}\(", (ROOT / file).read_text()), (file, name)


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/adr").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_nothing_that_is_made_is_committed():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert not re.search(r"(^|/)(Package\.resolved|\.build/|\.xmonitor/|\.venv/|__pycache__)", files)
