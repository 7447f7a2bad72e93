"""The one call of IAM that moto lacks: what somebody may."""

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from emulator import identity
from templates.policy_matcher import allows


class NoSuchEntity(ServiceException):
    code = "NoSuchEntity"


def simulate_principal_policy(self):
    """The account's administrator may everything; a user or a role what its policies say, whose ARN has to be the whole one."""
    arn, resources = self._get_param("PolicySourceArn"), self._get_param("ResourceArns", []) or ["*"]
    context = {one["ContextKeyName"]: one["ContextKeyValues"][0] for one in self._get_param("ContextEntries", [])}
    policies, unknown = None, []
    if not arn.endswith(":user/moto"):
        backend = self.backend
        if arn not in {one.arn for one in [*backend.roles.values(), *backend.users.values()]}:
            raise NoSuchEntity(f"{arn} does not exist")
        policies, unknown = identity.documents(arn), sorted(identity.missing(arn, context))
    named = {name.replace(":", "__"): value for name, value in context.items()}
    results = []
    for action in self._get_param("ActionNames", []):
        decisions = ["allowed" if policies is None or allows(policies, action, resource, **named) else "implicitDeny" for resource in resources]
        results.append({
            "EvalActionName": action, "EvalResourceName": resources[0], "EvalDecision": decisions[0], "MissingContextValues": unknown,
            "ResourceSpecificResults": [
                {"EvalResourceName": resource, "EvalResourceDecision": decision} for resource, decision in zip(resources, decisions, strict=True)]})
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def install():
    IamResponse.simulate_principal_policy = simulate_principal_policy
