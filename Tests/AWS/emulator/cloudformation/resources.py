"""A resource of a stack: made by a row of ours, or else by moto's own model. Its properties are checked against the schema of its type."""

import secrets

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from moto.cloudformation.parsing import get_model_map

from emulator.clients import client
from emulator.cloudformation import rows
from emulator.cloudformation.template import TemplateError


def schema(kind):
    try:
        return PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
    except Exception as error:
        raise TemplateError(f"Template format error: Unrecognized resource types: [{kind}]") from error


def must_replace(kind, names):
    """Whether a change of these properties makes another resource, as the schema of the type says."""
    fixed = {path.split("/")[2] for path in schema(kind).get("createOnlyProperties") or []}
    return bool(fixed & set(names))


class Planned:
    """Stands for a resource that is not there yet."""

    def __init__(self, kind, name):
        self.kind, self.name, self.ref = kind, name, f"<{name}>"

    def attribute(self, attribute):
        # A name in it may be cut into parts, as an address of a function is.
        return f"https://<{self.name}.{attribute}>/"


def make(stack, name, kind, properties):
    if unknown := set(properties) - set(schema(kind)["properties"]):
        raise TemplateError(f"Encountered unsupported properties in {{/{name}}}: {sorted(unknown)}")
    return (RowResource if kind in rows.ROWS else ModelResource)(stack, name, kind, properties)


class Resource:
    """`ref` is what Ref returns."""

    def __init__(self, stack, name, kind, properties):
        self.stack, self.name, self.kind, self.properties, self.policy = stack, name, kind, properties, "Delete"

    def differing(self, properties):
        names = sorted(set(self.properties) | set(properties))
        return [name for name in names if self.properties.get(name) != properties.get(name)]


class RowResource(Resource):
    """Made by calls of its service, whose parameters botocore checks."""

    def __init__(self, stack, name, kind, properties):
        super().__init__(stack, name, kind, properties)
        self.row = rows.ROWS[kind]
        self.answer = self.row.create(self)
        self.ref = str(self.row.ref(self))

    def attribute(self, name):
        if name not in self.row.attributes:
            raise TemplateError(f"Template error: resource {self.name} does not support attribute type {name} in Fn::GetAtt")
        return self.row.attributes[name](self)

    def update(self, properties):
        self.properties = properties
        self.answer = self.row.update(self) or self.answer

    def delete(self):
        self.row.delete(self)


# Calls for what moto's models make and do not remove.
_REMOVALS = {
    "AWS::ElasticLoadBalancingV2::Listener": ("elbv2", "delete_listener", lambda one: {"ListenerArn": one.ref}),
    "AWS::ElasticLoadBalancingV2::TargetGroup": ("elbv2", "delete_target_group", lambda one: {"TargetGroupArn": one.ref}),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": ("elbv2", "delete_load_balancer", lambda one: {"LoadBalancerArn": one.ref}),
    "AWS::ECS::Cluster": ("ecs", "delete_cluster", lambda one: {"cluster": one.ref}),
    "AWS::EC2::InternetGateway": ("ec2", "delete_internet_gateway", lambda one: {"InternetGatewayId": one.ref}),
    "AWS::EC2::VPCGatewayAttachment": ("ec2", "detach_internet_gateway", lambda one: {
        "InternetGatewayId": one.properties["InternetGatewayId"], "VpcId": one.properties["VpcId"]}),
    "AWS::EC2::Route": ("ec2", "delete_route", lambda one: {
        "RouteTableId": one.properties["RouteTableId"], "DestinationCidrBlock": one.properties["DestinationCidrBlock"]}),
}


class ModelResource(Resource):
    """Made by moto's model of its type."""

    def __init__(self, stack, name, kind, properties):
        super().__init__(stack, name, kind, properties)
        self.model = get_model_map().get(kind)
        if self.model is None:
            raise TemplateError(f"The emulator makes no {kind}: it needs a row in rows.py")
        title = properties.get(self.model.cloudformation_name_type()) or f"{stack.name}-{name}-{secrets.token_hex(6)}"
        if kind == "AWS::S3::Bucket":
            title = title.lower()
        elif kind.startswith("AWS::ElasticLoadBalancingV2::"):
            title = title[:32].rstrip("-")
        self.title = title
        self.made = self.model.create_from_cloudformation_json(
            title, {"Type": kind, "Properties": properties}, stack.account, stack.region, LogicalId=name, StackId=stack.id, ResourceType=kind)

    @property
    def ref(self):
        return getattr(self.made, "physical_resource_id", self.title)

    def attribute(self, name):
        return self.made.get_cfn_attribute(name)

    def update(self, properties):
        if not hasattr(self.model.update_from_cloudformation_json, "__isabstractmethod__"):
            self.made = self.model.update_from_cloudformation_json(
                original_resource=self.made, new_resource_name=self.title, cloudformation_json={"Type": self.kind, "Properties": properties},
                account_id=self.stack.account, region_name=self.stack.region)
        self.properties = properties

    def delete(self):
        if hasattr(self.made, "delete"):
            self.made.delete(self.stack.account, self.stack.region)
        elif hasattr(self.model.delete_from_cloudformation_json, "__isabstractmethod__"):
            if self.kind not in _REMOVALS:
                raise TemplateError(f"The emulator does not remove a {self.kind}: it needs a row in rows.py")
            service, call, ids = _REMOVALS[self.kind]
            getattr(client(service, self.stack.region), call)(**ids(self))
        else:
            self.model.delete_from_cloudformation_json(
                self.ref, {"Type": self.kind, "Properties": self.properties}, self.stack.account, self.stack.region)
