"""What `bin/deploy` refuses, with one sentence and before anything is made."""

import pytest

from deploying import Deployment
from emulator.clients import client
from emulator.front import NO_RIGHTS

# A bucket may not have such a name, so the first creation fails.
FAILING = """
Resources:
  Bucket: {Type: "AWS::S3::Bucket", Properties: {BucketName: "A_"}}
"""


@pytest.fixture
def deployment(emulator, tmp_path):
    return Deployment(emulator, tmp_path, tmp_path)


def refused(deployment, *words, options=()):
    """The one sentence, which may have further ones that say what to do."""
    printed = deployment(*words or ("apply",), code=2, options=options)
    [sentence] = [line for line in printed.splitlines() if line]
    assert sentence.startswith("xmonitor: ")
    assert client("s3").list_buckets()["Buckets"] == [] and client("rds").describe_db_instances()["DBInstances"] == []
    return sentence


def test_a_name_of_40_letters(deployment):
    deployment.name = "a" * 40
    assert "2 to 20 small letters" in refused(deployment)
    assert client("cloudformation").describe_stacks()["Stacks"] == []


def test_another_account(deployment):
    sentence = refused(deployment, options=["--account", "210987654321"])
    assert "123456789012" in sentence and "210987654321" in sentence


def test_no_rights(deployment):
    deployment.key = NO_RIGHTS
    assert "may not do" in refused(deployment)


def test_a_stack_whose_first_creation_failed(deployment):
    formation = client("cloudformation")
    made = formation.create_change_set(StackName="xmonitor-data", ChangeSetName="first", ChangeSetType="CREATE", TemplateBody=FAILING)
    formation.execute_change_set(ChangeSetName=made["Id"])
    [stack] = formation.describe_stacks()["Stacks"]
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    sentence = refused(deployment)
    assert "xmonitor-data is in ROLLBACK_COMPLETE" in sentence and "delete-stack --stack-name xmonitor-data" in sentence
    formation.delete_stack(StackName="xmonitor-data")


def test_parameters_that_do_not_go_together(deployment):
    printed = deployment("plan", code=2, options=["--set", "ExistingDatabaseSecurityGroupId=sg-1"])
    assert "ExistingDatabaseSecurityGroupId needs ExistingDatabaseHost." in printed
    assert client("cloudformation").describe_stacks()["Stacks"] == []


def test_words_that_make_no_sense(deployment):
    assert "There is no command" in refused(deployment, "aply")
    assert "No template has the parameter" in refused(deployment, options=["--set", "Nonsense=1"])
