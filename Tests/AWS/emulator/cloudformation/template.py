"""A template: read from YAML, its conditions, and the values of its functions."""

import base64
import ipaddress
import json
import re

import yaml

from emulator.clients import client

PSEUDO = "AWS::NoValue"
_REFERENCE = re.compile(r"\$\{(!?)([^}]+)\}")


class TemplateError(Exception):
    """What CloudFormation answers as ValidationError."""


class _Loader(yaml.SafeLoader):
    """Knows the short forms `!Ref`, `!GetAtt`, `!Sub` …"""


def _short_form(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short_form)
# CloudFormation reads a version such as 2010-09-09 as text.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def parse(text):
    try:
        template = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise TemplateError(f"Template format error: {error}") from error
    if not isinstance(template, dict) or not template.get("Resources"):
        raise TemplateError("Template format error: At least one Resources member must be defined.")
    return template


def parameters(template, given, previous=None):
    """The value of each parameter. `given` may say UsePreviousValue; what is missing has its default.

    Raises TemplateError for an unknown or missing one, or one that its own description does not allow.
    """
    values, declared = {}, template.get("Parameters", {})
    if unknown := [one["ParameterKey"] for one in given if one["ParameterKey"] not in declared]:
        raise TemplateError(f"Parameters: {unknown} do not exist in the template")
    told = {one["ParameterKey"]: (previous or {})[one["ParameterKey"]] if str(one.get("UsePreviousValue")).lower() == "true" else one["ParameterValue"]
            for one in given}
    for name, description in declared.items():
        value = told.get(name, description.get("Default"))
        if value is None:
            raise TemplateError(f"Parameters: [{name}] must have values")
        value = str(value).lower() if isinstance(value, bool) else str(value)
        _check(name, value, description)
        values[name] = value
    return values


def _check(name, value, description):
    allowed = [str(one) for one in description.get("AllowedValues", [])]
    if allowed and value not in allowed:
        raise TemplateError(f"Parameter '{name}' must be one of AllowedValues")
    if (pattern := description.get("AllowedPattern")) and not re.fullmatch(pattern, value):
        raise TemplateError(f"Parameter '{name}' must match pattern {pattern}")
    if len(value) < int(description.get("MinLength", 0)) or len(value) > int(description.get("MaxLength", 4096)):
        raise TemplateError(f"Parameter '{name}' has a length that is not allowed")
    if description["Type"] == "Number":
        try:
            number = float(value)
        except ValueError:
            raise TemplateError(f"Parameter '{name}' must be a number.") from None
        if number < float(description.get("MinValue", number)) or number > float(description.get("MaxValue", number)):
            raise TemplateError(f"Parameter '{name}' must be a number between MinValue and MaxValue.")


class Values:
    """Computes values. `resource(name)` returns what stands for a resource: `ref` and `attribute(name)`."""

    def __init__(self, template, parameters, pseudo, resource, secret):
        self.template, self.pseudo, self.resource, self.secret = template, pseudo, resource, secret
        self.parameters = {
            name: value.split(",") if value and self._is_list(name) else [] if self._is_list(name) else value for name, value in parameters.items()}

    def _is_list(self, name):
        kind = self.template["Parameters"][name]["Type"]
        return kind.startswith("List<") or kind == "CommaDelimitedList"

    def exists(self, name):
        """Whether the condition of a resource or an output holds."""
        return name is None or self.condition({"Condition": name})

    def condition(self, value):
        [(operator, operands)] = value.items()
        if operator == "Condition":
            return self.condition(self.template["Conditions"][operands])
        if operator == "Fn::Equals":
            return str(self.of(operands[0])) == str(self.of(operands[1]))
        if operator == "Fn::EachMemberEquals":
            return all(str(one) == str(self.of(operands[1])) for one in self.of(operands[0]))
        results = [self.condition(one) for one in operands]
        return {"Fn::Not": lambda: not results[0], "Fn::And": lambda: all(results), "Fn::Or": lambda: any(results)}[operator]()

    def check_rules(self):
        """Raises TemplateError for parameters that a rule does not let stand together."""
        for name, rule in self.template.get("Rules", {}).items():
            if "RuleCondition" in rule and not self.condition(rule["RuleCondition"]):
                continue
            for assertion in rule["Assertions"]:
                if not self.condition(assertion["Assert"]):
                    raise TemplateError(f"Template error: rule {name} is violated: {assertion['AssertDescription']}")

    def of(self, value):
        """The value, with all functions computed; what is NoValue is left out of objects and lists."""
        if isinstance(value, list):
            return [computed for computed in map(self.of, value) if computed is not PSEUDO]
        if not isinstance(value, dict):
            return self._resolved(value) if isinstance(value, str) else value
        if len(value) == 1:
            [(name, argument)] = value.items()
            if name == "Ref":
                return self.ref(argument)
            if name.startswith("Fn::"):
                return getattr(self, "_" + name[4:].lower())(argument)
        members = {name: self.of(member) for name, member in value.items()}
        return {name: member for name, member in members.items() if member is not PSEUDO}

    def ref(self, name):
        if name == PSEUDO:
            return PSEUDO
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        return self.resource(name).ref

    def _resolved(self, text):
        """`{{resolve:secretsmanager:ID:SecretString:KEY}}` is what the secret holds."""
        return re.sub(r"\{\{resolve:secretsmanager:(.+?):SecretString:([^:}]*)[^}]*\}\}", lambda found: self.secret(found[1], found[2]), text)

    def _getatt(self, argument):
        name, attribute = argument if len(argument) == 2 else (argument[0], ".".join(argument[1:]))
        return self.resource(name).attribute(attribute)

    def _sub(self, argument):
        text, more = argument if isinstance(argument, list) else (argument, {})

        def value(found):
            if found[1]:
                return "${" + found[2] + "}"
            name = found[2].strip()
            if name in more:
                return str(self.of(more[name]))
            return str(self._getatt(name.split(".", 1)) if "." in name else self.ref(name))
        return self._resolved(_REFERENCE.sub(value, text))

    def _if(self, argument):
        name, yes, no = argument
        return self.of(yes if self.exists(name) else no)

    def _join(self, argument):
        return argument[0].join(str(one) for one in self.of(argument[1]))

    def _split(self, argument):
        return str(self.of(argument[1])).split(argument[0])

    def _select(self, argument):
        return self.of(argument[1])[int(self.of(argument[0]))]

    def _findinmap(self, argument):
        one, two, three = (self.of(part) for part in argument)
        return self.template["Mappings"][one][two][three]

    def _getazs(self, argument):
        return [f"{self.of(argument) or self.pseudo['AWS::Region']}{letter}" for letter in "abc"]

    def _valueof(self, argument):
        """An attribute of what a parameter names, which rules ask for: of subnets their network."""
        name, attribute = argument
        subnets = client("ec2", self.pseudo["AWS::Region"]).describe_subnets(SubnetIds=self.parameters[name])["Subnets"]
        return [one[attribute] for one in subnets]

    def _base64(self, argument):
        return base64.b64encode(self.of(argument).encode()).decode()

    def _tojsonstring(self, argument):
        return json.dumps(self.of(argument))

    def _cidr(self, argument):
        block, count, bits = (self.of(part) for part in argument)
        networks = ipaddress.ip_network(block).subnets(new_prefix=32 - int(bits))
        return [str(next(networks)) for _ in range(int(count))]


def references(value):
    """The names that a value refers to: resources, parameters and pseudo parameters."""
    if isinstance(value, list):
        return {name for one in value for name in references(one)}
    if not isinstance(value, dict):
        return set()
    found = set()
    for name, argument in value.items():
        if name == "Ref":
            found.add(argument)
        elif name == "Fn::GetAtt":
            found.add(argument[0])
        elif name == "Fn::Sub":
            text, more = argument if isinstance(argument, list) else (argument, {})
            found |= {match[2].strip().split(".")[0] for match in _REFERENCE.finditer(text) if not match[1]} - set(more)
            found |= references(more)
        else:
            found |= references(argument)
    return found


def order(template, names):
    """`names` so that each stands behind those that it needs. Raises TemplateError for a circle."""
    needs = {}
    for name in names:
        resource = template["Resources"][name]
        after = resource.get("DependsOn", [])
        needs[name] = ({after} if isinstance(after, str) else set(after)) | references(resource.get("Properties", {}))
    ordered = []
    while needs:
        ready = [name for name in needs if not needs[name] & set(needs)]
        if not ready:
            raise TemplateError(f"Circular dependency between resources: [{', '.join(sorted(needs))}]")
        for name in ready:
            ordered.append(name)
            del needs[name]
    return ordered
