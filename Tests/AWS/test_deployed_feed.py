"""What a deployment serves: the feed in a real browser behind the emulated edge, downloads, and an answer for each fault of the database's login."""

import datetime
import json
import re
import threading
from contextlib import contextmanager

import pytest
import requests
import yaml
from playwright.sync_api import expect

from deploying import Deployment, packaged_program, sample_snapshot
from emulator.certificates import Authority
from emulator.clients import client
from planted import Watch, planted
from support.psql import sql
from support.public_provider import provider
from support.waiting import until

PATIENCE_MS = 60_000
LONG = 30_000  # characters of a post, so that 707 of them are over 20 MB


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    with provider(tmp_path_factory.mktemp("provider") / "log") as address:
        yield address


@pytest.fixture(scope="module")
def deployment(emulator, issuer, tmp_path_factory):
    """Reading is for those who sign in, the history is there, and a secret that can be recognised stands in each place that has one."""
    folder = tmp_path_factory.mktemp("deployment")
    made = Deployment(emulator, folder, packaged_program(emulator, folder / "package"), settings=[
        "ReadAccess=oidc", f"OidcIssuer={issuer}", "OidcClientId=xmonitor", "SignInDomains=example.com", "Contact=the team lead"])
    (folder / "secrets.json").write_text(json.dumps({"XMONITOR_OIDC_CLIENT_SECRET": planted("client")}))
    with Watch(emulator) as watch:
        made("apply", options=["--secrets", folder / "secrets.json"])
        made("migrate", sample_snapshot(folder), "--yes")
    made.watch = watch
    made.address = made.outputs["PublicUrl"]
    return made


@pytest.fixture(scope="module")
def key(deployment):
    """For programs that read."""
    printed = deployment("run", "keys", "create", "--name", "reader", "--scopes", "read")
    # It is printed on purpose.
    deployment.printed.remove(printed)
    made = re.search(r"xmk_\S+", printed)[0]
    # A server knows it within seconds.
    until(lambda: get(deployment, "/v1/feed?limit=1", made).status_code == 200, 30)
    return made


def get(deployment, path, key=None, **options):
    headers = {"x-api-key": key} if key else {}
    return requests.get(deployment.address + path, headers=headers | options.pop("headers", {}), timeout=120, allow_redirects=False,
                        verify=str(deployment.emulator.web_certificates), **options)


@pytest.fixture
def page(browser):
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


def fetch(page, path, method="GET"):
    return page.evaluate("async ([path, method]) => { const answer = await fetch(path, {method}); return {status: answer.status, text: await answer.text()}; }",
                         [path, method])


def test_a_reader_signs_in_reads_a_post_and_signs_out(page, browser, deployment):
    cookies = []
    page.on("response", lambda answer: "/auth/callback" in answer.url and cookies.append(
        [one["value"] for one in answer.headers_array() if one["name"].lower() == "set-cookie"]))
    page.goto(deployment.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This feed is private", timeout=PATIENCE_MS)
    page.get_by_role("link", name="Sign in", exact=True).click()
    with page.expect_navigation(url=deployment.address + "/**"):
        page.get_by_role("button", name="ann", exact=True).click()
    expect(page.get_by_title("Signed in as Ann Example")).to_be_visible(timeout=PATIENCE_MS)
    # One answer gives the session and takes back what the attempt needed.
    [both] = cookies
    assert {one.split("=")[0] for one in both} == {"__Host-xmonitor", "__Host-xmonitor-sign-in"}
    expect(page.locator("#feed article").first).to_be_visible(timeout=PATIENCE_MS)
    post = json.loads(fetch(page, "/v1/feed?limit=1")["text"])["items"][0]
    page.goto(f"{deployment.address}/posts/{post['status_id']}")
    expect(page.get_by_text(post["author_handle"]).first).to_be_visible(timeout=PATIENCE_MS)
    # At the same address another browser gets nothing of it, whatever the edge has seen.
    other = browser.new_context(ignore_https_errors=True)
    stranger = other.new_page()
    stranger.goto(deployment.address)
    assert [fetch(stranger, path)["status"] for path in ("/v1/feed?limit=1", f"/v1/posts/{post['status_id']}", "/api/v1/feed", "/v1/feed.csv")] == [401] * 4
    other.close()
    page.goto(deployment.address)
    page.get_by_title("Signed in as Ann Example").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/oauth2/end_session?*")
    page.goto(deployment.address)
    assert fetch(page, "/v1/feed")["status"] == 401


def test_nothing_that_needs_a_credential_may_be_stored(deployment, key):
    for path in ("/v1/feed", "/v1/feed?limit=3", "/v1/stats/summary", "/v1/changes", "/v1/feed.csv?limit=3", "/v1/feed.atom", "/v1/me", "/v1/watch-accounts"):
        get(deployment, path, key)
    stored = {path for path in deployment.emulator.edge.cache.stored if path.startswith(("/v1/", "/api/", "/health/"))}
    assert {path for path in stored if get(deployment, path).status_code == 401} == set()
    # The site gets neither cookies nor keys: they could come back in what is stored.
    for request in deployment.emulator.edge.origins.to_site:
        assert not {"cookie", "x-api-key", "authorization"} & {name for name, _ in request.headers}


def test_a_download_of_20_mb_is_whole_and_a_broken_one_is_seen(deployment, key):
    sql(deployment.archive(), f"UPDATE posts SET body_text = repeat('word ', {LONG // 5})")
    whole = get(deployment, "/v1/feed.ndjson", key, headers={"Accept-Encoding": "identity"})
    assert whole.status_code == 200 and len(whole.content) > 20_000_000
    assert len(whole.text.splitlines()) == 701
    # Too large for an answer that is not streamed: it says where it can be had.
    direct = requests.get(f"{deployment.address}/v1/feed.ndjson", headers={
        "x-api-key": key, "Accept-Encoding": "identity", "Host": deployment.outputs["ApiUrl"].removeprefix("https://")}, timeout=120, verify=False)
    assert direct.status_code == 422 and direct.json()["code"] == "too_large_here" and deployment.address in direct.text
    broken = get(deployment, "/v1/feed.ndjson", key, stream=True, headers={"Accept-Encoding": "identity"})
    parts = broken.iter_content(10_000)
    assert next(parts)
    [sandbox] = deployment.emulator.functions.busy["xmonitor-api"]
    sandbox.process.kill()
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        for _ in parts:
            pass
    sql(deployment.archive(), "UPDATE posts SET body_text = 'short'")


@contextmanager
def clock(deployment, minutes):
    deployment.database.login.clock_offset = datetime.timedelta(minutes=minutes)
    yield
    deployment.database.login.clock_offset = datetime.timedelta()


@contextmanager
def region(deployment, name):
    before, deployment.database.login.region = deployment.database.login.region, name
    yield
    deployment.database.login.region = before


@contextmanager
def without_right(deployment):
    """The role has the right for another user."""
    iam = client("iam")
    [role] = [one["RoleName"] for one in iam.list_roles()["Roles"] if "ApiRole" in one["RoleName"]]
    document = iam.get_role_policy(RoleName=role, PolicyName="api")["PolicyDocument"]
    document = yaml.safe_load(document) if isinstance(document, str) else document
    iam.put_role_policy(RoleName=role, PolicyName="api", PolicyDocument=json.dumps(document).replace("/xmonitor_api", "/xmonitor_none"))
    yield
    iam.put_role_policy(RoleName=role, PolicyName="api", PolicyDocument=json.dumps(document))


@contextmanager
def wrong_authority(deployment):
    """The server shows a certificate that another authority signed."""
    database, before = deployment.database, deployment.database.authority
    database.authority = Authority("Another CA")
    database.renew()
    yield
    database.authority = before
    database.renew()


@contextmanager
def wrong_host(deployment):
    api, database = client("lambda"), deployment.database
    variables = api.get_function_configuration(FunctionName="xmonitor-api")["Environment"]["Variables"]
    deployment.emulator.databases.names["elsewhere.example.com"] = database.address
    api.update_function_configuration(FunctionName="xmonitor-api", Environment={"Variables": variables | {
        "DATABASE_URL": variables["DATABASE_URL"].replace(database.host, "elsewhere.example.com")}})
    yield
    api.update_function_configuration(FunctionName="xmonitor-api", Environment={"Variables": variables})


FAULTS = {
    "wrong authority": (wrong_authority, "certificate verify failed"), "wrong host": (wrong_host, "does not match host name"),
    "wrong region": (lambda deployment: region(deployment, "eu-west-1"), "AWS_REGION"), "clock ahead": (lambda deployment: clock(deployment, -20), "clock"),
    "expired": (lambda deployment: clock(deployment, 20), "clock"), "no right": (without_right, "rds-db:connect")}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_login_that_is_refused_is_503_and_says_why(deployment, key, fault):
    break_it, word = FAULTS[fault]
    log = deployment.emulator.functions.log("xmonitor-api")
    try:
        with break_it(deployment):
            deployment.emulator.functions.restart("xmonitor-api")
            seen = log.stat().st_size
            answer = get(deployment, "/v1/feed?limit=1", key)
            assert answer.status_code == 503 and answer.headers["content-type"].startswith("application/problem+json"), answer.text
            assert word not in answer.text
            until(lambda: word in log.read_text()[seen:], 30)
    finally:
        deployment.emulator.functions.restart("xmonitor-api")
        until(lambda: get(deployment, "/v1/feed?limit=1", key).status_code == 200, 30)


def test_a_planted_secret_is_nowhere(deployment, key):
    found = deployment.watch.found(deployment, [key])
    assert found == []
    assert threading.active_count() < 200
