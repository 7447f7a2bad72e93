"""Who may do what: roles, the bucket, and the ways between the parts of the network."""

from policy_matcher import allows, granted, policies_of
from rulebook import rule
from template import ACCOUNT, REGION

LOGS = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group"
LOGIN = f"arn:aws:rds-db:{REGION}:{ACCOUNT}:dbuser:db-OURS"
NETWORK = {"ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces",
           "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"}  # fmt: skip
SECRETS = "arn:aws:s3:::our-bucket/secrets/xmonitor.json"

# Every right there is. What is not in the list is not granted.
RIGHTS = {
    ("app", "ApiRole"): {
        *((action, "*") for action in NETWORK),
        ("logs:CreateLogStream", f"{LOGS}:/aws/lambda/xmonitor-api:*"),
        ("logs:PutLogEvents", f"{LOGS}:/aws/lambda/xmonitor-api:*"),
        ("s3:GetObject", SECRETS),
        ("rds-db:connect", f"{LOGIN}/xmonitor_api"),
    },
    ("app", "AuthRole"): {
        ("logs:CreateLogStream", f"{LOGS}:/aws/lambda/xmonitor-auth:*"),
        ("logs:PutLogEvents", f"{LOGS}:/aws/lambda/xmonitor-auth:*"),
        ("s3:GetObject", SECRETS),
    },
    ("app", "AdminRole"): {
        *((action, "*") for action in NETWORK),
        ("logs:CreateLogStream", f"{LOGS}:/aws/lambda/xmonitor-admin:*"),
        ("logs:PutLogEvents", f"{LOGS}:/aws/lambda/xmonitor-admin:*"),
        ("s3:GetObject", "arn:aws:s3:::our-bucket/import/*"),
        ("s3:PutObject", "arn:aws:s3:::our-bucket/results/*"),
        ("rds-db:connect", f"{LOGIN}/xmonitor_owner"),
    },
    ("service", "ExecutionRole"): {
        ("ecr:GetAuthorizationToken", "*"),
        *(
            (f"ecr:{action}", f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/xmonitor")
            for action in ("BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer")
        ),
        ("logs:CreateLogStream", f"{LOGS}:/ecs/xmonitor:*"),
        ("logs:PutLogEvents", f"{LOGS}:/ecs/xmonitor:*"),
    },
    ("service", "TaskRole"): {("s3:GetObject", SECRETS), ("rds-db:connect", f"{LOGIN}/xmonitor_api")},
}
SERVICES = {"app": "lambda.amazonaws.com", "service": "ecs-tasks.amazonaws.com"}

# What each role is asked about: action, resource, and whether it may.
TABLE = [
    ("ApiRole", "rds-db:connect", f"{LOGIN}/xmonitor_api", True),
    ("ApiRole", "rds-db:connect", f"{LOGIN}/xmonitor_owner", False),
    ("ApiRole", "rds-db:connect", f"arn:aws:rds-db:{REGION}:{ACCOUNT}:dbuser:db-OTHER/xmonitor_api", False),
    ("ApiRole", "s3:GetObject", SECRETS, True),
    ("ApiRole", "s3:PutObject", SECRETS, False),
    ("ApiRole", "s3:GetObject", "arn:aws:s3:::our-bucket/import/x.db", False),
    ("AuthRole", "rds-db:connect", f"{LOGIN}/xmonitor_api", False),
    ("AuthRole", "s3:GetObject", SECRETS, True),
    ("AuthRole", "s3:GetObject", "arn:aws:s3:::our-bucket/secrets/other.json", False),
    ("AuthRole", "ec2:CreateNetworkInterface", "*", False),
    ("AdminRole", "rds-db:connect", f"{LOGIN}/xmonitor_owner", True),
    ("AdminRole", "rds-db:connect", f"{LOGIN}/xmonitor_api", False),
    ("AdminRole", "s3:GetObject", "arn:aws:s3:::our-bucket/import/x.db", True),
    ("AdminRole", "s3:PutObject", "arn:aws:s3:::our-bucket/results/1/result.json", True),
    ("AdminRole", "s3:PutObject", "arn:aws:s3:::our-bucket/import/x.db", False),
    ("AdminRole", "s3:GetObject", SECRETS, False),
    ("AdminRole", "s3:DeleteObject", "arn:aws:s3:::our-bucket/results/1/result.json", False),
    ("AdminRole", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:1:secret:rds", False),
]


@rule
def roles_have_these_rights_and_no_others(sources):
    for template in ("app", "service"):
        made = sources.templates[template].made()
        roles = set(made.of_type("AWS::IAM::Role"))
        assert roles == {role for where, role in RIGHTS if where == template}
        for role in roles:
            rights = granted(policies_of(made, role))
            assert rights == RIGHTS[template, role], f"{role}: {rights ^ RIGHTS[template, role]}"
    assert not sources.data.of_type("AWS::IAM::Role")


@rule
def roles_answer_as_in_the_table(sources):
    made = sources.app.made()
    for role, action, resource, expected in TABLE:
        assert allows(policies_of(made, role), action, resource) is expected, (role, action, resource)


@rule
def the_code_of_a_function_cannot_touch_the_network(sources):
    made = sources.app.made()
    function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:xmonitor-api"
    for role in ("ApiRole", "AdminRole"):
        for action in NETWORK:
            assert allows(policies_of(made, role), action), f"Lambda cannot connect {role}"
            assert not allows(policies_of(made, role), action, lambda__SourceFunctionArn=function), f"code with {role} may {action}"


@rule
def a_replica_has_a_login_of_its_own(sources):
    made = sources.service.made(Replica="true")
    logins = {resource for action, resource in granted(policies_of(made, "TaskRole")) if action == "rds-db:connect"}
    assert logins == {f"{LOGIN}/xmonitor_api", f"arn:aws:rds-db:{REGION}:{ACCOUNT}:dbuser:<ReadReplica.DbiResourceId>/xmonitor_api"}


@rule
def only_their_service_takes_a_role(sources):
    for template, service in SERVICES.items():
        for role, properties in sources.templates[template].made().of_type("AWS::IAM::Role").items():
            [statement] = properties["AssumeRolePolicyDocument"]["Statement"]
            assert statement == {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}, role


@rule
def the_bucket_is_private(sources):
    made = sources.data.made()
    bucket = made["Bucket"]
    assert bucket["PublicAccessBlockConfiguration"] == dict.fromkeys(("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True)
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"} and "BucketName" not in bucket
    expiry = {rule.get("Prefix", ""): rule.get("ExpirationInDays") for rule in bucket["LifecycleConfiguration"]["Rules"] if rule["Status"] == "Enabled"}
    assert expiry == {"import/": 30, "results/": 365, "": None}
    [rest] = [rule for rule in bucket["LifecycleConfiguration"]["Rules"] if "Prefix" not in rule]
    assert rest["NoncurrentVersionExpiration"] == {"NoncurrentDays": 7}, "secrets that were rotated would stay"
    [statement] = made["BucketPolicy"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny", "the bucket lets somebody in"
    everybody = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    for resource in ("arn:aws:s3:::<Bucket>", "arn:aws:s3:::<Bucket>/secrets/xmonitor.json"):
        assert not allows([everybody, made["BucketPolicy"]["PolicyDocument"]], "s3:GetObject", resource, aws__SecureTransport="false")
        assert allows([everybody, made["BucketPolicy"]["PolicyDocument"]], "s3:GetObject", resource, aws__SecureTransport="true")


@rule
def the_way_to_s3_ends_at_the_bucket(sources):
    policy = [sources.data.made()["S3Endpoint"]["PolicyDocument"]]
    ours, account = "arn:aws:s3:::<Bucket>", {"aws__PrincipalAccount": ACCOUNT}
    assert granted(policy) == {("s3:GetObject", f"{ours}/import/*"), ("s3:GetObject", f"{ours}/secrets/*"), ("s3:PutObject", f"{ours}/results/*")}
    assert allows(policy, "s3:PutObject", f"{ours}/results/1/report.json", **account)
    assert not allows(policy, "s3:PutObject", "arn:aws:s3:::elsewhere/results/1", **account)
    for action, key in (("s3:PutObject", "results/1/report.json"), ("s3:GetObject", "import/x.db"), ("s3:GetObject", "secrets/xmonitor.json")):
        assert not allows(policy, action, f"{ours}/{key}", aws__PrincipalAccount="999999999999"), "credentials of others would pass"


# Into what, by which port, from where. Nothing else is reached by the network.
INGRESS = {
    ("data", "<DatabaseSecurityGroup.GroupId>", 5432, "<ComputeSecurityGroup.GroupId>"),
    ("service", "<BalancerSecurityGroup.GroupId>", 80, "pl-1"),
    ("service", "<TaskSecurityGroup.GroupId>", 8080, "<BalancerSecurityGroup.GroupId>"),
    ("service", "<ReplicaSecurityGroup.GroupId>", 5432, "sg-compute"),
}
EGRESS = {
    ("data", "ComputeSecurityGroup", 5432, "<DatabaseSecurityGroup.GroupId>"),
    ("data", "ComputeSecurityGroup", 443, "0.0.0.0/0"),
    ("data", "DatabaseSecurityGroup", -1, "127.0.0.1/32"),
    ("service", "BalancerSecurityGroup", 8080, "<TaskSecurityGroup.GroupId>"),
    ("service", "TaskSecurityGroup", 5432, "<ReplicaSecurityGroup.GroupId>"),
    ("service", "ReplicaSecurityGroup", -1, "127.0.0.1/32"),
}


@rule
def nothing_comes_in_but_from_the_compute_group(sources):
    found = set()
    for name, made in networks(sources):
        for group, properties in made.of_type("AWS::EC2::SecurityGroup").items():
            found |= {(name, f"<{group}.GroupId>", *port_and_peer(each)) for each in properties.get("SecurityGroupIngress", [])}
        found |= {(name, each["GroupId"], *port_and_peer(each)) for each in made.of_type("AWS::EC2::SecurityGroupIngress").values()}
    assert found == INGRESS, found ^ INGRESS


@rule
def nothing_goes_out_but_to_these(sources):
    found = set()
    for name, made in networks(sources):
        for group, properties in made.of_type("AWS::EC2::SecurityGroup").items():
            assert properties.get("SecurityGroupEgress"), f"{group} may go everywhere"
            found |= {(name, group, *port_and_peer(each)) for each in properties["SecurityGroupEgress"]}
    assert found == EGRESS, found ^ EGRESS


@rule
def whoever_may_come_in_may_go_out(sources):
    """A way needs a rule at both of its ends. A task is in its own group and in the compute group."""
    without = sources.service.made()["TaskSecurityGroup"]["SecurityGroupEgress"]
    assert [port_and_peer(each) for each in without] == [(-1, "127.0.0.1/32")], "without a replica a task's own group goes nowhere"
    same = {"sg-compute": "TaskSecurityGroup", "<ComputeSecurityGroup.GroupId>": "ComputeSecurityGroup", "<BalancerSecurityGroup.GroupId>": "BalancerSecurityGroup"}
    for name, target, port, source in INGRESS:
        assert source.startswith("pl-") or (name, same[source], port, target) in EGRESS, f"{source} cannot reach {target}"


def networks(sources):
    yield "data", sources.data.made()
    yield "app", sources.app.made()
    yield "service", sources.service.made(Replica="true")


def port_and_peer(each):
    assert each["FromPort"] == each["ToPort"] and each["IpProtocol"] in ("tcp", "icmp"), each
    [peer] = [value for key, value in each.items() if key in ("CidrIp", "CidrIpv6", "SourceSecurityGroupId", "DestinationSecurityGroupId", "SourcePrefixListId")]
    return each["FromPort"], peer
