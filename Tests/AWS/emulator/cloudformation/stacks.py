"""Stacks: what a template asks for is compared with what there is, made, changed, replaced and removed, and undone when a step fails."""

import datetime
import json
import threading
import uuid

from emulator.cloudformation import template as templates
from emulator.cloudformation.resources import Planned, make, must_replace
from emulator.cloudformation.template import TemplateError, Values

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."

# Names of stacks whose changes fail when everything is made.
FAIL_AT_THEIR_END = set()


def now():
    return datetime.datetime.now(datetime.UTC)


class Stack:
    def __init__(self, name, account, region):
        self.name, self.account, self.region = name, account, region
        self.id = f"arn:aws:cloudformation:{region}:{account}:stack/{name}/{uuid.uuid4()}"
        self.status, self.reason, self.created, self.updated = "REVIEW_IN_PROGRESS", None, now(), None
        self.text, self.template, self.parameters, self.tags, self.outputs = "", {}, {}, [], []
        self.resources, self.events, self.is_protected, self.lock = {}, [], False, threading.RLock()
        # What the command line still sees of a change or a removal, and how often.
        self.seen_before, self.late_looks = None, 0

    def event(self, status, logical=None, kind="AWS::CloudFormation::Stack", physical=None, reason=None):
        if logical is None:
            self.status, self.reason = status, reason
        self.events.append({
            "StackId": self.id, "StackName": self.name, "EventId": str(uuid.uuid4()), "LogicalResourceId": logical or self.name, "ResourceType": kind,
            "PhysicalResourceId": physical or (self.id if logical is None else ""), "ResourceStatus": status, "ResourceStatusReason": reason, "Timestamp": now()})

    def values(self, template, parameters, resource):
        pseudo = {
            "AWS::AccountId": self.account, "AWS::Region": self.region, "AWS::StackId": self.id, "AWS::StackName": self.name,
            "AWS::URLSuffix": "amazonaws.com", "AWS::Partition": "aws", "AWS::NotificationARNs": []}
        return Values(template, parameters, pseudo, resource, self._secret)

    def _secret(self, identifier, key):
        from emulator.clients import client
        text = client("secretsmanager", self.region).get_secret_value(SecretId=identifier)["SecretString"]
        return str(json.loads(text)[key]) if key else text

    def changes(self, template, parameters):
        """What would be done, as (action, logical name, type, physical id, replacement, names of properties). Raises TemplateError."""
        found, planned = [], {}

        def resource(name):
            return planned.get(name) or self.resources[name]

        values = self.values(template, parameters, resource)
        wanted = [name for name, one in template["Resources"].items() if values.exists(one.get("Condition"))]
        for name in templates.order(template, wanted):
            asked = template["Resources"][name]
            properties = values.of(asked.get("Properties", {}))
            there = self.resources.get(name)
            if there is None:
                planned[name] = Planned(asked["Type"], name)
                found.append(("Add", name, asked["Type"], None, None, []))
            elif differing := there.differing(properties):
                is_replaced = there.kind != asked["Type"] or must_replace(there.kind, differing)
                if is_replaced:
                    planned[name] = Planned(asked["Type"], name)
                found.append(("Modify", name, asked["Type"], there.ref, "True" if is_replaced else "False", differing))
            else:
                there.policy = asked.get("DeletionPolicy", "Delete")
        found += [("Remove", name, there.kind, there.ref, None, []) for name, there in self.resources.items() if name not in wanted]
        return found

    def apply(self, text, template, parameters, tags):
        """Makes the stack what the template says. A failure is undone, and told by the status."""
        is_new = not self.template
        verb, before, undo, leftover = "CREATE" if is_new else "UPDATE", (self.text, self.template, self.parameters), [], []
        self.event(f"{verb}_IN_PROGRESS", reason="User Initiated")
        try:
            values = self.values(template, parameters, lambda name: self.resources[name])
            wanted = [name for name, one in template["Resources"].items() if values.exists(one.get("Condition"))]
            for name in templates.order(template, wanted):
                self._bring(name, template["Resources"][name], values, undo, leftover)
            outputs = [
                {"OutputKey": name, "OutputValue": str(values.of(one["Value"])), "Description": one.get("Description")}
                for name, one in template.get("Outputs", {}).items() if values.exists(one.get("Condition"))]
            if self.name in FAIL_AT_THEIR_END:
                raise TemplateError("Resource handler returned message: there is not enough capacity")
        except Exception as failure:  # whatever a service says ends the step, and is undone
            self.event("ROLLBACK_IN_PROGRESS" if is_new else "UPDATE_ROLLBACK_IN_PROGRESS", reason=str(failure))
            self.text, self.template, self.parameters = before
            try:
                for step in reversed(undo):
                    step()
            except Exception as another:
                self.event("ROLLBACK_FAILED" if is_new else "UPDATE_ROLLBACK_FAILED", reason=str(another))
                return
            self.event("ROLLBACK_COMPLETE" if is_new else "UPDATE_ROLLBACK_COMPLETE")
            return
        self.text, self.template, self.parameters, self.outputs, self.tags = text, template, parameters, outputs, tags
        gone = [self.resources.pop(name) for name in list(self.resources) if name not in wanted]
        for old in leftover + gone[::-1]:
            self._remove(old)
        self.updated = None if is_new else now()
        self.event(f"{verb}_COMPLETE")

    def _bring(self, name, asked, values, undo, leftover):
        """Makes, changes or replaces one resource."""
        kind, properties, there = asked["Type"], values.of(asked.get("Properties", {})), self.resources.get(name)
        policy = asked.get("DeletionPolicy", "Snapshot" if kind.startswith("AWS::RDS::DB") and kind.endswith(("Instance", "Cluster")) else "Delete")
        if there is not None and not (differing := there.differing(properties)):
            there.policy = policy
            return
        verb = "CREATE" if there is None else "UPDATE"
        try:
            if there is not None and there.kind == kind and not must_replace(kind, differing):
                old = there.properties
                undo.append(lambda: there.update(old))
                there.update(properties)
            else:
                made = make(self, name, kind, properties)
                self.resources[name] = made
                if there is None:
                    undo.append(lambda: self._unmake(self.resources.pop(name)))
                else:
                    undo.append(lambda: (self.resources.update({name: there}), leftover.remove(there), made.delete()))
                    leftover.append(there)
        except Exception as failure:
            self.event(f"{verb}_FAILED", name, kind, reason=str(failure))
            raise
        self.resources[name].policy = policy
        self.event(f"{verb}_COMPLETE", name, kind, self.resources[name].ref)

    def _unmake(self, resource):
        """Undoes a creation. What is retained stays, but for the policy that makes an exception of this."""
        if not self.template and resource.policy == "Retain":
            self.event("DELETE_SKIPPED", resource.name, resource.kind, resource.ref)
        else:
            resource.delete()

    def _remove(self, resource):
        if resource.policy.startswith("Retain"):
            self.event("DELETE_SKIPPED", resource.name, resource.kind, resource.ref)
            return
        resource.delete()
        self.event("DELETE_COMPLETE", resource.name, resource.kind, resource.ref)

    def delete(self):
        """What depends on others goes first. What cannot be removed stays, and the status is DELETE_FAILED."""
        self.event("DELETE_IN_PROGRESS", reason="User Initiated")
        for name in reversed(templates.order(self.template, list(self.resources)) if self.template else []):
            try:
                self._remove(self.resources[name])
            except Exception as failure:
                self.event("DELETE_FAILED", name, self.resources[name].kind, self.resources[name].ref, str(failure))
                self.event("DELETE_FAILED", reason=f"The following resource(s) failed to delete: [{name}].")
                return
            del self.resources[name]
        self.event("DELETE_COMPLETE")


class ChangeSet:
    """A change that is planned, and executed once or never."""

    def __init__(self, stack, name, kind, text, given, tags):
        self.stack, self.name, self.kind, self.text, self.tags, self.created = stack, name, kind, text, tags, now()
        self.id = f"arn:aws:cloudformation:{stack.region}:{stack.account}:changeSet/{name}/{uuid.uuid4()}"
        self.template = templates.parse(text)
        self.parameters = templates.parameters(self.template, given, stack.parameters)
        stack.values(self.template, self.parameters, None).check_rules()
        self.execution, self.status, self.reason, self.changes = "AVAILABLE", "CREATE_COMPLETE", None, []
        try:
            self.changes = stack.changes(self.template, self.parameters)
        except TemplateError as error:
            self.execution, self.status, self.reason = "UNAVAILABLE", "FAILED", str(error)
            return
        if not self.changes and kind == "UPDATE" and not self._changes_outputs():
            self.execution, self.status, self.reason = "UNAVAILABLE", "FAILED", NO_CHANGES

    def _changes_outputs(self):
        return self.template.get("Outputs") != self.stack.template.get("Outputs")

    def execute(self):
        with self.stack.lock:
            self.execution = "EXECUTE_COMPLETE"
            self.stack.apply(self.text, self.template, self.parameters, self.tags)
