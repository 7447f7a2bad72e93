"""Who functions are and what they may: each has credentials of its own, and its role's policies decide."""

import secrets
import threading
from dataclasses import dataclass

import yaml

from emulator.clients import client
from templates.policy_matcher import allows, listed


@dataclass(frozen=True)
class Credentials:
    key: str
    secret: str
    session: str
    role: str

    def environment(self):
        return {"AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": self.secret, "AWS_SESSION_TOKEN": self.session}


_issued, _lock = {}, threading.Lock()


def issue(role):
    """New credentials for a role, by its ARN."""
    # A session token has letters that have to be escaped in an address.
    made = Credentials("ASIA" + secrets.token_hex(8).upper(), secrets.token_urlsafe(30), secrets.token_urlsafe(60) + "/+==", role)
    with _lock:
        _issued[made.key] = made
    return made


def holder(key):
    """Whose credentials these are; None for a key that nobody has."""
    with _lock:
        return _issued.get(key)


def documents(arn):
    """The policies of a role, attached and inline, or those that a user has inline."""
    iam, name = client("iam"), arn.rsplit("/", 1)[1]
    if ":user/" in arn:
        found = [iam.get_user_policy(UserName=name, PolicyName=policy)["PolicyDocument"] for policy in iam.list_user_policies(UserName=name)["PolicyNames"]]
        return [yaml.safe_load(one) if isinstance(one, str) else one for one in found]
    found = [iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]]
    for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
        arn = policy["PolicyArn"]
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        found.append(iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"])
    # Where moto's model of a role made the policy, it answers with Python's text of it, which is also YAML.
    return [yaml.safe_load(one) if isinstance(one, str) else one for one in found]


def may(role, action, resource):
    """Whether the role's policies allow it."""
    return allows(documents(role), action, resource)


def missing(arn, known):
    """The keys that conditions of the policies ask for, but for those that are known."""
    statements = [one for document in documents(arn) for one in listed(document["Statement"])]
    return {key for one in statements for keys in one.get("Condition", {}).values() for key in keys} - set(known)
