"""`bin/deploy destroy`: what a killed drill left is no obstacle, and a removal that was broken off is finished by the next one."""

import io
import json
import zipfile

import pytest

from deploying import Deployment
from emulator.clients import client

# As much of the stacks as this needs.
TEMPLATES = {
    "gone-data": """
Resources:
  Bucket: {Type: "AWS::S3::Bucket", DeletionPolicy: RetainExceptOnCreate}
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: RetainExceptOnCreate
    Properties:
      DBInstanceIdentifier: gone-database
      Engine: postgres
      DBInstanceClass: db.t4g.small
      AllocatedStorage: 20
      MasterUsername: administrator
      ManageMasterUserPassword: true
      DeletionProtection: true
Outputs: {BucketName: {Value: !Ref Bucket}, DatabaseInstanceId: {Value: !Ref Database}}
""",
    "gone-app": """
Resources:
  AdminRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]
"""}
STEPS = ("What a drill may have left", "Stack gone-app", "The database", "The bucket", "Stack gone-data")


@pytest.fixture
def deployment(emulator, tmp_path):
    """With stacks, objects of several versions, and what a drill makes."""
    formation = client("cloudformation")
    for name, template in TEMPLATES.items():
        change = formation.create_change_set(StackName=name, ChangeSetName="first", ChangeSetType="CREATE", TemplateBody=template)
        formation.execute_change_set(ChangeSetName=change["Id"])
    formation.update_termination_protection(StackName="gone-data", EnableTerminationProtection=True)
    bucket = emulator.outputs("gone-data")["BucketName"]
    client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"1", b"2"):
        client("s3").put_object(Bucket=bucket, Key="code/x", Body=body)
    client("rds").restore_db_instance_to_point_in_time(
        SourceDBInstanceIdentifier="gone-database", TargetDBInstanceIdentifier="gone-drill", UseLatestRestorableTime=True)
    role = formation.describe_stack_resource(StackName="gone-app", LogicalResourceId="AdminRole")["StackResourceDetail"]["PhysicalResourceId"]
    client("iam").put_role_policy(RoleName=role, PolicyName="gone-drill", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "rds-db:connect", "Resource": "*"}]}))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr("bootstrap", "")
    client("lambda").create_function(
        FunctionName="gone-drill", Runtime="provided.al2023", Handler="admin", Code={"ZipFile": packed.getvalue()},
        Role=client("iam").get_role(RoleName=role)["Role"]["Arn"])
    yield Deployment(emulator, tmp_path, tmp_path, name="gone")
    for snapshot in snapshots():
        client("rds").delete_db_snapshot(DBSnapshotIdentifier=snapshot)


def snapshots():
    return [one["DBSnapshotIdentifier"] for one in client("rds").describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]]


def left():
    return {
        "stacks": [one["StackName"] for one in client("cloudformation").describe_stacks()["Stacks"]],
        "databases": [one["DBInstanceIdentifier"] for one in client("rds").describe_db_instances()["DBInstances"]],
        "buckets": [one["Name"] for one in client("s3").list_buckets()["Buckets"]],
        "functions": [one["FunctionName"] for one in client("lambda").list_functions()["Functions"]],
        "roles": [one["RoleName"] for one in client("iam").list_roles()["Roles"]]}


@pytest.mark.parametrize("step", STEPS)
def test_a_removal_that_was_broken_off_is_finished(deployment, step):
    deployment.interrupted(f"==> {step}", "destroy", "--with-data", "gone", "--yes")
    deployment("destroy", "--with-data", "gone", "--yes")
    assert left() == {"stacks": [], "databases": [], "buckets": [], "functions": [], "roles": []}
    [snapshot] = snapshots()
    assert snapshot.startswith("gone-database-final-")


def test_without_the_data_the_rests_of_a_drill_go_too(deployment):
    printed = deployment("destroy", "--yes")
    bucket = deployment.emulator.outputs("gone-data")["BucketName"]
    assert left() == {"stacks": ["gone-data"], "databases": ["gone-database"], "buckets": [bucket], "functions": [], "roles": []}
    assert f"Kept: stack gone-data with the database gone-database and the bucket {bucket}" in printed
    deployment("destroy", "--with-data", "gone", "--yes")
