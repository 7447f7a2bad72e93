"""checkov finds in the templates what is meant to be so, and nothing else. It pins libraries of its own, so it has an environment of its own."""

import json
import subprocess
import sys

import pytest
from rulebook import ROOT

from support.full_run import FULL

OWN_KEYS = "encrypted with the service's key; a key of one's own costs 1 USD a month and protects from nobody else in the account"
NO_QUEUE = "only called synchronously, or without a second try, so nothing is lost that a queue could keep"
NO_SECRET = "no environment holds a secret: a rule sees to it"
PATH_TO_BALANCER = "the way from CloudFront is inside AWS, and a certificate cannot name the load balancer"
# Each finding that is accepted, and why.
ACCEPTED = {
    **{("CKV_AWS_158", log): OWN_KEYS for log in ("DatabaseLog", "ApiLog", "AuthLog", "AdminLog", "AccessLog", "Log")},
    ("CKV_AWS_157", "Database"): "a standby doubles the costs; DatabaseMultiAz turns it on",
    ("CKV_AWS_118", "Database"): "enhanced monitoring needs a role and costs; the four alarms use what is measured anyway",
    ("CKV_AWS_18", "Bucket"): "only the functions' roles and whoever deploys use it; CloudTrail can tell",
    ("CKV_AWS_111", "NetworkPolicy"): "these actions know no resources; the function's own code is denied them, and a rule asks",
    **{("CKV_AWS_116", function): NO_QUEUE for function in ("ApiFunction", "AuthFunction", "AdminFunction")},
    **{("CKV_AWS_173", function): NO_SECRET for function in ("ApiFunction", "AuthFunction", "AdminFunction")},
    ("CKV_AWS_117", "AuthFunction"): "it has to reach the identity provider, and has no right to the database",
    **{("CKV_AWS_115", function): "a new account may reserve none; the stage is throttled" for function in ("AuthFunction", "AdminFunction")},
    ("CKV_AWS_258", "ExportFunctionUrl"): "collectors and readers cannot sign requests; the program authorises, as behind the HTTP API",
    ("CKV_AWS_68", "Distribution"): "a firewall costs; the stage is throttled, and the flat-rate plan of docs/aws.md has one",
    ("CKV_AWS_86", "Distribution"): "its log would hold the tokens of feeds, which stand in the query",
    ("CKV_AWS_174", "Distribution"): "with a domain TLS 1.2 is the least; with CloudFront's own name the version cannot be chosen",
    ("CKV_AWS_26", "AlarmTopic"): "alarms cannot publish to a topic that is encrypted with the service's key; they hold figures only",
    ("CKV_AWS_23", "TaskSecurityGroup"): "each of its rules has a description; checkov does not look into Fn::If",
    ("CKV_AWS_65", "Cluster"): "paid; processor and memory of the service are measured anyway",
    ("CKV_AWS_91", "Balancer"): "the program logs each request, and this log would hold the tokens of feeds",
    ("CKV_AWS_2", "Listener"): PATH_TO_BALANCER,
    ("CKV_AWS_103", "Listener"): PATH_TO_BALANCER,
}


@pytest.fixture(scope="module")
def checkov():
    """The program, in `.build`, where the next run finds it."""
    folder, needed = ROOT / ".build/checkov", ROOT / "Tests/AWS/templates/checkov.txt"
    mark = folder / "installed"
    if not mark.exists() or mark.read_text(encoding="utf-8") != needed.read_text(encoding="utf-8"):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=120)
        subprocess.run([folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "-r", needed], check=True, timeout=600)
        mark.write_text(needed.read_text(encoding="utf-8"), encoding="utf-8")
    return folder / "bin/checkov"


@pytest.mark.skipif(not FULL, reason="bin/test --full runs it: its environment has 300 MB")
def test_checkov_finds_what_is_accepted_and_nothing_else(checkov):
    options = ["--framework", "cloudformation", "--skip-download", "--quiet", "--output", "json"]
    done = subprocess.run([checkov, "-d", ROOT / "infra", *options], capture_output=True, text=True, timeout=300)
    report = json.loads(done.stdout)
    failed = [(each["check_id"], each["resource"].rpartition(".")[2]) for each in report["results"]["failed_checks"]]
    assert report["summary"]["parsing_errors"] == 0 and report["summary"]["passed"] > 100
    assert sorted(failed) == sorted(ACCEPTED)
