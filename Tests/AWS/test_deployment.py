"""`bin/deploy`, unchanged, brings the packaged program to a loopback AWS, with the history, and looks after it there. In this order."""

import hashlib
import json
import re
import subprocess

import pytest
import requests

import aws_runbook
from deploying import Deployment, another_program, packaged_program, sample_snapshot
from emulator.clients import client
from support.full_run import FULL
from support.psql import sql

# What an unknown address is answered, and how another program would put it.
WORDS = (b"There is nothing at this address.", b"There is nothing at this ADDRESS.")
# Of the 707 posts of the sample six hold what no rule lets in.
ACCEPTED = "701"
TABLES = ("posts", "post_metrics_snapshots", "reports", "embeddings", "watch_accounts")
APPLY_STEPS = ("Package", "Stack xmonitor-data", "Code", "Secrets", "Stack xmonitor-app", "Database", "Site", "Asking")
MIGRATE_STEPS = ("Upload", "Inspect", "Import", "Validate")


@pytest.fixture(scope="module")
def packaged(emulator, tmp_path_factory):
    return packaged_program(emulator, tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def deployment(emulator, packaged, tmp_path_factory):
    return Deployment(emulator, tmp_path_factory.mktemp("deployment"), packaged, settings=["ReadAccess=public"])


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return sample_snapshot(tmp_path_factory.mktemp("snapshot"))


def answer(deployment, path):
    address = deployment.outputs["PublicUrl"]
    return requests.get(address + path, timeout=60, verify=str(deployment.emulator.web_certificates))


def state(deployment):
    """Every row of the archive, as one hash for each table."""
    rows = {table: sql(deployment.archive(), f"SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM {table} t") for table in TABLES}
    return {table: hashlib.sha256(text.encode()).hexdigest() for table, text in rows.items()}


def codes(deployment):
    api = client("lambda")
    return {one["FunctionName"]: one["CodeSha256"] for one in api.list_functions()["Functions"]}


def changes(name="xmonitor-app"):
    """The last thing that happened to each resource of a stack, since its last change began."""
    events = client("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
    found = []
    for event in events:
        if event["ResourceType"] == "AWS::CloudFormation::Stack" and event["ResourceStatus"].endswith("_IN_PROGRESS"):
            break
        found.append(event)
    return {event["LogicalResourceId"] for event in found if event["ResourceType"] != "AWS::CloudFormation::Stack"}


def with_file(words, snapshot):
    return [snapshot if word == "snapshot.db" else word for word in words]


def as_the_runbook_says(deployment, verb, snapshot=None):
    """Runs the runbook's command, and compares what it prints."""
    words, expected = aws_runbook.command(verb)
    printed = aws_runbook.plain(deployment(*with_file(words, snapshot)))
    assert expected.match(printed), f"bin/deploy {' '.join(words)} printed\n{printed}\nand not what the runbook says"


def test_a_plan_makes_nothing(deployment):
    printed = deployment("plan")
    assert client("cloudformation").describe_stacks()["Stacks"] == [], printed
    assert client("s3").list_buckets()["Buckets"] == []


@pytest.mark.parametrize("step", APPLY_STEPS if FULL else ("Stack xmonitor-app", "Database"))
def test_ctrl_c_leaves_nothing_in_the_way(deployment, step):
    deployment.interrupted(f"==> {step}", "apply")
    deployment.until_idle()


def test_apply_makes_everything(deployment):
    as_the_runbook_says(deployment, "apply")
    assert answer(deployment, "/health/ready").status_code == 200
    page = answer(deployment, "/")
    assert page.status_code == 200 and page.text.startswith("<!doctype html>")
    # Only tokens of IAM opened the database, and TLS: it has no other door.
    assert {"xmonitor_api", "xmonitor_owner"} <= set(deployment.database.login.users)


def test_what_is_there_is_left_alone(deployment):
    before = codes(deployment), changes()
    printed = deployment("apply")
    assert printed.count("nothing changes") == 2, printed
    assert (codes(deployment), changes()) == before


@pytest.mark.parametrize("step", MIGRATE_STEPS if FULL else ("Import",))
def test_ctrl_c_leaves_no_import_in_the_way(deployment, snapshot, step):
    deployment.interrupted(f"==> {step}", *with_file(aws_runbook.command("migrate")[0], snapshot))
    deployment.until_idle()


def test_the_history_arrives_and_every_cell_agrees(deployment, snapshot):
    as_the_runbook_says(deployment, "migrate", snapshot)
    assert sql(deployment.archive(), "SELECT count(*) FROM posts") == ACCEPTED
    [evidence] = sorted(deployment.folder.glob("state/xmonitor/migrate-*/validate.json"))[-1:]
    assert json.loads(evidence.read_text())["exit_code"] == 0
    # Not only by its own word: the same comparison from outside, past the functions.
    program = deployment.program
    done = subprocess.run([program, "snapshot", "validate", snapshot], env={"DATABASE_URL": deployment.archive(), "PATH": "/usr/bin:/bin"},
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert answer(deployment, "/v1/stats/summary").json()["posts"] == int(ACCEPTED)


def test_the_same_history_again_changes_nothing(deployment, snapshot):
    before = state(deployment)
    deployment(*with_file(aws_runbook.command("migrate")[0], snapshot))
    assert state(deployment) == before


def test_another_program_touches_the_functions_only(deployment, packaged, tmp_path):
    before, jobs = codes(deployment), site_jobs(deployment)
    other = another_program(packaged, tmp_path / "other", *WORDS)
    deployment("apply", package=other)
    assert changes() == {"ApiFunction", "AuthFunction", "AdminFunction"}
    assert all(codes(deployment)[name] != code for name, code in before.items())
    assert site_jobs(deployment) == jobs
    assert "ADDRESS" in answer(deployment, "/v1/nothing").text


def site_jobs(deployment):
    outputs = deployment.outputs
    return len(client("amplify").list_jobs(appId=outputs["AmplifyAppId"], branchName=outputs["AmplifyBranch"])["jobSummaries"])


def test_rollback_brings_back_the_old_answer(deployment):
    deployment("rollback")
    assert "nothing at this address" in answer(deployment, "/v1/nothing").text
    assert changes() == {"ApiFunction", "AuthFunction", "AdminFunction"}


def test_a_drill_leaves_nothing(deployment):
    before, rights = codes(deployment), policies()
    printed = deployment("drill")
    assert "==> The evidence is in" in printed
    assert list(deployment.emulator.databases.all) == ["xmonitor-database"]
    assert (codes(deployment), policies()) == (before, rights)


def policies():
    iam = client("iam")
    return {role["RoleName"]: iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"] for role in iam.list_roles()["Roles"]}


def test_status_says_how_it_is_also_where_calls_are_throttled(deployment):
    front = deployment.emulator.front
    front.throttle_every = 3
    try:
        as_the_runbook_says(deployment, "status")
    finally:
        front.throttle_every = 0
    assert front.throttled >= 4


def test_a_connection_that_goes_silent_costs_nothing(deployment):
    deployment.emulator.front.silent.add("xmonitor-admin")
    try:
        printed = deployment("run", "schema", "status")
    finally:
        deployment.emulator.front.silent.clear()
        deployment.emulator.front.heard.set()
    assert "gone silent" in printed and "up to date" in printed


def test_a_function_that_does_not_start_says_why(deployment, tmp_path):
    s3, bucket, key = client("s3"), deployment.outputs["BucketName"], "secrets/xmonitor.json"
    secrets = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
    s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(secrets | {"XMONITOR_WRONG": "x"}).encode())
    deployment.emulator.functions.restart()
    printed = deployment("apply", code=2)
    assert "The function xmonitor-api does not start: Member 3 of" in printed and "named after no setting" in printed
    # What is null is taken out.
    (tmp_path / "secrets.json").write_text('{"XMONITOR_WRONG": null}')
    deployment("apply", options=["--secrets", tmp_path / "secrets.json"])
    assert json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read()) == secrets


def test_the_image_is_pushed_and_run_as_a_service(deployment):
    client("ec2").create_managed_prefix_list(
        PrefixListName="com.amazonaws.global.cloudfront.origin-facing", MaxEntries=1, AddressFamily="IPv4")
    printed = deployment("service")
    digest = re.search(r"(sha256:\S+) pushed", printed)[1]
    outputs = deployment.emulator.outputs("xmonitor-service")
    assert f"--set ServiceVpcOriginId={outputs['ServiceVpcOriginId']} --set ServiceDomain={outputs['ServiceDomain']}" in printed
    [image] = client("ecr").describe_images(repositoryName="xmonitor")["imageDetails"]
    assert image["imageDigest"] == digest
    task = client("ecs").describe_task_definition(taskDefinition="xmonitor")["taskDefinition"]["containerDefinitions"][0]
    assert task["image"].endswith(f"/xmonitor@{digest}")
    told = {one["name"]: one["value"] for one in task["environment"]}
    assert told["XMONITOR_READ_ACCESS"] == "public" and told["XMONITOR_PUBLIC_URL"] == deployment.outputs["PublicUrl"]
    again = deployment("service")
    assert f"{digest} is there" in again and "nothing changes" in again


def test_keys_are_made_beside_the_database(deployment):
    as_the_runbook_says(deployment, "run")
    assert {words[0] for words, _ in aws_runbook.commands()} == {"apply", "migrate", "status", "run"}


def test_destroy_keeps_the_data(deployment):
    bucket = deployment.outputs["BucketName"]
    posts = state(deployment)
    deployment("destroy", "--yes")
    assert [one["StackName"] for one in client("cloudformation").describe_stacks()["Stacks"]] == ["xmonitor-data"]
    assert client("lambda").list_functions()["Functions"] == []
    database = deployment.emulator.databases.all["xmonitor-database"]
    assert sql(database.url("xmonitor"), "SELECT count(*) FROM posts") == ACCEPTED and posts
    assert any(one["Key"].startswith("import/") for one in client("s3").list_objects_v2(Bucket=bucket)["Contents"])


def test_destroy_with_the_data_leaves_a_snapshot(deployment):
    deployment("destroy", "--with-data", "xmonitor", "--yes")
    assert client("cloudformation").describe_stacks()["Stacks"] == []
    assert client("s3").list_buckets()["Buckets"] == []
    assert client("rds").describe_db_instances()["DBInstances"] == []
    [snapshot] = client("rds").describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
    assert snapshot["DBInstanceIdentifier"] == "xmonitor-database"
