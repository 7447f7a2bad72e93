"""A first creation that fails leaves nothing behind, and what `bin/deploy` then says to do is all that it takes."""

import re
import shlex
import subprocess

import pytest

from deploying import Deployment
from emulator.clients import client
from emulator.cloudformation.stacks import FAIL_AT_THEIR_END
from made_package import ROOT
from support.waiting import until


@pytest.fixture
def deployment(emulator, tmp_path):
    for name in ("xmonitor.zip", "site.zip"):
        (tmp_path / name).write_bytes(b"no zip is looked into")
    yield Deployment(emulator, tmp_path, tmp_path)
    FAIL_AT_THEIR_END.clear()


def cli(emulator, *words):
    """Whether the command succeeds."""
    return subprocess.run([ROOT / ".venv/bin/aws", *words], env=emulator.environment(), capture_output=True, timeout=60).returncode == 0


def test_it_leaves_no_database_and_no_bucket(emulator, deployment):
    FAIL_AT_THEIR_END.add("xmonitor-data")
    assert "ended in ROLLBACK_COMPLETE" in deployment("apply", code=2)
    events = client("cloudformation").describe_stack_events(StackName="xmonitor-data")["StackEvents"]
    assert {"Database", "Bucket"} <= {one["LogicalResourceId"] for one in events if one["ResourceStatus"] == "CREATE_COMPLETE"}
    assert client("s3").list_buckets()["Buckets"] == [] and client("rds").describe_db_instances()["DBInstances"] == []
    advice = re.search(r"Delete it with `(aws [^`]*)`", deployment("apply", code=2))[1]
    assert cli(emulator, *shlex.split(advice)[1:])
    # The account may show it a moment longer.
    until(lambda: not cli(emulator, "cloudformation", "describe-stacks", "--stack-name", "xmonitor-data"), 60)
    assert client("cloudformation").describe_stacks()["Stacks"] == []
    FAIL_AT_THEIR_END.clear()
    # The next run makes the stack, protects the database, and goes on until it looks into the zip.
    printed = deployment("apply", code=2)
    assert "==> Stack xmonitor-app" in printed
    [database] = client("rds").describe_db_instances()["DBInstances"]
    assert database["DeletionProtection"] is True
    [stack] = client("cloudformation").describe_stacks(StackName="xmonitor-data")["Stacks"]
    assert stack["EnableTerminationProtection"] is True
