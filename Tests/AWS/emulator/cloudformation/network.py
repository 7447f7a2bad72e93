"""Rows of networks that moto makes, but does not remove."""

import json

from emulator.cloudformation.row import Row


def _tags(kind, properties):
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": properties["Tags"]}]} if properties.get("Tags") else {}


def _endpoint(properties, resource):
    properties = dict(properties)
    if "PolicyDocument" in properties:
        properties["PolicyDocument"] = json.dumps(properties["PolicyDocument"])
    return properties


def _ingress(properties, resource):
    rule = {name: int(properties[name]) for name in ("FromPort", "ToPort") if name in properties} | {"IpProtocol": properties["IpProtocol"]}
    told = {"Description": properties["Description"]} if "Description" in properties else {}
    if "SourceSecurityGroupId" in properties:
        rule["UserIdGroupPairs"] = [{"GroupId": properties["SourceSecurityGroupId"]} | told]
    elif "SourcePrefixListId" in properties:
        rule["PrefixListIds"] = [{"PrefixListId": properties["SourcePrefixListId"]} | told]
    else:
        rule["IpRanges"] = [{"CidrIp": properties["CidrIp"]} | told]
    return {"GroupId": properties["GroupId"], "IpPermissions": [rule]}


NETWORK = {
    "AWS::EC2::RouteTable": Row(
        "ec2", "create_route_table", lambda properties, resource: {"VpcId": properties["VpcId"]} | _tags("route-table", properties),
        ref=lambda resource: resource.answer["RouteTable"]["RouteTableId"], delete_call="delete_route_table",
        ids=lambda resource: {"RouteTableId": resource.ref}),
    "AWS::EC2::SubnetRouteTableAssociation": Row(
        "ec2", "associate_route_table", ref=lambda resource: resource.answer["AssociationId"], delete_call="disassociate_route_table",
        ids=lambda resource: {"AssociationId": resource.ref}),
    "AWS::EC2::VPCEndpoint": Row(
        "ec2", "create_vpc_endpoint", _endpoint, ref=lambda resource: resource.answer["VpcEndpoint"]["VpcEndpointId"],
        delete_call="delete_vpc_endpoints", ids=lambda resource: {"VpcEndpointIds": [resource.ref]}),
    "AWS::EC2::SecurityGroupIngress": Row(
        "ec2", "authorize_security_group_ingress", _ingress, ref=lambda resource: f"{resource.stack.name}-{resource.name}",
        delete_call="revoke_security_group_ingress", ids=lambda resource: _ingress(resource.properties, resource)),
}
