"""The one call of IAM that moto lacks: what somebody may."""

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from emulator import identity


def simulate_principal_policy(self):
    """The account's administrator may everything; a role what its policies say."""
    arn, resources = self._get_param("PolicySourceArn"), self._get_param("ResourceArns", []) or ["*"]
    results = []
    for action in self._get_param("ActionNames", []):
        for resource in resources:
            is_allowed = ":role/" not in arn or identity.may(arn, action, resource)
            results.append({"EvalActionName": action, "EvalResourceName": resource, "EvalDecision": "allowed" if is_allowed else "implicitDeny"})
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def install():
    IamResponse.simulate_principal_policy = simulate_principal_policy
