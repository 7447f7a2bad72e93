"""Files and tools that `bin/deploy` is given: what is wrong with them is said in one sentence, before anything is sent."""

import json
import shutil

import pytest

from deploying import Deployment


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


def test_a_package_that_is_none(deployment, tmp_path):
    assert "There is no xmonitor.zip in" in deployment("apply", code=2)
