"""Distributions and VPC origins: their properties are checked as the service would, and the edge reads them from the stack."""

import secrets

from emulator.cloudformation.parameters import check, send
from emulator.cloudformation.row import Row

edge_address = None  # HOST:PORT of the edge, which stands for the domain of every distribution


def _config(properties, resource):
    """Lists get their length, and what is left out and must be told is told."""
    asked = dict(properties["DistributionConfig"])
    if "IPV6Enabled" in asked:
        asked["IsIPV6Enabled"] = asked.pop("IPV6Enabled")
    asked["DefaultCacheBehavior"] = _behavior(asked["DefaultCacheBehavior"])
    asked["CacheBehaviors"] = [_behavior(one) for one in asked.get("CacheBehaviors", [])]
    asked["Origins"] = [_origin(one) for one in asked["Origins"]]
    return {"DistributionConfig": {"CallerReference": resource.stack.id + resource.name, "Comment": ""} | asked}


def _behavior(asked):
    asked = dict(asked)
    if "AllowedMethods" in asked:
        methods = asked["AllowedMethods"]
        cached = asked.pop("CachedMethods", ["GET", "HEAD"])
        asked["AllowedMethods"] = {"Quantity": len(methods), "Items": methods, "CachedMethods": {"Quantity": len(cached), "Items": cached}}
    return asked


def _origin(asked):
    asked = dict(asked)
    if "CustomOriginConfig" in asked:
        asked["CustomOriginConfig"] = {"HTTPPort": 80, "HTTPSPort": 443} | asked["CustomOriginConfig"]
    if "OriginCustomHeaders" in asked:
        asked["CustomHeaders"] = asked.pop("OriginCustomHeaders")
    return asked


def _create(resource):
    parameters = _config(resource.properties, resource)
    resource.checked = check("cloudfront", "create_distribution", parameters)["DistributionConfig"]
    return send("cloudfront", "create_distribution", parameters, resource.stack.region)


class _Distribution(Row):
    def create(self, resource):
        resource.answer = _create(resource)
        return resource.answer

    def update(self, resource):
        resource.checked = check("cloudfront", "create_distribution", _config(resource.properties, resource))["DistributionConfig"]
        return resource.answer

    def delete(self, resource):
        from emulator.clients import client
        api = client("cloudfront")
        tag = api.get_distribution(Id=resource.ref)["ETag"]
        api.delete_distribution(Id=resource.ref, IfMatch=tag)


def distribution_row():
    return _Distribution(
        "cloudfront", "create_distribution", ref=lambda resource: resource.answer["Distribution"]["Id"],
        attributes={"DomainName": lambda resource: edge_address, "Id": lambda resource: resource.ref})


class _VpcOrigin(Row):
    """moto has no calls for it."""

    def create(self, resource):
        self._check(resource)
        return {"Id": "vo_" + secrets.token_hex(10)}

    def update(self, resource):
        self._check(resource)
        return resource.answer

    def _check(self, resource):
        asked = {"HTTPPort": 80, "HTTPSPort": 443} | resource.properties["VpcOriginEndpointConfig"]
        check("cloudfront", "create_vpc_origin", {"VpcOriginEndpointConfig": asked})

    def delete(self, resource):
        from emulator.cloudformation.calls import stacks
        for stack in stacks():
            for one in stack.resources.values():
                if one.kind == "AWS::CloudFront::Distribution" and any(
                        origin.get("VpcOriginConfig", {}).get("VpcOriginId") == resource.ref for origin in one.properties["DistributionConfig"]["Origins"]):
                    raise ValueError(f"CannotDeleteEntityWhileInUse: the VPC origin {resource.ref} is in use by the distribution {one.ref}")


def vpc_origin_row():
    return _VpcOrigin("cloudfront", "create_vpc_origin", ref=lambda resource: resource.answer["Id"], attributes={"Id": lambda resource: resource.ref})
