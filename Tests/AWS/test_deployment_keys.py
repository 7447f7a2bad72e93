"""`bin/deploy rotate` changes one key in the bucket's object of secrets, and shows none."""

import json

import pytest

from deploying import Deployment
from emulator.clients import client

# As much of the stacks as this needs.
TEMPLATES = {
    "keys-data": "Resources: {Bucket: {Type: 'AWS::S3::Bucket'}}\nOutputs: {BucketName: {Value: !Ref Bucket}}\n",
    "keys-app": "Resources: {Topic: {Type: 'AWS::SNS::Topic'}}\n",
}
BEFORE = {"XMONITOR_SESSION_KEYS": "a" * 64, "XMONITOR_CURSOR_KEY": "b" * 64, "XMONITOR_OIDC_CLIENT_SECRET": "c" * 32}


@pytest.fixture(scope="module")
def bucket(emulator):
    formation = client("cloudformation")
    for name, template in TEMPLATES.items():
        change = formation.create_change_set(StackName=name, ChangeSetName="first", ChangeSetType="CREATE", TemplateBody=template)
        formation.execute_change_set(ChangeSetName=change["Id"])
    return emulator.outputs("keys-data")["BucketName"]


@pytest.fixture
def deployment(emulator, bucket, tmp_path):
    made = Deployment(emulator, tmp_path, tmp_path, name="keys")
    made.environment["XMONITOR_DEPLOY_SECRETS_AGE"] = "0"
    made.bucket = bucket
    client("s3").put_object(Bucket=bucket, Key="secrets/keys.json", Body=json.dumps(BEFORE).encode())
    return made


def secrets(deployment):
    return json.loads(client("s3").get_object(Bucket=deployment.bucket, Key="secrets/keys.json")["Body"].read())


def test_a_new_key_seals_sessions_and_those_of_before_open_them(deployment):
    printed = deployment("rotate", "session")
    new, old = secrets(deployment)["XMONITOR_SESSION_KEYS"].split(",")
    assert old == "a" * 64 and len(new) == 64 and new != old
    printed += deployment("rotate", "session") + deployment("rotate", "session")
    keys = secrets(deployment)["XMONITOR_SESSION_KEYS"].split(",")
    assert len(keys) == 3 and new in keys and old not in keys
    assert secrets(deployment) | {"XMONITOR_SESSION_KEYS": BEFORE["XMONITOR_SESSION_KEYS"]} == BEFORE
    assert not any(key in printed for key in [*keys, *BEFORE.values()])


def test_a_new_key_for_cursors_takes_the_place_of_the_old_one(deployment):
    deployment("rotate", "cursor")
    assert secrets(deployment)["XMONITOR_CURSOR_KEY"] != BEFORE["XMONITOR_CURSOR_KEY"]
    assert secrets(deployment) | {"XMONITOR_CURSOR_KEY": BEFORE["XMONITOR_CURSOR_KEY"]} == BEFORE


def test_there_are_two_keys(deployment):
    assert "There is no key" in deployment("rotate", "database", code=2)
    assert secrets(deployment) == BEFORE
