"""Decides as IAM does whether policies allow a request: a Deny wins over an Allow, and what nothing allows is denied."""

import re


def allows(policies, action, resource="*", **context):
    """
    - policies: documents, all of which hold for the caller.
    - context: the keys of conditions by their names; `aws__SecureTransport` stands for `aws:SecureTransport`.
    """
    context = {name.replace("__", ":"): value for name, value in context.items()}
    effects = {statement["Effect"] for policy in policies for statement in listed(policy["Statement"]) if applies(statement, action, resource, context)}
    return "Allow" in effects and "Deny" not in effects


def applies(statement, action, resource, context):
    if "Action" in statement:
        if not any(matches(pattern.lower(), action.lower()) for pattern in listed(statement["Action"])):
            return False
    elif any(matches(pattern.lower(), action.lower()) for pattern in listed(statement["NotAction"])):
        return False
    if "Resource" in statement:
        if not any(matches(pattern, resource) for pattern in listed(statement["Resource"])):
            return False
    elif any(matches(pattern, resource) for pattern in listed(statement.get("NotResource", []))):
        return False
    return all(fulfilled(operator, key, listed(expected), context) for operator, keys in statement.get("Condition", {}).items() for key, expected in keys.items())


OPERATORS = {
    "StringEquals": lambda expected, actual: expected == actual,
    "StringLike": lambda expected, actual: matches(expected, actual),
    "ArnEquals": lambda expected, actual: matches(expected, actual),
    "ArnLike": lambda expected, actual: matches(expected, actual),
    "Bool": lambda expected, actual: expected.lower() == actual.lower(),
}


def fulfilled(operator, key, expected, context):
    """An operator that is not known is an error: a test must not pass because a condition was overlooked."""
    compare = OPERATORS[operator.removesuffix("IfExists")]
    if key not in context:
        return operator.endswith("IfExists")
    return any(compare(str(one), context[key]) for one in expected)


def matches(pattern, text):
    """`*` stands for any characters and `?` for one."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text) is not None


def listed(value):
    return value if isinstance(value, list) else [value]


def policies_of(made, role):
    """All documents that hold for a role of a template."""
    properties = made[role]
    own = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
    shared = {f"<{name}>": policy["PolicyDocument"] for name, policy in made.of_type("AWS::IAM::ManagedPolicy").items()}
    return own + [shared[name] for name in properties.get("ManagedPolicyArns", [])]


def granted(policies):
    """Every action that is allowed, with its resources, for comparing with a list."""
    pairs = set()
    for policy in policies:
        for statement in listed(policy["Statement"]):
            if statement["Effect"] == "Allow":
                assert "NotAction" not in statement and "NotResource" not in statement, statement
                pairs |= {(action, resource) for action in listed(statement["Action"]) for resource in listed(statement["Resource"])}
    return pairs
