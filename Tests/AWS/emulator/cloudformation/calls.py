"""The API of CloudFormation, as far as the command line's user needs it, in the place of moto's."""

import secrets

from moto.cloudformation.exceptions import AlreadyExistsException, ValidationError
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult

from emulator.cloudformation.stacks import ChangeSet, Stack
from emulator.cloudformation.template import TemplateError, parse

_stacks, _change_sets = [], []
# How often the command line still sees a stack as it was before what it asked for itself: CloudFormation's answers may be that late.
LATE_LOOKS = 1


class ChangeSetNotFound(ServiceException):
    code = "ChangeSetNotFound"


def stacks():
    """All that are there."""
    return [stack for stack in _stacks if stack.status != "DELETE_COMPLETE"]


def _find(call, name):
    for stack in reversed(_stacks):
        mine = (stack.account, stack.region) == (call.current_account, call.region)
        if mine and (stack.id == name or stack.name == name and (stack.status != "DELETE_COMPLETE" or _sees_late(call, stack))):
            return stack
    raise ValidationError(name)


def _change_set(call):
    name, stack = call._get_param("ChangeSetName"), call._get_param("StackName")
    for one in reversed(_change_sets):
        if one.id == name or one.name == name and stack in (one.stack.name, one.stack.id):
            return one
    raise ChangeSetNotFound(f"ChangeSet [{name}] does not exist")


class Calls:
    """Each method is a call; `self` is moto's request."""

    def create_change_set(self):
        kind, name = self._get_param("ChangeSetType", "UPDATE"), self._get_param("StackName")
        text = self._get_param("TemplateBody")
        if not text and self._get_param("TemplateURL"):
            text = self._get_stack_from_s3_url(self._get_param("TemplateURL"))
        try:
            stack = _find(self, name)
        except ValidationError:
            if kind != "CREATE":
                raise
            stack = None
        if stack is not None and kind == "CREATE" and stack.status != "REVIEW_IN_PROGRESS":
            raise AlreadyExistsException(f"Stack [{name}] already exists and cannot be created again with the changeSet [{self._get_param('ChangeSetName')}].")
        if stack is not None and kind == "UPDATE" and not stack.status.endswith(("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")):
            raise ValidationError(message=f"Stack:{stack.id} is in {stack.status} state and can not be updated.")
        stack = stack or Stack(name, self.current_account, self.region)
        try:
            made = ChangeSet(stack, self._get_param("ChangeSetName"), kind, text or stack.text, self._get_param("Parameters", []), self._get_param("Tags", []))
        except TemplateError as error:
            raise ValidationError(message=str(error)) from error
        if stack not in _stacks:
            stack.event("REVIEW_IN_PROGRESS", reason="User Initiated")
            _stacks.append(stack)
        _change_sets.append(made)
        return ActionResult({"Id": made.id, "StackId": stack.id})

    def describe_change_set(self):
        one = _change_set(self)
        changes = [{"Type": "Resource", "ResourceChange": {
            "Action": action, "LogicalResourceId": name, "PhysicalResourceId": physical, "ResourceType": kind, "Replacement": replacement,
            "Scope": ["Properties"] if action == "Modify" else [],
            "Details": [{"Target": {"Attribute": "Properties", "Name": each, "RequiresRecreation": "Always" if replacement == "True" else "Never"},
                         "Evaluation": "Static", "ChangeSource": "DirectModification"} for each in names],
        }} for action, name, kind, physical, replacement, names in one.changes]
        return ActionResult({
            "ChangeSetName": one.name, "ChangeSetId": one.id, "StackId": one.stack.id, "StackName": one.stack.name, "CreationTime": one.created,
            "Status": one.status, "StatusReason": one.reason, "ExecutionStatus": "AVAILABLE" if _is_late(self, one.stack) else one.execution,
            "Changes": changes,
            "Parameters": _parameters(one.parameters), "Tags": one.tags})

    def execute_change_set(self):
        one = _change_set(self)
        if one.execution != "AVAILABLE":
            raise ValidationError(message=f"ChangeSet [{one.id}] cannot be executed in its current status of [{one.status}]")
        _show_late(self, one.stack)
        one.execute()
        return EmptyResult()

    def delete_change_set(self):
        one = _change_set(self)
        _change_sets.remove(one)
        return EmptyResult()

    def list_change_sets(self):
        stack = _find(self, self._get_param("StackName"))
        return ActionResult({"Summaries": [
            {"ChangeSetName": one.name, "ChangeSetId": one.id, "StackName": stack.name, "StackId": stack.id, "Status": one.status,
             "ExecutionStatus": one.execution, "CreationTime": one.created} for one in _change_sets if one.stack is stack]})

    def describe_stacks(self):
        name = self._get_param("StackName")
        mine = [one for one in stacks() if (one.account, one.region) == (self.current_account, self.region)]
        found = [_find(self, name)] if name else mine
        return ActionResult({"Stacks": [stack.seen_before if _is_late(self, stack) else _described(stack) for stack in found]})

    def list_stacks(self):
        wanted = self._get_param("StackStatusFilter", [])
        mine = [one for one in _stacks if (one.account, one.region) == (self.current_account, self.region)]
        return ActionResult({"StackSummaries": [
            {"StackName": one.name, "StackId": one.id, "StackStatus": one.status, "CreationTime": one.created}
            for one in mine if not wanted or one.status in wanted]})

    def describe_stack_events(self):
        return ActionResult({"StackEvents": _find(self, self._get_param("StackName")).events[::-1]})

    def describe_stack_resources(self):
        stack = _find(self, self._get_param("StackName"))
        return ActionResult({"StackResources": [one | {"StackName": stack.name, "StackId": stack.id, "Timestamp": stack.created} for one in _listed(stack)]})

    def list_stack_resources(self):
        stack = _find(self, self._get_param("StackName"))
        return ActionResult({"StackResourceSummaries": [one | {"LastUpdatedTimestamp": stack.created} for one in _listed(stack)]})

    def describe_stack_resource(self):
        stack, name = _find(self, self._get_param("StackName")), self._get_param("LogicalResourceId")
        for one in _listed(stack):
            if one["LogicalResourceId"] == name:
                return ActionResult({"StackResourceDetail": one | {"StackName": stack.name, "StackId": stack.id, "LastUpdatedTimestamp": stack.created}})
        raise ValidationError(message=f"Resource {name} does not exist for stack {stack.name}")

    def get_template(self):
        return ActionResult({"TemplateBody": _find(self, self._get_param("StackName")).text, "StagesAvailable": ["Original", "Processed"]})

    def validate_template(self):
        try:
            template = parse(self._get_param("TemplateBody"))
        except TemplateError as error:
            raise ValidationError(message=str(error)) from error
        return ActionResult({
            "Description": template.get("Description", ""), "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"], "CapabilitiesReason": "",
            "Parameters": [{"ParameterKey": name, "DefaultValue": str(one.get("Default", "")), "NoEcho": bool(one.get("NoEcho")),
                            "Description": one.get("Description", "")} for name, one in template.get("Parameters", {}).items()]})

    def update_termination_protection(self):
        stack = _find(self, self._get_param("StackName"))
        stack.is_protected = str(self._get_param("EnableTerminationProtection")).lower() == "true"
        return ActionResult({"StackId": stack.id})

    def set_stack_policy(self):
        _find(self, self._get_param("StackName"))
        return EmptyResult()

    def detect_stack_drift(self):
        _find(self, self._get_param("StackName"))
        return ActionResult({"StackDriftDetectionId": secrets.token_hex(8)})

    def delete_stack(self):
        try:
            stack = _find(self, self._get_param("StackName"))
        except ValidationError:
            return EmptyResult()
        if stack.is_protected:
            raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
        _show_late(self, stack)
        with stack.lock:
            stack.delete()
        return EmptyResult()


def _is_command_line(call):
    return "aws-cli" in call.headers.get("User-Agent", "")


def _show_late(call, stack):
    """Before something happens to it."""
    stack.seen_before, stack.late_looks = _described(stack), LATE_LOOKS if _is_command_line(call) else 0


def _sees_late(call, stack):
    return stack.late_looks > 0 and _is_command_line(call)


def _is_late(call, stack):
    """The same, as a look: each brings the end of that nearer."""
    is_late = _sees_late(call, stack)
    stack.late_looks -= is_late
    return is_late


def _described(stack):
    return {
        "StackId": stack.id, "StackName": stack.name, "Description": stack.template.get("Description"), "Parameters": _parameters(stack.parameters),
        "CreationTime": stack.created, "LastUpdatedTime": stack.updated, "StackStatus": stack.status, "StackStatusReason": stack.reason,
        "DisableRollback": False, "NotificationARNs": [], "Capabilities": ["CAPABILITY_NAMED_IAM"], "Outputs": stack.outputs, "Tags": stack.tags,
        "EnableTerminationProtection": stack.is_protected, "DriftInformation": {"StackDriftStatus": "NOT_CHECKED"}}


def _listed(stack):
    return [{"LogicalResourceId": name, "PhysicalResourceId": one.ref, "ResourceType": one.kind, "ResourceStatus": "CREATE_COMPLETE"}
            for name, one in stack.resources.items()]


def _parameters(values):
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()]


def install():
    """From here on there are no stacks."""
    _stacks.clear()
    _change_sets.clear()
    # moto shapes what its own calls return; these here return what is sent.
    CloudFormationResponse.RESPONSE_KEY_PATH_TO_TRANSFORMER = {}
    for name, call in vars(Calls).items():
        if not name.startswith("__"):
            setattr(CloudFormationResponse, name, call)
