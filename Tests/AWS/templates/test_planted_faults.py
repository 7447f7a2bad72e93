"""Faults that somebody could make, each planted alone: a rule or a vendor's checker sees every one of them."""

import re
import subprocess
import sys
from pathlib import Path

import every_rule
import pytest
from cfnlint.api import lint
from rulebook import ROOT, Sources, broken

DATA, APP, SERVICE, GITHUB = (f"infra/{name}.yaml" for name in ("data", "app", "service", "github"))
CHECK, DEPLOY, PREVIEW = (f".github/workflows/{name}.yml" for name in ("check", "deploy", "preview"))
RULE, LINT, ZIZMOR, SCHEMA = "a rule", "cfn-lint", "zizmor", "check-jsonschema"

# Where, what is there, what is put in its place, and who has to see it.
FAULTS = [
    # Data
    (DATA, "    DeletionPolicy: RetainExceptOnCreate # a first creation that fails leaves nothing\n", "", RULE),
    (DATA, "    UpdateReplacePolicy: Snapshot\n", "", RULE),
    (DATA, "    DeletionPolicy: RetainExceptOnCreate\n", "    DeletionPolicy: Retain\n", RULE),
    (DATA, "AllowMajorVersionUpgrade: true", "AllowMajorVersionUpgrade: false", RULE),
    (DATA, "StorageEncrypted: true", "StorageEncrypted: false", RULE),
    (DATA, "PubliclyAccessible: false", "PubliclyAccessible: true", RULE),
    (DATA, 'rds.force_ssl: "1"', 'rds.force_ssl: "0"', RULE),
    (DATA, "      EnableIAMDatabaseAuthentication: true\n", "", RULE),
    (DATA, "ManageMasterUserPassword: true", "MasterUserPassword: hunter2hunter2", RULE),
    (DATA, 'DeletionProtection:\n    Type: String\n    Default: "true"', 'DeletionProtection:\n    Type: String\n    Default: "false"', RULE),
    (DATA, "BackupDays: {Type: Number, Default: 14", "BackupDays: {Type: Number, Default: 1", RULE),
    (DATA, "      EngineLifecycleSupport: open-source-rds-extended-support-disabled", "      #", RULE),
    (DATA, "    DependsOn: DatabaseLog\n", "", RULE),
    (DATA, "/aws/rds/instance/${Name}-database/postgresql", "/aws/rds/instance/${Name}/postgresql", RULE),
    (DATA, "      SourceSecurityGroupId: !GetAtt ComputeSecurityGroup.GroupId", "      CidrIp: 0.0.0.0/0", RULE),
    (DATA, "      SecurityGroupEgress:\n        - IpProtocol: tcp", "      SecurityGroupIngress:\n        - IpProtocol: tcp", RULE),
    (DATA, "MapPublicIpOnLaunch: false", "MapPublicIpOnLaunch: true", RULE),
    (DATA, "RestrictPublicBuckets: true", "RestrictPublicBuckets: false", RULE),
    (DATA, 'Condition: {Bool: {"aws:SecureTransport": "false"}}', 'Condition: {Bool: {"aws:SecureTransport": "true"}}', RULE),
    (DATA, 'Resource: !Sub "${Bucket.Arn}/results/*"', 'Resource: "*"', RULE),
    (DATA, "            Condition: {StringEquals: {\"aws:PrincipalAccount\": !Ref AWS::AccountId}}\n", "", RULE),
    (DATA, "NoncurrentVersionExpiration: {NoncurrentDays: 7}", "NoncurrentVersionExpiration: {NoncurrentDays: 3650}", RULE),
    (DATA, "Database.Endpoint.Address", "Database.Endpoint.Addres", LINT),
    (DATA, "DBInstanceClass: !Ref DatabaseClass", "DBInstanceKlass: !Ref DatabaseClass", LINT),
    (DATA, "  BucketName: {Value: !Ref Bucket,", "  ArtifactBucket: {Value: !Ref Bucket,", RULE),
    (DATA, "  Bucket:\n    Type: AWS::S3::Bucket", "  Bucket: &bucket\n    Type: AWS::S3::Bucket", RULE),
    # Functions and their rights
    (APP, "Action: rds-db:connect", 'Action: "*"', RULE),
    (APP, "Action: rds-db:connect", "Action: rds-db:conect", LINT),
    (APP, "dbuser:${DatabaseResourceId}/xmonitor_api", "dbuser:*/*", RULE),
    (APP, "/secrets/${Name}.json\"}\n              - Effect", "/*\"}\n              - Effect", RULE),
    (APP, "            Effect: Deny", "            Effect: Allow", RULE),
    (APP, "Principal: {Service: lambda.amazonaws.com}", 'Principal: "*"', RULE),
    (APP, "sslmode=verify-full", "sslmode=require", RULE),
    (APP, "postgresql://xmonitor_api@", "postgresql://xmonitor_api:hunter2@", RULE),
    (APP, "          XMONITOR_DB_AUTH: iam\n", "          XMONITOR_DB_AUTH: iam\n          XMONITOR_SESSION_KEYS: hunter2hunter2hunter2\n", RULE),
    (APP, "XMONITOR_CONTACT: !Ref Contact", 'XMONITOR_CONTACT: "{{resolve:secretsmanager:x}}"', RULE),
    (APP, "LogGroup: !Ref AuthLog}\n", "LogGroup: !Ref AuthLog}\n      VpcConfig: {SubnetIds: !Ref SubnetIds}\n", RULE),
    (APP, "Runtime: provided.al2023", "Runtime: provided.al2024", LINT),
    (APP, "Timeout: 900", "Timeout: 901", LINT),
    (APP, "!GetAtt ApiRole.Arn", "!GetAtt ApiRol.Arn", LINT),
    (APP, "MaximumRetryAttempts: 0", "MaximumRetryAttempts: 2", RULE),
    (APP, "LoggingConfig: {LogFormat: JSON, LogGroup: !Ref ApiLog}", "LoggingConfig: {LogFormat: JSON, LogGroup: elsewhere}", RULE),
    (APP, 'PayloadFormatVersion: "2.0"', 'PayloadFormatVersion: "1.0"', RULE),
    (APP, "IntegrationUri: !GetAtt AuthFunction.Arn", "IntegrationUri: !GetAtt AdminFunction.Arn", RULE),
    (APP, "TimeoutInMillis: 30000", "TimeoutInMillis: 31000", RULE),
    # Doors
    (APP, "Principal: apigateway.amazonaws.com\n      SourceArn", "Principal: '*'\n      SourceArn", RULE),
    (APP, ", InvokedViaFunctionUrl: true", "", RULE),
    (APP, "InvokeMode: RESPONSE_STREAM", "InvokeMode: BUFFERED", RULE),
    (APP, "RouteKey: $default", 'RouteKey: "ANY /v1/{proxy+}"', RULE),
    (APP, "ANY /api/v1/auth/{proxy+}", "ANY /api/auth/{proxy+}", RULE),
    (APP, "- PathPattern: /v1/feed.csv", "- PathPattern: /v1/feed.cvs", RULE),
    (APP, "- PathPattern: /health/*", "- PathPattern: /status/*", RULE),
    (APP, "CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6", RULE),
    (APP, "OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac", "OriginRequestPolicyId: 216adef6-5c7f-47e4-b989-5492eafa07d3", RULE),
    (APP, "{ErrorCode: 503, ErrorCachingMinTTL: 0}", "{ErrorCode: 503, ErrorCachingMinTTL: 10}", RULE),
    (APP, "DomainName: !Ref ExportDomain", "DomainName: !Select [2, !Split [/, !GetAtt ExportFunctionUrl.FunctionUrl]]", LINT),
    (APP, "          Compress: true\n", "          Compress: true\n          OriginRequestPolicyId: 216adef6-5c7f-47e4-b989-5492eafa07d3\n", RULE),
    (APP, "ViewerProtocolPolicy: https-only", "ViewerProtocolPolicy: allow-all", RULE),
    (APP, '"path":"$context.path"', '"path":"$context.path","query":"$context.queryString"', RULE),
    (APP, "DefaultRouteSettings: {ThrottlingRateLimit: !Ref ThrottleRate, ThrottlingBurstLimit: !Ref ThrottleBurst}", "DefaultRouteSettings: {}", RULE),
    (APP, "/aws/vendedlogs/${Name}-access", "/${Name}-access", RULE),
    (APP, "CustomRules:", "CustomRule:", LINT),
    (APP, "Target: /docs/index.html", "Target: /index.html", RULE),
    (APP, "frame-ancestors 'none'", "frame-ancestors *", RULE),
    (APP, "AlarmActions: [!Ref AlarmTopic]\n", "\n", RULE),
    (APP, "ComparisonOperator: LessThanThreshold", "ComparisonOperator: GreaterThanThreshold", RULE),
    (APP, "  CodeKey: {Type: String,", "  CodeKeyy: {Type: String,", RULE),
    (APP, "Default: keys,", "Default: public,", RULE),
    # The service
    (SERVICE, "Scheme: internal", "Scheme: internet-facing", RULE),
    (SERVICE, "SourcePrefixListId: !Ref CloudFrontPrefixListId", "CidrIp: 0.0.0.0/0", RULE),
    (SERVICE, "DestinationSecurityGroupId: !GetAtt ReplicaSecurityGroup.GroupId", "DestinationSecurityGroupId: !Ref ComputeSecurityGroupId", RULE),
    (SERVICE, 'User: "65534"', 'User: "0"', RULE),
    (SERVICE, "/${Name}@${ImageDigest}", "/${Name}:latest", RULE),
    (SERVICE, "dbuser:${DatabaseResourceId}/xmonitor_api", "dbuser:${DatabaseResourceId}/xmonitor_owner", RULE),
    (SERVICE, "HealthCheckPath: /health/live", "HealthCheckPath: /health/ready", RULE),
    # GitHub
    (GITHUB, ':environment:${DeployEnvironment}"\n', ':*"\n', RULE),
    (GITHUB, "                  - !Sub \"repo:${Owner}@${OwnerId}/${Repository}@${RepositoryId}:environment:${DeployEnvironment}\"\n", "", RULE),
    (GITHUB, "                token.actions.githubusercontent.com:aud: sts.amazonaws.com\n", "", RULE),
    (GITHUB, "Action: [iam:GetRole, iam:PassRole]", 'Action: "iam:*"', RULE),
    (GITHUB, 'Condition: {StringEqualsIfExists: {"iam:PassedToService": lambda.amazonaws.com}}', "", RULE),
    (GITHUB, "${BucketName}/results/*", "${BucketName}/*", RULE),
    (GITHUB, "    DeletionPolicy: RetainExceptOnCreate # other repositories may use it by now\n", "", RULE),
    (GITHUB, "                  - lambda:GetAccountSettings\n", "                  - rds:DescribeDBInstances\n", RULE),
    (GITHUB, "                  - amplify:StopJob\n", "", RULE),
    (GITHUB, "  - amplify:CreateBranch\n", "  - amplify:*\n", RULE),
    (CHECK, "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683", "actions/checkout@v4", RULE),
    (CHECK, "  pull_request:\n", "  pull_request_target:\n", RULE),
    (CHECK, "timeout-minutes: 90", "timeout-minute: 90", SCHEMA),
    (CHECK, "        run: .ci/run", "        run: .ci/run || true", RULE),
    (CHECK, "persist-credentials: false", "persist-credentials: true", RULE),
    (DEPLOY, "    needs: check\n", "", RULE),
    (DEPLOY, "    needs: package\n", "", RULE),
    (DEPLOY, "    needs: package\n", "    needs: package\n    if: always()\n", RULE),
    (DEPLOY, "    permissions:\n      contents: read\n    container", "    container", RULE),
    (DEPLOY, "    environment: production\n", "", RULE),
    (DEPLOY, "permissions: {}", "permissions: write-all", RULE),
    (DEPLOY, "run: PATH=", "run: echo ${{ github.event.head_commit.message }} && PATH=", ZIZMOR),
    (DEPLOY, "@sha256:73f569f5536fe3c9ad5109eb4622c5560af7424d55304955190e5fbccc047b86", "", RULE),
    (PREVIEW, "github.event.pull_request.head.repo.full_name == github.repository && ", "", RULE),
    (PREVIEW, '.ci/preview show "$NUMBER"', ".ci/preview show ${{ github.head_ref }}", ZIZMOR),
]  # fmt: skip


def test_without_a_fault_nothing_is_seen():
    assert every_rule.MODULES and broken(Sources()) == []


def test_there_are_enough_of_them():
    assert len(FAULTS) >= 40 and len({fault[:3] for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize(("path", "there", "instead", "who"), FAULTS, ids=lambda value: re.sub(r"\W+", " ", str(value)).strip()[:40])
def test_a_fault_is_seen(tmp_path, path, there, instead, who):
    text = (ROOT / path).read_text(encoding="utf-8")
    assert there in text, "the fault has no place any more: plant it anew"
    planted = text.replace(there, instead, 1)
    assert SEEN_BY[who](path, planted, tmp_path), f"{who} does not see it"


def seen_by_a_rule(path, planted, _):
    return broken(Sources(**{path: planted}))


def seen_by_cfn_lint(_, planted, __):
    return lint(planted, None, ["us-east-1"])


def seen_by_zizmor(path, planted, folder):
    return tool("zizmor", planted, folder / Path(path).name, "--offline", "--no-progress")


def seen_by_the_schema(path, planted, folder):
    return tool("check-jsonschema", planted, folder / Path(path).name, "--builtin-schema", "vendor.github-workflows")


def tool(name, planted, file, *options):
    file.write_text(planted, encoding="utf-8")
    return subprocess.run([str(Path(sys.executable).parent / name), *options, str(file)], capture_output=True, timeout=120).returncode != 0


SEEN_BY = {RULE: seen_by_a_rule, LINT: seen_by_cfn_lint, ZIZMOR: seen_by_zizmor, SCHEMA: seen_by_the_schema}
