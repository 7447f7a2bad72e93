"""Reads a template of CloudFormation and works out what it makes with given parameters, as far as that can be known without an account."""

import re

import yaml

ACCOUNT, REGION = "111122223333", "us-east-1"
PSEUDO = {"AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com", "AWS::StackName": "stack"}
NOTHING = object()


class Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):
    """YAML with the short forms of the functions."""


def function(loader, suffix, node):
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        return {name: value.split(".", 1) if name == "Fn::GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


Loader.add_multi_constructor("!", function)


class Template:
    def __init__(self, text):
        self.text = text
        self.document = yaml.load(text, Loader)
        self.parameters = self.document["Parameters"]
        self.declared = self.document["Resources"]

    def aliases(self):
        """The anchors and aliases of YAML, which CloudFormation does not know."""
        return [token for token in yaml.scan(self.text, Loader) if isinstance(token, (yaml.AnchorToken, yaml.AliasToken))]

    def of_type(self, kind):
        """The declared resources of a type, whatever their condition."""
        return {name: resource for name, resource in self.declared.items() if resource["Type"] == kind}

    def made(self, **given):
        """Its resources and outputs with these parameters; parameters without a default get a value that fits."""
        return Made(self, given)


class Made:
    def __init__(self, template, given):
        unknown = set(given) - set(template.parameters)
        assert not unknown, f"no such parameters: {unknown}"
        self.template = template
        self.values = {name: value_for(name, rule, given) for name, rule in template.parameters.items()}
        self.resources = {}
        for name, resource in template.declared.items():
            if "Condition" not in resource or self.holds(resource["Condition"]):
                self.resources[name] = {**resource, "Properties": self.value(resource.get("Properties", {}))}
        self.outputs = {name: self.value(output["Value"]) for name, output in template.document.get("Outputs", {}).items()}

    def __getitem__(self, name):
        """The properties of a resource."""
        return self.resources[name]["Properties"]

    def of_type(self, kind):
        return {name: resource["Properties"] for name, resource in self.resources.items() if resource["Type"] == kind}

    def holds(self, condition):
        return self.truth(self.template.document["Conditions"][condition])

    def truth(self, node):
        [(name, argument)] = node.items()
        match name:
            case "Condition":
                return self.holds(argument)
            case "Fn::Equals":
                return str(self.value(argument[0])) == str(self.value(argument[1]))
            case "Fn::Not":
                return not self.truth(argument[0])
            case "Fn::And":
                return all(map(self.truth, argument))
            case "Fn::Or":
                return any(map(self.truth, argument))
        raise AssertionError(f"not a condition: {name}")

    def value(self, node):
        if isinstance(node, list):
            return [value for value in map(self.value, node) if value is not NOTHING]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            [(name, argument)] = node.items()
            if name == "Ref" or name.startswith("Fn::"):
                return self.call(name, argument)
        return {name: value for name, value in ((name, self.value(value)) for name, value in node.items()) if value is not NOTHING}

    def call(self, name, argument):
        match name:
            case "Ref":
                return self.reference(argument)
            case "Fn::If":
                return self.value(argument[1 if self.holds(argument[0]) else 2])
            case "Fn::GetAtt":
                return self.attribute(*argument)
            case "Fn::Join":
                return argument[0].join(map(str, self.value(argument[1])))
            case "Fn::Select":
                return self.value(argument[1])[int(argument[0])]
            case "Fn::GetAZs":
                return [f"{REGION}a", f"{REGION}b"]
            case "Fn::Sub":
                text, own = (argument, {}) if isinstance(argument, str) else argument
                return re.sub(r"\$\{([^!}]+)\}", lambda match: str(self.substitute(match[1], own)), text)
        raise AssertionError(f"the emulator does not know {name}")

    def substitute(self, name, own):
        if name in own:
            return self.value(own[name])
        return self.attribute(*name.split(".", 1)) if "." in name else self.reference(name)

    def reference(self, name):
        if name == "AWS::NoValue":
            return NOTHING
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.values:
            return self.values[name]
        resource = self.declared(name)
        own = resource.get("Properties", {})
        named = {"AWS::Lambda::Function": "FunctionName", "AWS::Logs::LogGroup": "LogGroupName", "AWS::RDS::DBInstance": "DBInstanceIdentifier"}
        return self.value(own[named[resource["Type"]]]) if resource["Type"] in named else f"<{name}>"

    def attribute(self, name, attribute):
        kind = self.declared(name)["Type"]
        if attribute == "Arn" and kind == "AWS::Logs::LogGroup":
            return f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{self.reference(name)}:*"
        if attribute == "Arn" and kind == "AWS::S3::Bucket":
            return f"arn:aws:s3:::<{name}>"
        return f"<{name}.{attribute}>"

    def declared(self, name):
        assert name in self.template.declared, f"there is no {name}"
        return self.template.declared[name]


SAMPLES = {
    "VpcId": "vpc-1", "SubnetIds": ["subnet-1", "subnet-2"], "ComputeSecurityGroupId": "sg-compute", "DatabaseHost": "database.example",
    "DatabaseResourceId": "db-OURS", "DatabaseInstanceId": "xmonitor-database", "DatabaseSecretArn": "arn:aws:secretsmanager:us-east-1:1:secret:rds",
    "BucketName": "our-bucket", "CodeKey": f"code/{'0' * 64}.zip", "PublicUrl": "https://feed.example.com", "ImageDigest": f"sha256:{'0' * 64}",
    "CloudFrontPrefixListId": "pl-1", "Owner": "octocat", "OwnerId": "123456", "Repository": "monitor", "RepositoryId": "456789",
    "ApiId": "api1", "AmplifyAppId": "app1", "DistributionId": "E1",
}  # fmt: skip


def value_for(name, rule, given):
    value = next(values[name] for values in (given, SAMPLES, {name: rule.get("Default")}) if name in values)
    return [part for part in value.split(",") if part] if rule["Type"] == "CommaDelimitedList" and isinstance(value, str) else value
