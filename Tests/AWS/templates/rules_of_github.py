"""What GitHub Actions may do in the account, and what its workflows are."""

import re

from policy_matcher import allows, policies_of
from rulebook import ROOT, rule
from template import ACCOUNT, REGION

GITHUB = "token.actions.githubusercontent.com"
ROLE = f"arn:aws:iam::{ACCOUNT}:role"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function"
APPS = f"arn:aws:amplify:{REGION}:{ACCOUNT}:apps"

# Role, action, resource, what else is known of the request, and whether it may.
TABLE = [
    ("DeployRole", "cloudformation:ExecuteChangeSet", f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/xmonitor-app/1", {}, True),
    ("DeployRole", "cloudformation:DeleteStack", f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/xmonitor-app/1", {}, False),
    ("DeployRole", "cloudformation:CreateChangeSet", f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/other/1", {}, False),
    ("DeployRole", "lambda:UpdateFunctionCode", f"{FUNCTION}:xmonitor-api", {}, True),
    ("DeployRole", "lambda:UpdateFunctionCode", f"{FUNCTION}:other", {}, False),
    ("DeployRole", "lambda:InvokeFunction", f"{FUNCTION}:xmonitor-admin", {}, True),
    ("DeployRole", "lambda:InvokeFunction", f"{FUNCTION}:xmonitor-api", {}, False),
    ("DeployRole", "lambda:AddPermission", f"{FUNCTION}:xmonitor-api", {}, False),
    ("DeployRole", "s3:PutObject", "arn:aws:s3:::our-bucket/code/x.zip", {}, True),
    ("DeployRole", "s3:GetObject", "arn:aws:s3:::our-bucket/results/1/report.json", {}, True),
    ("DeployRole", "s3:GetObject", "arn:aws:s3:::our-bucket/secrets/xmonitor.json", {}, False),
    ("DeployRole", "s3:GetObject", "arn:aws:s3:::our-bucket/import/x.db", {}, False),
    ("DeployRole", "iam:PassRole", f"{ROLE}/xmonitor-app-ApiRole-1", {"iam__PassedToService": "lambda.amazonaws.com"}, True),
    ("DeployRole", "iam:PassRole", f"{ROLE}/xmonitor-app-ApiRole-1", {"iam__PassedToService": "ec2.amazonaws.com"}, False),
    ("DeployRole", "iam:PassRole", f"{ROLE}/administrator", {"iam__PassedToService": "lambda.amazonaws.com"}, False),
    *(("DeployRole", f"iam:{action}", f"{ROLE}/xmonitor-app-ApiRole-1", {}, False) for action in ("CreateRole", "PutRolePolicy", "AttachRolePolicy", "UpdateAssumeRolePolicy")),
    ("DeployRole", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:1:secret:rds", {}, False),
    ("DeployRole", "rds:DeleteDBInstance", f"arn:aws:rds:{REGION}:{ACCOUNT}:db:xmonitor-database", {}, False),
    # `apply` goes by the templates; only `plan` looks at what is there.
    *(("DeployRole", action, "*", {}, False) for action in ("rds:DescribeDBInstances", "iam:GetRolePolicy", "s3:GetBucketPolicy", "lambda:GetPolicy")),
    ("DeployRole", "amplify:StartDeployment", f"{APPS}/app1/branches/main/deployments/start", {}, True),
    ("DeployRole", "amplify:DeleteApp", f"{APPS}/app1", {}, False),
    ("DeployRole", "cloudfront:UpdateDistribution", f"arn:aws:cloudfront::{ACCOUNT}:distribution/E1", {}, True),
    ("DeployRole", "cloudfront:DeleteDistribution", f"arn:aws:cloudfront::{ACCOUNT}:distribution/E1", {}, False),
    ("PreviewRole", "amplify:CreateBranch", f"{APPS}/<PreviewApp.AppId>/branches/pr-1", {}, True),
    ("PreviewRole", "amplify:StartDeployment", f"{APPS}/<PreviewApp.AppId>/branches/pr-1/deployments/start", {}, True),
    ("PreviewRole", "amplify:StartDeployment", f"{APPS}/app1/branches/main/deployments/start", {}, False),
    ("PreviewRole", "amplify:UpdateApp", f"{APPS}/<PreviewApp.AppId>", {}, False),
    ("PreviewRole", "lambda:UpdateFunctionCode", f"{FUNCTION}:xmonitor-api", {}, False),
    ("PreviewRole", "s3:GetObject", "arn:aws:s3:::our-bucket/site/x.zip", {}, False),
]


@rule
def one_repository_and_environment_takes_the_role(sources):
    made = sources.github.made()
    for role, environment in (("DeployRole", "production"), ("PreviewRole", "preview")):
        [statement] = made[role]["AssumeRolePolicyDocument"]["Statement"]
        assert statement["Principal"] == {"Federated": "<Provider>"} and statement["Action"] == "sts:AssumeRoleWithWebIdentity"
        assert statement["Condition"] == {
            "StringEquals": {
                f"{GITHUB}:aud": "sts.amazonaws.com",
                f"{GITHUB}:sub": [f"repo:octocat/monitor:environment:{environment}", f"repo:octocat@123456/monitor@456789:environment:{environment}"],
            }
        }
    kept = sources.github.declared["Provider"]
    assert (kept.get("DeletionPolicy"), kept.get("UpdateReplacePolicy")) == ("RetainExceptOnCreate", "Retain"), "others of the account would lose it"
    assert "Provider" not in sources.github.made(ProviderArn=f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}").resources
    assert made["Provider"] == {"Url": f"https://{GITHUB}", "ClientIdList": ["sts.amazonaws.com"]}


@rule
def github_may_what_the_table_says(sources):
    made = sources.github.made()
    for role, action, resource, context, expected in TABLE:
        assert allows(policies_of(made, role), action, resource, **context) is expected, (role, action, resource)


STACK = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/xmonitor-app/1"
# What `bin/deploy apply` calls, and what has to be allowed for it.
CALLS = {
    "cloudformation create-change-set": ("cloudformation:CreateChangeSet", STACK),
    "cloudformation delete-change-set": ("cloudformation:DeleteChangeSet", STACK),
    "cloudformation describe-change-set": ("cloudformation:DescribeChangeSet", STACK),
    "cloudformation describe-stack-events": ("cloudformation:DescribeStackEvents", STACK),
    "cloudformation describe-stacks": ("cloudformation:DescribeStacks", STACK),
    "cloudformation execute-change-set": ("cloudformation:ExecuteChangeSet", STACK),
    "s3 cp": ("s3:PutObject", "arn:aws:s3:::our-bucket/site/x.zip"),
    "s3api put-object": ("s3:PutObject", "arn:aws:s3:::our-bucket/code/deployments/1"),
    "s3api list-objects-v2": ("s3:ListBucket", "arn:aws:s3:::our-bucket"),
    "s3api get-object": ("s3:GetObject", "arn:aws:s3:::our-bucket/results/1/result.json"),
    "logs filter-log-events": ("logs:FilterLogEvents", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/xmonitor-api"),
    "lambda invoke": ("lambda:InvokeFunction", f"{FUNCTION}:xmonitor-admin"),
    "amplify create-deployment": ("amplify:CreateDeployment", f"{APPS}/app1/branches/main/deployments"),
    "amplify start-deployment": ("amplify:StartDeployment", f"{APPS}/app1/branches/main/deployments/start"),
    "amplify get-job": ("amplify:GetJob", f"{APPS}/app1/branches/main/jobs/1"),
    "amplify list-jobs": ("amplify:ListJobs", f"{APPS}/app1/branches/main/jobs"),
    "amplify stop-job": ("amplify:StopJob", f"{APPS}/app1/branches/main/jobs/1"),
}
# What only a person's first deployment calls, or what needs no right.
OF_THE_FIRST = {"secretsmanager get-secret-value", "cloudformation update-termination-protection", "cloudformation delete-stack"}
OF_ANYBODY = {"sts get-caller-identity", "iam simulate-principal-policy", "iam get-role"}


@rule
def github_may_what_apply_calls(sources):
    folder = ROOT / "bin/steps/deploy"
    texts = [path.read_text(encoding="utf-8") for path in [*folder.glob("*.sh"), folder / "commands/apply.sh"] if path.name != "remains.sh"]
    calls = {" ".join(call) for text in texts for call in re.findall(r"(?:ask|try|=1 aws|set --) (s3|lambda|[a-z0-9]+(?= \S+-))\s([a-z][a-z0-9-]+)", text)}
    assert calls - OF_THE_FIRST - OF_ANYBODY == set(CALLS), calls ^ set(CALLS)
    policies = policies_of(sources.github.made(), "DeployRole")
    for call, (action, resource) in CALLS.items():
        assert allows(policies, action, resource), f"the role may not do what `aws {call}` takes"


@rule
def github_gets_no_whole_services(sources):
    for role in ("DeployRole", "PreviewRole"):
        for policy in policies_of(sources.github.made(), role):
            for statement in policy["Statement"]:
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                assert not any("*" in action for action in actions), f"{role} may {actions}"
                if statement["Resource"] == "*":
                    assert all(re.match(r"\w+:(Describe|Get|List|Validate|View)", action) for action in actions), f"{role} may {actions} everywhere"


@rule
def actions_and_images_are_pinned(sources):
    for name, workflow in sources.workflows.items():
        for job in workflow["jobs"].values():
            if "container" in job:
                assert re.search(r"@sha256:[0-9a-f]{64}$", job["container"]["image"]), f"{name}: the image may change"
            for step in job.get("steps", []):
                if "uses" in step:
                    assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]), f"{name}: {step['uses']} may change"


@rule
def workflows_have_few_rights(sources):
    reads, takes_role = {"contents": "read"}, {"contents": "read", "id-token": "write"}
    allowed = {"check": {"check": None}, "deploy": {"check": reads, "package": reads, "deploy": takes_role}, "preview": {"preview": takes_role}}
    tops = {"check": {"contents": "read"}, "deploy": {}, "preview": {}}
    for name, workflow in sources.workflows.items():
        assert workflow["permissions"] == tops[name], name
        assert {job: body.get("permissions") for job, body in workflow["jobs"].items()} == allowed[name], name
        for job in workflow["jobs"].values():
            if "id-token" in (job.get("permissions") or {}):
                assert job["environment"] in ("production", "preview"), "a role for whichever branch"
            for step in job.get("steps", []):
                if step.get("uses", "").startswith("actions/checkout"):
                    assert step["with"]["persist-credentials"] == "false"
    assert not any("secrets." in text for path, text in sources.texts.items() if path.startswith(".github/")), "there are no secrets to use"


@rule
def a_failed_check_blocks(sources):
    check, deploy, preview = (sources.workflows[name] for name in ("check", "deploy", "preview"))
    assert set(check["on"]) == {"pull_request", "merge_group", "workflow_call"} and "paths" not in (check["on"]["pull_request"] or {})
    assert check["jobs"]["check"]["name"] == "check", "the required status has this name"
    assert check["jobs"]["check"]["steps"][-1]["run"] == ".ci/run" and "continue-on-error" not in sources.texts[".github/workflows/check.yml"]
    assert set(deploy["on"]) == {"push", "workflow_dispatch"} and deploy["on"]["push"] == {"branches": ["main"]}
    package, job = deploy["jobs"]["package"], deploy["jobs"]["deploy"]
    assert package["needs"] == "check" and package["if"] == "github.ref == 'refs/heads/main' && vars.DEPLOY == 'true'"
    assert job["needs"] == "package" and job["environment"] == "production" and "if" not in job, "a job that was left out takes this one along"
    assert deploy["concurrency"] == {"group": "deploy", "cancel-in-progress": "false"}
    assert set(preview["on"]) == {"pull_request"}, "code of strangers would run with rights"
    assert "head.repo.full_name == github.repository" in preview["jobs"]["preview"]["if"]


@rule
def every_job_ends(sources):
    for name, workflow in sources.workflows.items():
        for job in workflow["jobs"].values():
            assert "uses" in job or int(job["timeout-minutes"]) <= 90, name
