"""The templates and workflows keep the rules, and the vendors' own checkers find nothing in them."""

import json
import subprocess
import sys
from pathlib import Path

import every_rule
import pytest
from cfnlint.api import lint
from rulebook import ROOT, RULES, Sources

WORKFLOWS = ROOT / ".github/workflows"


@pytest.fixture(scope="module")
def sources():
    return Sources()


@pytest.mark.parametrize("check", RULES, ids=lambda check: check.__name__)
def test_rule(sources, check):
    check(sources)


@pytest.mark.parametrize("name", ["data", "app", "service", "github"])
def test_cfn_lint_finds_nothing(name):
    assert [str(finding) for finding in lint((ROOT / f"infra/{name}.yaml").read_text(encoding="utf-8"), None, ["us-east-1", "eu-central-1"])] == []


def run(tool, *arguments):
    """A tool of the test environment, whatever the checkout is called."""
    return subprocess.run([str(Path(sys.executable).parent / tool), *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_zizmor_finds_nothing():
    done = run("zizmor", "--offline", "--no-progress", "--pedantic", "--format=json", str(WORKFLOWS))
    assert (json.loads(done.stdout), done.returncode) == ([], 0), done.stderr


def test_the_workflows_are_workflows():
    done = run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, sorted(WORKFLOWS.glob("*.yml"))))
    assert done.returncode == 0, done.stdout


def test_every_workflow_and_template_is_checked(sources):
    assert {path.relative_to(ROOT).as_posix() for path in [*WORKFLOWS.iterdir(), *(ROOT / "infra").glob("*.yaml")]} == set(sources.texts)


def test_every_rule_is_loaded():
    assert {f"{module.__name__}.py" for module in every_rule.MODULES} == {path.name for path in Path(__file__).parent.glob("rules_of_*.py")}
