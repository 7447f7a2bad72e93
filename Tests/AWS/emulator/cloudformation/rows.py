"""The types that moto's CloudFormation lacks, or makes only in part: each is a row of calls to the service."""

import json
import secrets

from emulator.cloudformation.containers import CONTAINERS, lower
from emulator.cloudformation.distribution import distribution_row, vpc_origin_row
from emulator.cloudformation.network import NETWORK
from emulator.cloudformation.parameters import send
from emulator.cloudformation.row import Row

# Type → row.
ROWS = NETWORK | CONTAINERS


def member(*path):
    """What an answer to the creating call holds."""
    def found(resource):
        value = resource.answer
        for part in path:
            value = value[part]
        return value
    return found


def prop(name):
    return lambda resource: resource.properties[name]


def of_api(call, key, **more):
    """A part of an HTTP API; it is named by its API and its own id."""
    ids = lambda resource: {"ApiId": resource.properties["ApiId"], key: resource.ref}
    return Row("apigatewayv2", f"create_{call}", ref=member(key) if key != "StageName" else prop(key), update_call=f"update_{call}",
               delete_call=f"delete_{call}", ids=ids, **more)


ROWS["AWS::ApiGatewayV2::Api"] = Row(
    "apigatewayv2", "create_api", ref=member("ApiId"), update_call="update_api", delete_call="delete_api", ids=lambda resource: {"ApiId": resource.ref},
    attributes={"ApiEndpoint": member("ApiEndpoint"), "ApiId": member("ApiId")})
ROWS["AWS::ApiGatewayV2::Integration"] = of_api("integration", "IntegrationId")
ROWS["AWS::ApiGatewayV2::Route"] = of_api("route", "RouteId")
ROWS["AWS::ApiGatewayV2::Stage"] = of_api("stage", "StageName")


# ---- Lambda

def function_of(resource):
    return {"FunctionName": resource.properties.get("TargetFunctionArn") or resource.properties["FunctionName"]}


def url_of(properties, resource):
    return {"FunctionName" if name == "TargetFunctionArn" else name: value for name, value in properties.items()}


ROWS["AWS::Lambda::Url"] = Row(
    "lambda", "create_function_url_config", url_of, ref=member("FunctionArn"), update_call="update_function_url_config", delete_call="delete_function_url_config",
    ids=function_of, attributes={"FunctionUrl": lambda resource: resource.answer["FunctionUrl"] + "/", "FunctionArn": member("FunctionArn")})
ROWS["AWS::Lambda::EventInvokeConfig"] = Row(
    "lambda", "put_function_event_invoke_config", lambda properties, _: {k: v for k, v in properties.items() if k != "Qualifier"},
    ref=lambda resource: resource.properties["FunctionName"] + "|$LATEST", update_call="put_function_event_invoke_config",
    delete_call="delete_function_event_invoke_config", ids=function_of)
ROWS["AWS::Lambda::Permission"] = Row(
    "lambda", "add_permission", lambda properties, resource: {"StatementId": f"{resource.stack.name}-{resource.name}"} | properties,
    ref=lambda resource: f"{resource.stack.name}-{resource.name}", delete_call="remove_permission",
    ids=lambda resource: {"FunctionName": resource.properties["FunctionName"], "StatementId": resource.ref})


# ---- RDS

def database(properties, resource):
    renamed = {"VPCSecurityGroups": "VpcSecurityGroupIds"}
    return {"DBInstanceIdentifier": f"{resource.stack.name}-{resource.name}".lower()} | {
        renamed.get(name, name): value for name, value in properties.items() if name not in ("UseDefaultProcessorFeatures", "AllowMajorVersionUpgrade")}


def database_update(properties, resource):
    # Of a password that RDS manages already moto would make another one.
    kept = ("DBInstanceIdentifier", "DBName", "Engine", "MasterUsername", "ManageMasterUserPassword", "StorageEncrypted", "DBSubnetGroupName",
            "SourceDBInstanceIdentifier")
    before, after = (str(version).split(".")[0] for version in (resource.answer["DBInstance"].get("EngineVersion"), properties.get("EngineVersion")))
    if before != after and not properties.get("AllowMajorVersionUpgrade"):
        raise ValueError("The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.")
    return {name: value for name, value in database(properties, resource).items() if name not in kept} | {
        "ApplyImmediately": True, "AllowMajorVersionUpgrade": True}


def remove_database(resource):
    snapshot = {"SkipFinalSnapshot": True} if resource.policy != "Snapshot" else {
        "SkipFinalSnapshot": False, "FinalDBSnapshotIdentifier": f"{resource.ref}-final-{secrets.token_hex(4)}"}
    return {"DBInstanceIdentifier": resource.ref} | snapshot


ROWS["AWS::RDS::DBInstance"] = Row(
    "rds", "create_db_instance", database, ref=member("DBInstance", "DBInstanceIdentifier"), update_call="modify_db_instance",
    updated=database_update, ids=lambda resource: {"DBInstanceIdentifier": resource.ref}, delete_call="delete_db_instance", deleted=remove_database,
    attributes={
        "Endpoint.Address": member("DBInstance", "Endpoint", "Address"), "Endpoint.Port": member("DBInstance", "Endpoint", "Port"),
        "DbiResourceId": member("DBInstance", "DbiResourceId"), "DBInstanceArn": member("DBInstance", "DBInstanceArn"),
        "MasterUserSecret.SecretArn": member("DBInstance", "MasterUserSecret", "SecretArn")})


def parameter_group(properties, resource):
    group = {"DBParameterGroupName": f"{resource.stack.name}-{resource.name}-{secrets.token_hex(4)}".lower(),
             "DBParameterGroupFamily": properties["Family"], "Description": properties["Description"]}
    return group | {name: properties[name] for name in ("DBParameterGroupName", "Tags") if name in properties}


def set_parameters(resource):
    chosen = [{"ParameterName": name, "ParameterValue": str(value), "ApplyMethod": "pending-reboot"}
              for name, value in resource.properties.get("Parameters", {}).items()]
    group = resource.answer["DBParameterGroup"]["DBParameterGroupName"]
    if chosen:
        send("rds", "modify_db_parameter_group", {"DBParameterGroupName": group, "Parameters": chosen}, resource.stack.region)


ROWS["AWS::RDS::DBParameterGroup"] = Row(
    "rds", "create_db_parameter_group", parameter_group, ref=member("DBParameterGroup", "DBParameterGroupName"), after=set_parameters,
    delete_call="delete_db_parameter_group", ids=lambda resource: {"DBParameterGroupName": resource.ref})
ROWS["AWS::RDS::DBSubnetGroup"] = Row(
    "rds", "create_db_subnet_group", lambda properties, resource: {
        "DBSubnetGroupName": f"{resource.stack.name}-{resource.name}".lower()} | properties,
    ref=member("DBSubnetGroup", "DBSubnetGroupName"), update_call="modify_db_subnet_group", delete_call="delete_db_subnet_group",
    ids=lambda resource: {"DBSubnetGroupName": resource.ref})


# ---- Amplify

def app(properties, resource):
    properties = dict(properties)
    variables = {one["Name"]: one["Value"] for one in properties.pop("EnvironmentVariables", [])}
    return lower(properties) | ({"environmentVariables": variables} if variables else {})


ROWS["AWS::Amplify::App"] = Row(
    "amplify", "create_app", app, ref=member("app", "appArn"), update_call="update_app", delete_call="delete_app",
    ids=lambda resource: {"appId": resource.answer["app"]["appId"]},
    attributes={"AppId": member("app", "appId"), "DefaultDomain": member("app", "defaultDomain"), "Arn": member("app", "appArn"),
                "AppName": member("app", "name")})
ROWS["AWS::Amplify::Branch"] = Row(
    "amplify", "create_branch", app, ref=member("branch", "branchArn"), update_call="update_branch", delete_call="delete_branch",
    ids=lambda resource: {"appId": resource.properties["AppId"], "branchName": resource.properties["BranchName"]},
    attributes={"BranchName": member("branch", "branchName"), "Arn": member("branch", "branchArn")})

# ---- edge, messages, alarms, money

ROWS["AWS::CloudFront::Distribution"] = distribution_row()
ROWS["AWS::CloudFront::VpcOrigin"] = vpc_origin_row()
ROWS["AWS::SNS::Subscription"] = Row(
    "sns", "subscribe", ref=member("SubscriptionArn"), delete_call="unsubscribe", ids=lambda resource: {"SubscriptionArn": resource.ref})
ROWS["AWS::CloudWatch::Alarm"] = Row(
    "cloudwatch", "put_metric_alarm", lambda properties, resource: {"AlarmName": f"{resource.stack.name}-{resource.name}"} | properties,
    ref=lambda resource: resource.properties.get("AlarmName") or f"{resource.stack.name}-{resource.name}", update_call="put_metric_alarm",
    delete_call="delete_alarms", ids=lambda resource: {"AlarmNames": [resource.ref]}, updated=lambda properties, resource: {
        "AlarmName": resource.ref} | properties,
    attributes={"Arn": lambda resource: f"arn:aws:cloudwatch:{resource.stack.region}:{resource.stack.account}:alarm:{resource.ref}"})


def budget(properties, resource):
    title = f"{resource.stack.name}-{resource.name}"
    return {"AccountId": resource.stack.account, "Budget": {"BudgetName": title} | properties["Budget"],
            "NotificationsWithSubscribers": properties.get("NotificationsWithSubscribers", [])}


def budget_name(resource):
    return resource.properties["Budget"].get("BudgetName") or f"{resource.stack.name}-{resource.name}"


ROWS["AWS::Budgets::Budget"] = Row(
    "budgets", "create_budget", budget, ref=budget_name, delete_call="delete_budget",
    ids=lambda resource: {"AccountId": resource.stack.account, "BudgetName": resource.ref})


def bucket_policy(properties, resource):
    """moto obeys a statement but not its Condition, and a Deny for what comes without TLS would deny everything."""
    document = properties["PolicyDocument"]
    kept = [one for one in document["Statement"] if "Condition" not in one]
    return {"Bucket": properties["Bucket"], "Policy": json.dumps(document | {"Statement": kept})}


ROWS["AWS::S3::BucketPolicy"] = Row(
    "s3", "put_bucket_policy", bucket_policy, ref=prop("Bucket"), update_call="put_bucket_policy", updated=bucket_policy, delete_call="delete_bucket_policy",
    ids=lambda resource: {"Bucket": resource.ref})
ROWS["AWS::IAM::ManagedPolicy"] = Row(
    "iam", "create_policy", lambda properties, resource: {
        "PolicyName": properties.get("ManagedPolicyName") or f"{resource.stack.name}-{resource.name}",
        "PolicyDocument": properties["PolicyDocument"], "Description": properties.get("Description", "")},
    ref=member("Policy", "Arn"), update_call="create_policy_version", updated=lambda properties, resource: {
        "PolicyArn": resource.ref, "PolicyDocument": properties["PolicyDocument"], "SetAsDefault": True},
    delete_call="delete_policy", ids=lambda resource: {"PolicyArn": resource.ref})
ROWS["AWS::IAM::OIDCProvider"] = Row(
    "iam", "create_open_id_connect_provider", lambda properties, _: {"ThumbprintList": ["0" * 40], **properties},
    ref=member("OpenIDConnectProviderArn"), delete_call="delete_open_id_connect_provider",
    ids=lambda resource: {"OpenIDConnectProviderArn": resource.ref}, attributes={"Arn": member("OpenIDConnectProviderArn")})
