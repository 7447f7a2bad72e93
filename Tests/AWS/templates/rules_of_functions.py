"""The functions and the task: what runs, and with which settings."""

import re

from rulebook import ROOT, rule
from rules_of_form import environments

TLS = "sslmode=verify-full&sslrootcert=/var/task/certs/rds.pem"
SHARED = {
    "XMONITOR_SECRETS": "s3://our-bucket/secrets/xmonitor.json",
    "XMONITOR_PUBLIC_URL": "https://<Distribution.DomainName>",
    "XMONITOR_READ_ACCESS": "keys",
    "XMONITOR_OIDC_ISSUER": "",
    "XMONITOR_OIDC_CLIENT_ID": "",
    "XMONITOR_OIDC_SCOPES": "openid email profile",
    "XMONITOR_OIDC_GROUPS_CLAIM": "groups",
    "XMONITOR_SIGN_IN_DOMAINS": "",
    "XMONITOR_SIGN_IN_EMAILS": "",
    "XMONITOR_SIGN_IN_GROUPS": "",
    "XMONITOR_CONTACT": "",
    "XMONITOR_WEB_ROOT": "",
}
ON_LAMBDA = {"XMONITOR_WAIT_MAXIMUM": "20", "XMONITOR_STREAM_MAXIMUM": "0", "XMONITOR_POOL_SIZE": "2"}


def address(user, host="database.example"):
    return {"DATABASE_URL": f"postgresql://{user}@{host}:5432/xmonitor?{TLS}", "XMONITOR_DB_AUTH": "iam"}


@rule
def environments_are_exactly_these(sources):
    assert environments(sources) == {
        "ApiFunction": address("xmonitor_api") | SHARED | ON_LAMBDA,
        "AuthFunction": SHARED | ON_LAMBDA,
        "AdminFunction": address("xmonitor_owner") | {"XMONITOR_BUCKET": "our-bucket"},
        "Task": address("xmonitor_api")
        | {"XMONITOR_READ_DATABASE_URL": f"postgresql://xmonitor_api@<ReadReplica.Endpoint.Address>:5432/xmonitor?{TLS}"}
        | SHARED
        | {"XMONITOR_HOST": "0.0.0.0", "XMONITOR_PORT": "8080", "XMONITOR_PUBLIC_URL": "https://feed.example.com", "XMONITOR_TRUSTED_PROXIES": "10.42.0.0/22"},
    }


@rule
def no_environment_holds_a_secret(sources):
    secrets = set(re.findall(r"^\| `([A-Z_]+)` \|[^|]*\| yes \|", (ROOT / "docs/configuration.md").read_text(encoding="utf-8"), re.M))
    assert len(secrets) > 5
    for name, environment in environments(sources).items():
        held = set(environment) & (secrets - {"DATABASE_URL", "XMONITOR_READ_DATABASE_URL"})
        assert not held, f"{name} has {held}"
        for variable, value in environment.items():
            assert "{{resolve:" not in value and not re.search(r"://[^/@]*:[^/@]*@", value), f"{variable} of {name} holds a password"
    for name, template in sources.templates.items():
        assert "{{resolve:" not in template.text, f"{name}.yaml puts a secret where everybody reads it"


@rule
def the_settings_of_readers_reach_the_functions(sources):
    given = {"ReadAccess": "oidc", "OidcIssuer": "https://id.example", "OidcClientId": "c", "OidcScopes": "openid", "OidcGroupsClaim": "g",
             "SignInDomains": "d", "SignInEmails": "e", "SignInGroups": "f", "Contact": "us"}  # fmt: skip
    expected = ["oidc", "https://id.example", "c", "openid", "g", "d", "e", "f", "us"]
    names = ["READ_ACCESS", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_SCOPES", "OIDC_GROUPS_CLAIM", "SIGN_IN_DOMAINS", "SIGN_IN_EMAILS", "SIGN_IN_GROUPS", "CONTACT"]
    app = sources.app.made(**given)
    [container] = sources.service.made(**given)["Task"]["ContainerDefinitions"]
    task = {variable["Name"]: variable["Value"] for variable in container["Environment"]}
    for environment in (app["ApiFunction"]["Environment"]["Variables"], app["AuthFunction"]["Environment"]["Variables"], task):
        assert [environment[f"XMONITOR_{name}"] for name in names] == expected


@rule
def a_domain_is_the_public_url(sources):
    made = sources.app.made(DomainName="feed.example.com", CertificateArn=f"arn:aws:acm:us-east-1:{'1' * 12}:certificate/x")
    for function in ("ApiFunction", "AuthFunction"):
        assert made[function]["Environment"]["Variables"]["XMONITOR_PUBLIC_URL"] == "https://feed.example.com"


@rule
def functions_run_the_one_package(sources):
    made = sources.app.made()
    for name, handler in {"ApiFunction": "api", "AuthFunction": "auth", "AdminFunction": "admin"}.items():
        function = made[name]
        assert (function["Runtime"], function["Architectures"], function["Handler"]) == ("provided.al2023", ["x86_64"], handler)
        assert function["Code"] == {"S3Bucket": "our-bucket", "S3Key": f"code/{'0' * 64}.zip"}
        assert function["FunctionName"] == f"xmonitor-{handler}" and function["Role"] == f"<{handler.title()}Role.Arn>"
    assert re.fullmatch(sources.app.parameters["CodeKey"]["AllowedPattern"], f"code/{'a' * 64}.zip")
    assert not re.fullmatch(sources.app.parameters["CodeKey"]["AllowedPattern"], "code/latest.zip")


@rule
def only_auth_is_outside_the_network(sources):
    made = sources.app.made()
    inside = {"SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-compute"]}
    assert made["ApiFunction"]["VpcConfig"] == made["AdminFunction"]["VpcConfig"] == inside
    assert "VpcConfig" not in made["AuthFunction"], "auth would not reach the identity provider"


@rule
def times_and_sizes_fit(sources):
    made = sources.app.made()
    assert (made["ApiFunction"]["Timeout"], made["AuthFunction"]["Timeout"], made["AdminFunction"]["Timeout"]) == (180, 29, 900)
    assert sources.app.made(Downloads="buffered")["ApiFunction"]["Timeout"] == 29
    assert made["AdminFunction"]["EphemeralStorage"]["Size"] >= 4096 and made["AdminFunction"]["MemorySize"] == 1769
    assert "ReservedConcurrentExecutions" not in made["ApiFunction"], "a new account may reserve none"
    assert sources.app.made(ReservedConcurrency="5")["ApiFunction"]["ReservedConcurrentExecutions"] == "5"
    assert made["AdminOnce"] == {"FunctionName": "xmonitor-admin", "Qualifier": "$LATEST", "MaximumRetryAttempts": 0}


@rule
def the_task_is_confined(sources):
    made = sources.service.made()
    task = made["Task"]
    [container] = task["ContainerDefinitions"]
    assert container["Image"] == f"111122223333.dkr.ecr.us-east-1.amazonaws.com/xmonitor@sha256:{'0' * 64}"
    assert (container["Command"], container["User"], container["ReadonlyRootFilesystem"]) == (["serve"], "65534", True)
    assert (task["Cpu"], task["Memory"], task["TaskRoleArn"], task["ExecutionRoleArn"]) == ("256", "512", "<TaskRole.Arn>", "<ExecutionRole.Arn>")
    service = made["Service"]
    assert service["DeploymentConfiguration"]["DeploymentCircuitBreaker"] == {"Enable": True, "Rollback": True} and "DesiredCount" not in service
    assert made["Targets"]["HealthCheckPath"] == "/health/live"
    assert (made["ScalingTarget"]["MinCapacity"], made["ScalingTarget"]["MaxCapacity"]) == (1, 4)
    assert container["LogConfiguration"]["Options"]["awslogs-group"] == made["Log"]["LogGroupName"]


@rule
def reads_go_to_a_replica_or_a_reader(sources):
    def variables(**given):
        [container] = sources.service.made(**given)["Task"]["ContainerDefinitions"]
        return {variable["Name"]: variable["Value"] for variable in container["Environment"]}

    assert "XMONITOR_READ_DATABASE_URL" not in variables()
    assert variables(ReadHost="reader.example")["XMONITOR_READ_DATABASE_URL"] == address("xmonitor_api", "reader.example")["DATABASE_URL"]
