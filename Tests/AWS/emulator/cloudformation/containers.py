"""Rows of services that run containers; moto keeps them and runs none."""

from emulator.cloudformation.row import Row


def lower(value):
    """As ECS, Amplify and others begin their names with small letters."""
    if isinstance(value, dict):
        return {name[0].lower() + name[1:]: lower(one) for name, one in value.items()}
    return [lower(one) for one in value] if isinstance(value, list) else value


def _definition(properties, resource):
    return lower(properties) | {"family": properties.get("Family", f"{resource.stack.name}-{resource.name}")}


def _service(properties, resource):
    return {"serviceName": f"{resource.stack.name}-{resource.name}"} | lower(properties)


def _service_ids(resource):
    return {"cluster": resource.properties["Cluster"], "service": resource.ref}


def _target_ids(resource):
    return {name: resource.properties[name] for name in ("ServiceNamespace", "ResourceId", "ScalableDimension")}


def _policy(properties, resource):
    if "ScalingTargetId" not in properties:
        return properties
    target, dimension, namespace = properties["ScalingTargetId"].split("|")
    kept = {name: value for name, value in properties.items() if name != "ScalingTargetId"}
    return kept | {"ServiceNamespace": namespace, "ResourceId": target, "ScalableDimension": dimension}


CONTAINERS = {
    "AWS::ECS::TaskDefinition": Row(
        "ecs", "register_task_definition", _definition, ref=lambda resource: resource.answer["taskDefinition"]["taskDefinitionArn"],
        delete_call="deregister_task_definition", ids=lambda resource: {"taskDefinition": resource.ref}),
    "AWS::ECS::Service": Row(
        "ecs", "create_service", _service, ref=lambda resource: resource.answer["service"]["serviceArn"], update_call="update_service",
        delete_call="delete_service", ids=_service_ids, deleted=lambda resource: _service_ids(resource) | {"force": True},
        attributes={"Name": lambda resource: resource.answer["service"]["serviceName"]}),
    "AWS::ApplicationAutoScaling::ScalableTarget": Row(
        "application-autoscaling", "register_scalable_target",
        ref=lambda resource: "|".join(resource.properties[name] for name in ("ResourceId", "ScalableDimension", "ServiceNamespace")),
        update_call="register_scalable_target", delete_call="deregister_scalable_target", ids=_target_ids),
    "AWS::ApplicationAutoScaling::ScalingPolicy": Row(
        "application-autoscaling", "put_scaling_policy", _policy, ref=lambda resource: resource.answer["PolicyARN"], update_call="put_scaling_policy",
        delete_call="delete_scaling_policy", ids=lambda resource: {"PolicyName": resource.properties["PolicyName"]} | {
            name: value for name, value in _policy(resource.properties, resource).items()
            if name in ("ServiceNamespace", "ResourceId", "ScalableDimension")}),
}
