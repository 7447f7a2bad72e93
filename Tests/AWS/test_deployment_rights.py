"""Whether the caller may make a deployment is asked before anything is made; what cannot be known keeps nobody."""

import json
import stat

import pytest

from deploying import Deployment
from emulator.clients import client
from emulator.front import NO_IAM

ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
WITH_A_SECOND_FACTOR = {
    "Effect": "Deny", "NotAction": ["sts:*"], "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
FROM_THE_OFFICE = ALL | {"Condition": {"StringEquals": {"aws:VpcSourceIp": "192.0.2.1"}}}
OWN_NAMES = ALL | {"Resource": [f"arn:aws:{one}" for one in (
    "cloudformation:*:*:stack/xmonitor-*", "rds:*:*:db:xmonitor-*", "s3:::xmonitor-*", "iam::*:role/xmonitor-*", "lambda:*:*:function:xmonitor-*")]}


@pytest.fixture
def deployment(emulator, tmp_path):
    return Deployment(emulator, tmp_path, tmp_path)


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


@pytest.fixture
def user():
    """Makes a user with these statements; returns the key."""
    iam = client("iam")
    iam.create_user(UserName="ada", Path="/team/")

    def user(*statements):
        iam.put_user_policy(UserName="ada", PolicyName="own", PolicyDocument=policy(*statements))
        return iam.create_access_key(UserName="ada")["AccessKey"]["AccessKeyId"]

    yield user
    iam.delete_user_policy(UserName="ada", PolicyName="own")
    for key in iam.list_access_keys(UserName="ada")["AccessKeyMetadata"]:
        iam.delete_access_key(UserName="ada", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="ada")


@pytest.fixture
def session():
    """Makes a role as IAM Identity Center makes them, with these statements; returns the key of a session."""
    iam = client("iam")

    def session(*statements):
        trust = policy({"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"})
        role = iam.create_role(RoleName="Operators", Path="/aws-reserved/sso.amazonaws.com/", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        iam.put_role_policy(RoleName="Operators", PolicyName="own", PolicyDocument=policy(*statements))
        return client("sts").assume_role(RoleArn=role, RoleSessionName="ada")["Credentials"]["AccessKeyId"]

    yield session
    iam.delete_role_policy(RoleName="Operators", PolicyName="own")
    iam.delete_role(RoleName="Operators")


def goes_on(deployment):
    """What was printed before the package was looked for, which is not there."""
    printed = deployment("apply", code=2)
    assert "There is no xmonitor.zip" in printed, printed
    return printed


def test_a_second_factor_is_counted(deployment, user):
    deployment.key = user(ALL, WITH_A_SECOND_FACTOR)
    assert "is not known" not in goes_on(deployment)


def test_rights_on_our_names_alone_are_seen(deployment, user):
    deployment.key = user(OWN_NAMES)
    printed = deployment("apply", code=2)
    for named, expected in (("ec2:CreateVpc", True), ("cloudfront:CreateDistribution", True), ("rds:CreateDBInstance", False), ("iam:PassRole", False)):
        assert (named in printed) is expected, printed


def test_a_session_of_a_role_with_a_path(deployment, session):
    deployment.key = session(ALL, {"Effect": "Deny", "Action": "rds:CreateDBInstance", "Resource": "*"})
    printed = deployment("apply", code=2)
    assert "assumed-role/Operators/ada may not do: rds:CreateDBInstance. Whoever" in printed
    assert client("cloudformation").describe_stacks()["Stacks"] == []


def test_what_depends_on_something_else_is_said_and_no_failure(deployment, user):
    deployment.key = user(FROM_THE_OFFICE)
    assert "is not known: it depends on aws:VpcSourceIp." in goes_on(deployment)


def test_whoever_may_not_ask_goes_on(deployment):
    deployment.key = NO_IAM
    assert "is not known: IAM does not tell them" in goes_on(deployment)


def test_an_old_command_line_is_named(deployment, tmp_path):
    old = tmp_path / "aws"
    old.write_text("#!/bin/sh\necho aws-cli/2.31.38 Python/3.13.7 Linux/6.1\n")
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    deployment.environment["PATH"] = f"{tmp_path}:/usr/bin:/bin"
    printed = deployment("plan", code=2)
    assert "2.31.38, and 2.31.39 or newer is needed" in printed and "getting-started-install" in printed
