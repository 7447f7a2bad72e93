"""Files and tools that `bin/deploy` is given: what is wrong with them is said in one sentence, before anything is sent."""

import json
import shutil

import pytest

from deploying import Deployment
from emulator.clients import client


@pytest.fixture
def deployment(emulator, tmp_path):
    return Deployment(emulator, tmp_path, tmp_path)


def sentence(deployment, *words, options=()):
    [said] = [line for line in deployment(*words, code=2, options=options).splitlines() if line]
    assert said.startswith("xmonitor: ")
    return said


def test_a_snapshot_without_its_manifest_or_with_another_one(deployment, tmp_path):
    snapshot = tmp_path / "snapshot.db"
    assert "cannot be read" in sentence(deployment, "migrate", snapshot)
    snapshot.write_bytes(b"posts")
    assert "xmonitor snapshot take" in sentence(deployment, "migrate", snapshot)
    manifest = tmp_path / "snapshot.db.manifest.json"
    manifest.write_text("no JSON")
    assert "is no JSON" in sentence(deployment, "migrate", snapshot)
    manifest.write_text(json.dumps({"sha256": "0" * 64}))
    assert "the hashes differ" in sentence(deployment, "migrate", snapshot)


@pytest.mark.parametrize("command", ["status", "rollback", "drill"])
def test_what_needs_a_deployment_says_that_there_is_none(deployment, command):
    assert "There is no stack xmonitor-data" in sentence(deployment, command)


def test_tools_that_are_missing_are_named(deployment, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("unshare", "bash", "sh", "env", "dirname", "mktemp", "rm", "mount", "curl", "aws"):
        (tools / name).symlink_to(shutil.which(name))
    deployment.environment["PATH"] = str(tools)
    assert "not there: jq." in sentence(deployment, "plan")


NOT_TAKEN = [
    ("no JSON", "one JSON object"), ({"XMONITOR_CURSOR_KEY": ""}, "one JSON object"), ({"XMONITOR_CURSOR_KEY": "short"}, "XMONITOR_CURSOR_KEY is shorter"),
    ({"XMONITOR_SESSION_KEYS": "x" * 40, "my-5eCr3t": "x"}, "Member 2 of"), ({"XMONITOR_OIDC_SECRET": "x"}, "Member 1 of"),
    ({"XMONITOR_PORT": "1"}, "XMONITOR_PORT in the file")]


@pytest.mark.parametrize(("object", "said"), NOT_TAKEN, ids=[said for _, said in NOT_TAKEN])
def test_secrets_that_the_program_would_not_take(deployment, tmp_path, object, said):
    for name in ("xmonitor.zip", "site.zip"):
        (tmp_path / name).write_bytes(b"no zip is looked into")
    (tmp_path / "secrets.json").write_text(object if isinstance(object, str) else json.dumps(object))
    printed = deployment("apply", code=2, options=["--secrets", tmp_path / "secrets.json"])
    assert said in printed and "5eCr3t" not in printed and "==> Stack" not in printed
    assert client("cloudformation").describe_stacks()["Stacks"] == []


def test_a_package_that_is_none(deployment, tmp_path):
    assert "There is no xmonitor.zip in" in deployment("apply", code=2)
