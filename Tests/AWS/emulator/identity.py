"""Who functions are and what they may: each has credentials of its own, and its role's policies decide."""

import fnmatch
import secrets
import threading
from dataclasses import dataclass
from urllib.parse import unquote

from emulator.clients import client


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


def statements(role):
    """What the policies of a role say, attached and inline."""
    iam, name = client("iam"), role.rsplit("/", 1)[1]
    found = []
    for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
        found += _listed(iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"])
    for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
        arn = policy["PolicyArn"]
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        found += _listed(iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"])
    return found


def _listed(document):
    found = document["Statement"]
    return [found] if isinstance(found, dict) else found


def may(role, action, resource):
    """Whether the role's policies allow it. A Deny wins; a statement with a Condition allows nothing here."""
    allowed = False
    for one in statements(role):
        if not _fits(one["Action"], action) or not _fits(one["Resource"], resource):
            continue
        if one["Effect"] == "Deny" and "Condition" not in one:
            return False
        allowed = allowed or one["Effect"] == "Allow" and "Condition" not in one
    return allowed


def _fits(patterns, value):
    patterns = [patterns] if isinstance(patterns, str) else patterns
    return any(fnmatch.fnmatchcase(value.lower(), unquote(str(pattern)).lower()) for pattern in patterns)
