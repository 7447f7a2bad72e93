"""The templates as stacks of the loopback AWS, and that its stacks do what those of CloudFormation do."""

import io
import zipfile

import botocore.exceptions
import pytest

from emulator.clients import client
from made_package import ROOT

CODE = "code/" + "0" * 64 + ".zip"


@pytest.fixture(scope="module")
def formation(emulator):
    return client("cloudformation")


def change_set(formation, name, template, **parameters):
    there = [one["StackName"] for one in formation.describe_stacks()["Stacks"]]
    made = formation.create_change_set(
        StackName=name, ChangeSetName="change", ChangeSetType="UPDATE" if name in there else "CREATE", TemplateBody=template,
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()])
    return formation.describe_change_set(ChangeSetName=made["Id"])


def brought(formation, name, template, **parameters):
    """The stack after the change."""
    change = change_set(formation, name, template, **parameters)
    assert change["Status"] == "CREATE_COMPLETE", change.get("StatusReason")
    formation.execute_change_set(ChangeSetName=change["ChangeSetId"])
    [stack] = formation.describe_stacks(StackName=name)["Stacks"]
    return stack


def reasons(formation, name):
    return [event["ResourceStatusReason"] for event in formation.describe_stack_events(StackName=name)["StackEvents"] if event.get("ResourceStatusReason")]


def outputs(stack):
    return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}


def template(name):
    return (ROOT / "infra" / f"{name}.yaml").read_text()


def accepted(text, values):
    """Those values that are parameters of the template."""
    declared = text.split("\nParameters:")[1].split("\nResources:")[0]
    return {key: value for key, value in values.items() if f"\n  {key}:" in declared}


def test_all_templates_can_be_made_and_removed(formation):
    data = brought(formation, "t-data", template("data"), Name="tt", DatabaseDeletionProtection="false")
    assert data["StackStatus"] == "CREATE_COMPLETE", reasons(formation, "t-data")
    known = outputs(data) | {"Name": "tt", "CodeKey": CODE, "AlarmEmail": "ops@example.com"}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr("bootstrap", "")
    client("s3").put_object(Bucket=known["BucketName"], Key=CODE, Body=packed.getvalue())
    app = brought(formation, "t-app", template("app"), **accepted(template("app"), known))
    assert app["StackStatus"] == "CREATE_COMPLETE", reasons(formation, "t-app")
    known |= outputs(app) | {
        "PublicUrl": "https://d1.cloudfront.net", "ImageDigest": "sha256:" + "0" * 64, "CloudFrontPrefixListId": "pl-1", "Owner": "owner", "OwnerId": "1",
        "Repository": "repository", "RepositoryId": "2"}
    for name in ("service", "github"):
        stack = brought(formation, f"t-{name}", template(name), **accepted(template(name), known))
        assert stack["StackStatus"] == "CREATE_COMPLETE", reasons(formation, f"t-{name}")
    turned = {key: value for key, value in outputs(formation.describe_stacks(StackName="t-service")["Stacks"][0]).items() if key.startswith("Service")}
    change = change_set(formation, "t-app", template("app"), **accepted(template("app"), known | turned))
    assert "Distribution" in {one["ResourceChange"]["LogicalResourceId"] for one in change["Changes"]}
    brought(formation, "t-app", template("app"), **accepted(template("app"), known | turned | {"LogDays": "7"}))
    formation.delete_stack(StackName="t-service")
    assert formation.describe_stacks(StackName="t-service")["Stacks"][0]["StackStatus"] == "DELETE_FAILED", "the address still uses it"
    for name in ("github", "app", "service", "data"):
        formation.delete_stack(StackName=f"t-{name}")
        assert f"t-{name}" not in {one["StackName"] for one in formation.describe_stacks()["Stacks"]}, reasons(formation, f"t-{name}")

    # Other repositories may use what the account knows GitHub by, so it stays; the next stack takes it as it is.
    [provider] = client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]
    again = accepted(template("github"), known | {"ProviderArn": provider["Arn"]})
    assert brought(formation, "t-github", template("github"), **again)["StackStatus"] == "CREATE_COMPLETE", reasons(formation, "t-github")
    formation.delete_stack(StackName="t-github")


def test_the_database_gets_the_next_major_version(formation):
    own = {"Name": "vv", "DatabaseDeletionProtection": "false"}
    brought(formation, "v-data", template("data"), **own)
    change = change_set(formation, "v-data", template("data"), **own, DatabaseVersion="18")
    replaced = {one["ResourceChange"]["LogicalResourceId"]: one["ResourceChange"]["Replacement"] for one in change["Changes"]}
    assert replaced == {"Database": "False", "DatabaseParameters": "True"}
    locked = template("data").replace("AllowMajorVersionUpgrade: true", "AllowMajorVersionUpgrade: false")
    assert brought(formation, "v-data", locked, **own, DatabaseVersion="18")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert brought(formation, "v-data", template("data"), **own, DatabaseVersion="18")["StackStatus"] == "UPDATE_COMPLETE", reasons(formation, "v-data")
    assert client("rds").describe_db_instances(DBInstanceIdentifier="vv-database")["DBInstances"][0]["EngineVersion"] == "18"
    client("rds").delete_db_instance(DBInstanceIdentifier="vv-database", SkipFinalSnapshot=True)
    formation.delete_stack(StackName="v-data")


BUCKETS = """
Parameters: {Suffix: {Type: String}, Kept: {Type: String, Default: Delete}}
Resources:
  One: {Type: "AWS::S3::Bucket", DeletionPolicy: Retain, Properties: {BucketName: !Sub "first-${Suffix}"}}
  Two: {Type: "AWS::S3::Bucket", DependsOn: One, Properties: {BucketName: !Join ["-", [second, !Ref Suffix]]}}
Outputs: {Names: {Value: !Sub "${One} ${Two}"}}
"""


def buckets():
    """Those of BUCKETS; other tests leave buckets that are kept."""
    return sorted(one["Name"] for one in client("s3").list_buckets()["Buckets"] if one["Name"].startswith(("first-", "second-")))


def test_a_failed_change_is_undone(formation):
    assert outputs(brought(formation, "undone", BUCKETS, Suffix="x"))["Names"] == "first-x second-x"
    change = change_set(formation, "undone", BUCKETS, Suffix="yy")
    assert {(one["ResourceChange"]["LogicalResourceId"], one["ResourceChange"]["Replacement"]) for one in change["Changes"]} == {("One", "True"), ("Two", "True")}
    client("s3").create_bucket(Bucket="second-zz")
    failed = brought(formation, "undone", BUCKETS, Suffix="zz")
    assert failed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE" and outputs(failed)["Names"] == "first-x second-x"
    assert any("Bucket" in reason for reason in reasons(formation, "undone")), reasons(formation, "undone")
    assert buckets() == ["first-x", "second-x", "second-zz"]
    assert outputs(brought(formation, "undone", BUCKETS, Suffix="w2"))["Names"] == "first-w2 second-w2"
    formation.delete_stack(StackName="undone")
    # What is to be retained is, also where it was replaced.
    assert buckets() == ["first-w2", "first-x", "second-zz"]
    for name in buckets():
        client("s3").delete_bucket(Bucket=name)


@pytest.mark.parametrize(("text", "reason"), [
    ("Resources: {A: {Type: 'AWS::S3::Bucket', Properties: {Nonsense: 1}}}", "unsupported properties"),
    ("Resources: {A: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Ref B}}, B: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Ref A}}}", "Circular"),
    ("Resources: {A: {Type: 'AWS::None::Such'}}", "Unrecognized resource types"),
    ("Parameters: {P: {Type: String}}\nResources: {A: {Type: 'AWS::S3::Bucket'}}", "must have values"),
    ("Parameters: {P: {Type: String, AllowedPattern: 'a+', Default: b}}\nResources: {A: {Type: 'AWS::S3::Bucket'}}", "must match"),
    ("Parameters: {P: {Type: String, Default: a}}\nRules: {R: {Assertions: [{Assert: !Equals [!Ref P, b], AssertDescription: P has to be b.}]}}\n"
     "Resources: {A: {Type: 'AWS::S3::Bucket'}}", "P has to be b."),
    ("Resources: {}", "At least one Resources member")])
def test_a_template_that_cannot_be_is_refused(formation, text, reason):
    try:
        change = change_set(formation, "senseless", text)
    except botocore.exceptions.ClientError as error:
        assert reason in str(error)
        return
    if change["Status"] == "CREATE_COMPLETE":
        formation.execute_change_set(ChangeSetName=change["ChangeSetId"])
        assert formation.describe_stacks(StackName="senseless")["Stacks"][0]["StackStatus"] == "ROLLBACK_COMPLETE"
        change["StatusReason"] = " ".join(reasons(formation, "senseless"))
    assert reason in change["StatusReason"]
    formation.delete_stack(StackName="senseless")
