"""What holds for each template: what it is written in, what it keeps, and how its parts fit together."""

import re

from rulebook import ROOT, rule

# The names are shared by the templates, bin/deploy and docs/aws.md.
OUTPUTS_OF_DATA = {
    "VpcId", "SubnetIds", "ComputeSecurityGroupId", "DatabaseHost", "DatabasePort", "DatabaseName", "DatabaseResourceId", "DatabaseSecretArn",
    "DatabaseInstanceId", "BucketName",
}  # fmt: skip
OUTPUTS_OF_APP = {
    "PublicUrl", "ApiUrl", "ApiId", "ExportUrl", "ApiFunctionName", "AuthFunctionName", "AdminFunctionName", "AmplifyAppId", "AmplifyBranch", "DistributionId",
}  # fmt: skip


@rule
def no_aliases(sources):
    for name, template in sources.templates.items():
        assert not template.aliases(), f"{name}.yaml has anchors or aliases, which CloudFormation does not know"


@rule
def templates_fit_into_a_call(sources):
    for name, template in sources.templates.items():
        assert len(template.text.encode()) <= 51_200, f"{name}.yaml would have to be put into a bucket first"


@rule
def parameters_are_explained_and_bounded(sources):
    for name, template in sources.templates.items():
        for parameter, declared in template.parameters.items():
            assert declared.get("Description"), f"{name}.yaml: {parameter} has no description"
            assert "NoEcho" not in declared, f"{name}.yaml: {parameter} takes a secret"
            if declared["Type"] == "String" and not free_text(parameter):
                assert {"AllowedPattern", "AllowedValues", "MinLength"} & set(declared), f"{name}.yaml: {parameter} takes anything"


def free_text(parameter):
    """Settings that the program checks itself, and names that AWS gave."""
    return re.match(r"Oidc|SignIn|Contact$|DatabaseSecretArn$|DatabaseInstanceId$", parameter)


@rule
def names_have_at_most_20_letters(sources):
    for template in sources.templates.values():
        pattern = re.compile(template.parameters["Name"]["AllowedPattern"])
        assert pattern.fullmatch("xmonitor") and pattern.fullmatch("a" * 20) and not pattern.fullmatch("a" * 21) and not pattern.fullmatch("X-monitor")


@rule
def outputs_are_parameters(sources):
    data, app, service, github = (set(sources.templates[name].document["Outputs"]) for name in ("data", "app", "service", "github"))
    assert data == OUTPUTS_OF_DATA and data <= set(sources.app.parameters)
    assert app >= OUTPUTS_OF_APP
    assert service == {"ServiceVpcOriginId", "ServiceDomain"} and service <= set(sources.app.parameters)
    assert {"DeployRoleArn", "PreviewRoleArn", "PreviewAppId"} == github
    without_default = {name for name, declared in sources.app.parameters.items() if "Default" not in declared}
    assert without_default <= data | {"CodeKey"}, "app.yaml needs what nobody gives it"
    assert {name for name, declared in sources.service.parameters.items() if "Default" not in declared} <= data | app | {"ImageDigest", "CloudFrontPrefixListId"}


@rule
def what_the_outputs_say(sources):
    own = sources.data.made().outputs
    assert own["DatabaseHost"] == "<Database.Endpoint.Address>" and own["DatabaseResourceId"] == "<Database.DbiResourceId>"
    assert own["DatabaseSecretArn"] == "<Database.MasterUserSecret.SecretArn>" and own["BucketName"] == "<Bucket>"
    assert own["SubnetIds"] == "<SubnetA>,<SubnetB>" and own["DatabaseInstanceId"] == "xmonitor-database"
    app = sources.app.made().outputs
    assert app["PublicUrl"] == "https://<Distribution.DomainName>" and app["AmplifyBranch"] == sources.app.made()["SiteBranch"]["BranchName"]
    assert [app[f"{name}FunctionName"] for name in ("Api", "Auth", "Admin")] == ["xmonitor-api", "xmonitor-auth", "xmonitor-admin"]
    named = sources.app.made(DomainName="feed.example.com", CertificateArn=f"arn:aws:acm:us-east-1:{'1' * 12}:certificate/x")
    assert named.outputs["PublicUrl"] == "https://feed.example.com"


@rule
def existing_network_and_database_take_the_place(sources):
    made = sources.data.made(
        ExistingVpcId="vpc-9", ExistingSubnetIds="subnet-8,subnet-9", ExistingDatabaseSecurityGroupId="sg-9", ExistingDatabaseHost="aurora.example",
        ExistingDatabasePort=5433, ExistingDatabaseResourceId="cluster-9", ExistingDatabaseInstanceId="aurora-1",
    )  # fmt: skip
    assert {resource["Type"] for resource in made.resources.values()} == {
        "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::S3::Bucket", "AWS::S3::BucketPolicy",
    }  # fmt: skip
    outputs = made.outputs
    assert (outputs["VpcId"], outputs["SubnetIds"], outputs["DatabaseHost"], outputs["DatabasePort"]) == ("vpc-9", "subnet-8,subnet-9", "aurora.example", 5433)
    assert (outputs["DatabaseResourceId"], outputs["DatabaseInstanceId"]) == ("cluster-9", "aurora-1")
    ingress = made["DatabaseIngress"]
    assert (ingress["GroupId"], ingress["FromPort"], ingress["ToPort"]) == ("sg-9", 5433, 5433)


@rule
def data_is_kept(sources):
    replaced = {"Database": "Snapshot", "Bucket": "Retain", "BucketPolicy": "Retain"}
    for name, policy in replaced.items():
        resource = sources.data.declared[name]
        assert (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")) == ("RetainExceptOnCreate", policy), f"{name} is not kept"
    database = sources.data.made()["Database"]
    assert database["DeletionProtection"] == "true" and database["BackupRetentionPeriod"] >= 14


@rule
def the_database_is_as_it_has_to_be(sources):
    made = sources.data.made()
    database = made["Database"]
    assert database["Engine"] == "postgres" and database["EngineVersion"] == "17"
    assert sources.data.parameters["DatabaseVersion"]["AllowedValues"] == ["15", "16", "17", "18"] and database["AllowMajorVersionUpgrade"] is True
    assert database["EngineLifecycleSupport"] == "open-source-rds-extended-support-disabled"
    assert (database["DBInstanceClass"], database["StorageType"], database["StorageEncrypted"]) == ("db.t4g.small", "gp3", True)
    assert database["PubliclyAccessible"] is False and database["EnableIAMDatabaseAuthentication"] is True
    assert database["ManageMasterUserPassword"] is True and "MasterUserPassword" not in database
    assert database["VPCSecurityGroups"] == ["<DatabaseSecurityGroup.GroupId>"]
    parameters = made["DatabaseParameters"]
    assert parameters["Parameters"]["rds.force_ssl"] == "1" and parameters["Family"] == "postgres17"
    assert database["DBParameterGroupName"] == "<DatabaseParameters>"
    log = made["DatabaseLog"]
    assert log["LogGroupName"] == f"/aws/rds/instance/{database['DBInstanceIdentifier']}/postgresql" and log["RetentionInDays"] == 30
    assert sources.data.declared["Database"]["DependsOn"] == "DatabaseLog", "RDS would make a log that is kept forever"


@rule
def logs_end(sources):
    for name, template in sources.templates.items():
        for group, properties in template.made().of_type("AWS::Logs::LogGroup").items():
            assert properties.get("RetentionInDays"), f"{name}.yaml: {group} is kept forever"
    app = sources.app.made()
    for function, properties in app.of_type("AWS::Lambda::Function").items():
        assert properties["LoggingConfig"]["LogGroup"] == f"/aws/lambda/{properties['FunctionName']}", f"{function} logs where nothing ends"


@rule
def settings_are_documented(sources):
    """Each variable that a template gives is one of the program's."""
    known = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/configuration.md").read_text(encoding="utf-8"), re.M))
    own = {"XMONITOR_DB_AUTH", "XMONITOR_SECRETS", "XMONITOR_BUCKET", "XMONITOR_WAIT_MAXIMUM"}  # of Lambda, in docs/aws.md as well
    for environment in environments(sources).values():
        assert set(environment) <= known | own, set(environment) - known - own


def environments(sources):
    """The variables of the three functions and of the task, by the names of those."""
    app = sources.app.made()
    found = {name: properties["Environment"]["Variables"] for name, properties in app.of_type("AWS::Lambda::Function").items()}
    [container] = sources.service.made(Replica="true")["Task"]["ContainerDefinitions"]
    return found | {"Task": {variable["Name"]: variable["Value"] for variable in container["Environment"]}}
