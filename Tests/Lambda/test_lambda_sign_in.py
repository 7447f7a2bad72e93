"""Readers sign in at a function that has no database, and read at the one that has."""

from urllib.parse import urlsplit

import pytest
import requests

from function_settings import PUBLIC_URL
from gateway_events import HTTPAnswer, http_event
from support.public_provider import provider

KEYS = "s" * 64
SESSION = "__Host-xmonitor"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    with provider(tmp_path_factory.mktemp("provider") / "provider.log") as address:
        yield address


@pytest.fixture
def oidc(issuer):
    return {
        "XMONITOR_READ_ACCESS": "oidc", "XMONITOR_OIDC_ISSUER": issuer, "XMONITOR_OIDC_CLIENT_ID": "xmonitor", "XMONITOR_SIGN_IN_DOMAINS": "example.com",
        "XMONITOR_OIDC_CLIENT_SECRET": "a-client-secret", "XMONITOR_SESSION_KEYS": KEYS}


class Browser:
    """Keeps cookies, and takes each request to the function that the gateway would take it to."""

    def __init__(self, auth, api):
        self.auth, self.api, self.cookies = auth, api, {}

    def send(self, method, target, headers=()):
        function = self.auth if "/auth/" in target else self.api
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = HTTPAnswer(function.invoke(http_event(method, target, [*headers, *([("cookie", cookie)] if cookie else [])])))
        for line in answer.cookies:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        return answer

    def sign_in(self, person):
        begun = self.send("GET", "/v1/auth/sign-in?return=%2Fposts%2F1")
        assert begun.status == 303, begun.body
        at_provider = requests.post(begun.headers["location"], data={"sub": person}, allow_redirects=False, timeout=60)
        assert at_provider.status_code == 302, at_provider.text
        back = urlsplit(at_provider.headers["location"])
        assert f"{back.scheme}://{back.netloc}" == PUBLIC_URL
        return self.send("GET", f"{back.path}?{back.query}")


@pytest.fixture
def browser(function, sample, oidc):
    auth, api = function("auth", **oidc), function("api", sample, **oidc)
    return Browser(auth.start(), api.start())


def test_a_reader_signs_in_reads_and_leaves(browser):
    assert browser.send("GET", "/v1/feed").status == 401
    ended = browser.sign_in("ann")
    assert ended.status == 303 and ended.headers["location"] == f"{PUBLIC_URL}/posts/1", (ended.headers, browser.auth.log.read_text())
    # One answer sets the session and clears the attempt.
    assert len(ended.cookies) == 2 and SESSION in browser.cookies
    me = browser.send("GET", "/v1/me")
    assert me.json["signed_in"] and me.json["may_read"] and me.json["email"] == "ann@example.com"
    assert browser.send("GET", "/v1/feed").status == 200
    left = browser.send("POST", "/v1/auth/sign-out", [("origin", PUBLIC_URL)])
    assert left.status == 200 and SESSION not in browser.cookies
    assert browser.send("GET", "/v1/feed").status == 401


def test_somebody_of_elsewhere_reads_nothing(browser):
    browser.sign_in("eve")
    assert browser.send("GET", "/v1/feed").status == 403
    assert "domain_not_allowed" in browser.auth.log.read_text()


def test_the_sign_in_is_all_that_is_there(function, oidc):
    """It has no database, and is told of none."""
    auth = function("auth", **oidc).start()
    for target in ("/v1/feed", "/v1/me", "/v1/changes", "/v1/health", "/v1/audit", "/health/live", "/v1/openapi.yaml", "/", "/v1/posts/1"):
        answer = HTTPAnswer(auth.invoke(http_event("GET", target)))
        assert (answer.status, answer.json["code"]) == (404, "not_found"), target
    for method, target in (("GET", "/v1/auth/sign-in"), ("GET", "/api/v1/auth/sign-in"), ("GET", "/v1/auth/callback?state=a&code=b")):
        assert HTTPAnswer(auth.invoke(http_event(method, target))).status == 303
    assert HTTPAnswer(auth.invoke(http_event("PUT", "/v1/auth/sign-in"))).status == 405


def test_where_nobody_signs_in_the_function_says_so(function):
    auth = function("auth").start()
    assert HTTPAnswer(auth.invoke(http_event("GET", "/v1/auth/sign-in"))).json["code"] == "not_found"
