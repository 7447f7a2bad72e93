"""The emulator's functions and its edge, with a function that does what the path of a request says."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from emulator.clients import client
from emulator.edge.cache import SharedCache
from emulator.edge.errors import KeptErrors
from emulator.edge.exchange import Answer, Request
from made_package import ROOT
from support.waiting import until


@pytest.fixture(scope="module")
def address(emulator, tmp_path_factory):
    """Of the edge, before a stack of infra/app.yaml whose program is the stand-in."""
    folder = tmp_path_factory.mktemp("stand-in")
    source = Path(__file__).parent / "emulator/stand_in.c"
    subprocess.run([shutil.which("clang") or "cc", "-O1", "-static", "-o", folder / "bootstrap", source], check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(folder / "code.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(folder / "bootstrap", "bootstrap")
    code = (folder / "code.zip").read_bytes()
    client("s3").create_bucket(Bucket="stand-in")
    key = f"code/{hashlib.sha256(code).hexdigest()}.zip"
    client("s3").put_object(Bucket="stand-in", Key=key, Body=code)
    network = client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = client("ec2").create_subnet(VpcId=network, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    group = client("ec2").create_security_group(GroupName="stand-in", Description="x", VpcId=network)["GroupId"]
    values = {
        "VpcId": network, "SubnetIds": subnet, "ComputeSecurityGroupId": group, "DatabaseHost": "none.example.com", "DatabaseResourceId": "db-1",
        "DatabaseSecretArn": "none", "BucketName": "stand-in", "CodeKey": key}
    outputs = {}
    for kind in ("CREATE", "UPDATE"):
        made = client("cloudformation").create_change_set(
            StackName="stand-in-app", ChangeSetName=kind, ChangeSetType=kind, TemplateBody=(ROOT / "infra/app.yaml").read_text(),
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()])
        client("cloudformation").execute_change_set(ChangeSetName=made["Id"])
        outputs = emulator.outputs("stand-in-app")
        values["ExportDomain"] = outputs["ExportUrl"].split("/")[2]
    return outputs["PublicUrl"]


@pytest.fixture
def get(emulator, address):
    return lambda path, **options: requests.get(address + path, verify=str(emulator.web_certificates), timeout=60, **options)


def state(sandbox):
    return Path(f"/proc/{sandbox.process.pid}/stat").read_text().rsplit(") ", 1)[1][0]


def test_a_process_serves_one_request_after_the_other_and_is_frozen_between_them(emulator, get):
    first, second = get("/v1/a"), get("/v1/b")
    assert first.status_code == 200 and first.text == second.text, "another process"
    assert first.raw.headers.getlist("set-cookie") == ["one=1; Path=/", "two=2; Path=/"]
    [sandbox] = emulator.functions.sandboxes()
    until(lambda: state(sandbox) == "T")


def test_requests_at_once_have_a_process_each(emulator, get):
    with ThreadPoolExecutor(1) as other:
        slow = other.submit(get, "/v1/second")
        until(lambda: emulator.functions.busy["xmonitor-api"])
        assert get("/v1/a").text != slow.result(60).text


def test_an_answer_that_is_too_large_is_refused_and_the_process_says_so(get):
    answer = client("lambda").invoke(FunctionName="xmonitor-api", Payload=b'"/large"')
    assert json.loads(answer["Payload"].read()) == {"errorType": "TooLarge"}
    assert get("/v1/large").status_code == 500


def test_a_stream_is_whole_or_seen_to_be_broken(get):
    assert len(get("/v1/feed.csv").content) == 20_000_000
    for how in ("breaks", "fails"):
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            get(f"/v1/feed.csv?{how}")
    assert len(get("/v1/feed.csv").content) == 20_000_000


def test_a_crash_costs_one_request(get):
    before = get("/v1/a").text
    assert get("/v1/crash").status_code == 500
    assert get("/v1/a").text != before


def test_a_time_out_ends_the_process(emulator, get):
    client("lambda").update_function_configuration(FunctionName="xmonitor-api", Timeout=1)
    answer = client("lambda").invoke(FunctionName="xmonitor-api", Payload=b'"/sleep"')
    assert json.loads(answer["Payload"].read())["errorType"] == "Sandbox.Timedout"
    client("lambda").update_function_configuration(FunctionName="xmonitor-api", Timeout=29)
    assert get("/v1/a").status_code == 200


def test_a_start_that_fails_says_why(get):
    client("lambda").update_function_configuration(FunctionName="xmonitor-api", Handler="senseless")
    answer = client("lambda").invoke(FunctionName="xmonitor-api", Payload=b"{}")
    assert json.loads(answer["Payload"].read())["errorType"] == "Senseless"
    assert get("/v1/a").status_code == 500
    client("lambda").update_function_configuration(FunctionName="xmonitor-api", Handler="api")
    assert get("/v1/a").status_code == 200


def test_what_is_too_large_is_the_gateways_own_answer(emulator, address):
    for size, words in ((7_000_000, "Request Too Long"), (11_000_000, "Request Entity Too Large")):
        answer = requests.post(address + "/v1/a", b"x" * size, verify=str(emulator.web_certificates), timeout=60)
        assert (answer.status_code, answer.json()["message"]) == (413, words)


def test_a_door_without_its_permission_is_shut(emulator, get):
    policy = emulator.functions and client("lambda").get_policy(FunctionName="xmonitor-api")["Policy"]
    for statement in json.loads(policy)["Statement"]:
        client("lambda").remove_permission(FunctionName="xmonitor-api", StatementId=statement["Sid"])
    assert get("/v1/feed.csv").status_code == 403
    assert get("/v1/a").status_code == 500


@pytest.mark.parametrize(("told", "sent", "is_stored"), [
    ("max-age=60", [], True), ("no-cache", [], True), (None, [], True), ("private, no-cache", [], False), ("no-store", [], False),
    ("max-age=60", [("authorization", "Bearer x")], False), ("public, max-age=60", [("authorization", "Bearer x")], True),
    ("max-age=60", [("cookie", "a=b")], True), ("max-age=60", [("x-api-key", "k")], True)])
def test_the_cache_stores_what_the_headers_let_it(told, sent, is_stored):
    """A cookie and a key of our own make no difference to a shared cache: only `private` and `no-store` do."""
    cache, request = SharedCache(), Request("GET", "/a", "", sent, b"", "127.0.0.1")
    cache.offer(request, Answer(200, [("Cache-Control", told)] if told else [], b"x"))
    assert (cache.stored == {"/a"}) is is_stored


@pytest.mark.parametrize(("status", "told", "config", "is_kept"), [
    (503, None, {}, True), (503, "no-store", {}, True), (404, "no-store", {}, False), (404, None, {}, True), (401, None, {}, False), (200, None, {}, False),
    (503, None, {"CustomErrorResponses": {"Items": [{"ErrorCode": 503, "ErrorCachingMinTTL": 0}]}}, False)])
def test_errors_are_kept_for_everybody_unless_the_distribution_says_otherwise(status, told, config, is_kept):
    errors = KeptErrors()
    errors.offer(config, Request("GET", "/v1/feed", "q=a", [("x-api-key", "k")], b"", "127.0.0.1"), Answer(status, [("Cache-Control", told)] if told else [], b"x"))
    assert (errors.get(Request("GET", "/v1/feed", "q=b", [], b"", "127.0.0.2")) is not None) is is_kept
    assert errors.get(Request("POST", "/v1/feed", "", [], b"", "127.0.0.1")) is None


def test_the_template_lets_no_error_be_kept(emulator, get):
    """The first answer is the gateway's; the second one comes from a function that is well again."""
    client("lambda").update_function_configuration(FunctionName="xmonitor-api", Handler="senseless")
    assert get("/v1/ill").status_code >= 500
    client("lambda").update_function_configuration(FunctionName="xmonitor-api", Handler="api")
    assert emulator.edge.errors.entries == {}
