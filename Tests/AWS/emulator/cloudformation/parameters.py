"""From the properties of CloudFormation to the parameters of a service's call: other spelling, text for numbers, lists with their length."""

import json

from botocore.validate import ParamValidator

from emulator.clients import client


def operation(service, call):
    api = client(service)
    return api.meta.service_model.operation_model(api.meta.method_to_api_mapping[call])


def fitted(value, shape):
    """`value` in the types and the spelling of `shape`; a name that the shape does not know stays, so that botocore refuses it."""
    kind = shape.type_name
    if kind == "structure":
        if isinstance(value, list) and {"Quantity", "Items"} <= set(shape.members):
            value = {"Quantity": len(value), "Items": value}
        if not isinstance(value, dict):
            return value
        spelled = {name.lower(): name for name in shape.members}
        named = {spelled.get(name.lower(), name): member for name, member in value.items()}
        return {name: fitted(member, shape.members[name]) if name in shape.members else member for name, member in named.items()}
    if kind == "list":
        return [fitted(one, shape.member) for one in value]
    if kind == "map":
        return {name: fitted(one, shape.value) for name, one in value.items()}
    if kind == "boolean":
        return value.lower() == "true" if isinstance(value, str) else value
    if kind in ("integer", "long"):
        return int(value) if isinstance(value, str) else value
    if kind in ("double", "float"):
        return float(value)
    if kind == "string" and not isinstance(value, str):
        return json.dumps(value) if isinstance(value, (dict, list)) else str(value)
    return value


def check(service, call, parameters):
    """The parameters as the call takes them. Raises ValueError for what it would refuse."""
    shape = operation(service, call).input_shape
    parameters = fitted(parameters, shape)
    report = ParamValidator().validate(parameters, shape)
    if report.has_errors():
        raise ValueError(f"{call}: {report.generate_report()}")
    return parameters


def send(service, call, parameters, region):
    return getattr(client(service, region), call)(**check(service, call, parameters))
