"""Sign-in in a real browser, at a provider of others, which runs as a process of its own (oidc-provider-mock)."""

import pytest
import requests
from playwright.sync_api import expect

from signed_feed import Feed
from support.nginx import Nginx
from support.public_provider import provider


@pytest.fixture(scope="module")
def public_provider(tmp_path_factory):
    with provider(tmp_path_factory.mktemp("provider") / "log") as address:
        yield address


@pytest.fixture
def site(xmonitor, shared, public_provider, feed):
    site = Feed(xmonitor, feed.database, public_provider, XMONITOR_WEB_ROOT=xmonitor.environment["XMONITOR_WEB_ROOT"])
    yield site
    site.stop()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def sign_in(page, site, who, path="/docs/"):
    page.goto(site.address + "/api/v1/auth/sign-in?return=" + requests.utils.quote(path, safe=""))
    with page.expect_navigation(url=site.address + "/**"):
        page.get_by_role("button", name=who, exact=True).click()


def fetch(page, path, method="GET"):
    return page.evaluate("""async ([path, method]) => {
        const answer = await fetch(path, {method});
        return {status: answer.status, json: await answer.json()};
    }""", [path, method])


def test_a_reader_signs_in_reads_and_signs_out(page, site):
    sign_in(page, site, "ann", "/docs/?x=1")
    assert page.url == site.address + "/docs/?x=1"
    assert fetch(page, "/api/v1/feed")["status"] == 200
    me = fetch(page, "/api/v1/me")["json"]
    assert (me["email"], me["name"], me["may_read"]) == ("ann@example.com", "Ann Example", True)
    # No script sees the session.
    assert page.evaluate("document.cookie") == ""
    assert {cookie["name"] for cookie in page.context.cookies(site.address)} >= {"__Host-xmonitor"}
    answer = fetch(page, "/api/v1/auth/sign-out", "POST")
    assert "/oauth2/end_session?" in answer["json"]["end_session_url"]
    assert fetch(page, "/api/v1/feed")["status"] == 401


def test_somebody_of_another_domain_is_told_who_he_is(page, site):
    sign_in(page, site, "eve")
    assert "sign_in" not in page.url
    assert fetch(page, "/api/v1/feed")["status"] == 403
    me = fetch(page, "/api/v1/me")["json"]
    assert (me["email"], me["signed_in"], me["may_read"], me["contact"]) == ("eve@other.example", True, False, "the team lead")


def test_an_unverified_address_signs_nobody_in(page, site):
    sign_in(page, site, "new")
    assert "sign_in=denied" in page.url
    assert not fetch(page, "/api/v1/me")["json"]["signed_in"]
    site.logs("email_unverified")


def test_who_declines_at_the_provider_comes_back_unsigned(page, site):
    sign_in(page, site, "Deny")
    assert "sign_in=" in page.url
    assert not fetch(page, "/api/v1/me")["json"]["signed_in"]


# What a reader sees of it: what Tests/Browser/test_reader_states.py tries with answers of its own, here with those of the server.
PATIENCE_MS = 60_000


def choose(page, site, who):
    page.get_by_role("link", name="Sign in", exact=True).click()
    with page.expect_navigation(url=site.address + "/**"):
        page.get_by_role("button", name=who, exact=True).click()


def test_the_page_leads_in_back_after_the_end_of_a_session_and_out(page, site):
    page.goto(site.address + "/?tier=teammate")
    expect(page.get_by_role("heading", level=1)).to_have_text("This feed is private", timeout=PATIENCE_MS)
    choose(page, site, "ann")
    expect(page.get_by_title("Signed in as Ann Example")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)
    assert page.url == site.address + "/?tier=teammate"
    page.context.clear_cookies(domain="127.0.0.1", name="__Host-xmonitor")
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#freshness")).to_contain_text("Signed out; as of", timeout=PATIENCE_MS)
    choose(page, site, "ann")
    expect(page.get_by_title("Signed in as Ann Example")).to_be_visible(timeout=PATIENCE_MS)
    assert page.url == site.address + "/?tier=teammate"
    page.get_by_title("Signed in as Ann Example").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/oauth2/end_session?*")
    page.goto(site.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This feed is private", timeout=PATIENCE_MS)


def test_the_page_says_who_may_not_read_and_whom_to_ask(page, site):
    page.goto(site.address)
    choose(page, site, "eve")
    expect(page.locator(".entrance")).to_contain_text("You are signed in as Eve (eve@other.example).", timeout=PATIENCE_MS)
    expect(page.locator(".entrance")).to_contain_text("Ask the team lead to be let in")


def test_the_page_says_that_the_provider_let_nobody_in(page, site):
    page.goto(site.address + "/?sort=likes")
    choose(page, site, "Deny")
    expect(page.get_by_role("alert")).to_contain_text("You were not signed in: ", timeout=PATIENCE_MS)
    assert page.url == site.address + "/?sort=likes"


@pytest.fixture
def front(tmp_path):
    front = Nginx(tmp_path, "below-a-path.conf")
    yield front
    front.stop()


def test_below_a_path_a_reader_comes_back_to_the_view(browser, front, xmonitor, public_provider, feed):
    public = front.address + "/xm"
    site = Feed(xmonitor, feed.database, public_provider, XMONITOR_WEB_ROOT=xmonitor.environment["XMONITOR_WEB_ROOT"], XMONITOR_PUBLIC_URL=public)
    front.start(site.address)
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{public}/?significant=true")
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_role("button", name="ann", exact=True).click()
    page.wait_for_url(f"{public}/?significant=true")
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    assert fetch(page, "/xm/v1/me")["json"]["may_read"]
    assert fetch(page, "/xm/v1/auth/sign-out", "POST")["status"] == 200
    context.close()
    site.stop()
