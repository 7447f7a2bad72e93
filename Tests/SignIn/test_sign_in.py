"""Sign-in as it should go, with a provider that behaves."""

import re

import pytest
import requests

from reader import ATTEMPT, SESSION, outcome
from support.psql import sql
from support.waiting import until


def test_a_reader_signs_in_reads_and_signs_out(feed, reader):
    assert reader.reads() == 401
    assert not reader.me()["signed_in"]
    answer = reader.sign_in("/?tier=teammate&q=a%20b")
    assert outcome(answer) is None
    assert answer.headers["Location"] == feed.address + "/?tier=teammate&q=a%20b"
    assert set(reader.cookies) == {SESSION}
    assert reader.reads() == 200
    me = reader.me()
    assert (me["access"], me["signed_in"], me["may_read"], me["can_sign_in"]) == ("oidc", True, True, True)
    assert (me["name"], me["email"], me["scopes"], me["contact"]) == ("Ann Example", "ann@example.com", ["read"], "the team lead")
    answer = reader.send("POST", "/api/v1/auth/sign-out", Sec_Fetch_Site="same-origin")
    assert answer.json()["end_session_url"].split("?")[0].endswith("/end")
    assert not reader.cookies
    assert reader.reads() == 401


def test_the_log_names_readers_and_no_secret(feed, provider, reader):
    location = reader.at_provider(reader.begin())
    cookies = dict(reader.cookies)
    answer = reader.end(location)
    reader.reads()
    log = feed.logs('"message":"A reader signed in."', '"route":"/v1/feed","principal":"ann@example.com"')
    assert answer.headers["x-request-id"] in log
    secrets = [*cookies.values(), *reader.cookies.values(), re.search("code=([^&]+)", location)[1], re.search("state=([^&]+)", location)[1]]
    assert not any(secret in log for secret in secrets)


@pytest.mark.parametrize("key", ["elliptic", "first"])
@pytest.mark.parametrize("claims", [
    {"aud": ["xmonitor"]}, {"aud": ["xmonitor", "another"], "azp": "xmonitor"}, {"azp": "xmonitor"}, {"email_verified": "true"}, {"nbf": 0},
    {"name": None}, {"groups": ["a"] * 5_000}, {"name": "x" * 5_000}, {"extra": {"a": [1, 2.5e300, None]}},
])
def test_what_providers_write_differently_is_taken(provider, reader, key, claims):
    provider.key, provider.claims = getattr(provider, key), claims
    assert outcome(reader.sign_in()) is None
    assert reader.reads() == 200


def test_a_key_without_a_name_and_keys_of_other_kinds_are_no_hindrance(provider, new_feed):
    public = {name: value for name, value in provider.first.public.items() if name not in ("kid", "alg", "use")}
    provider.published = [{"kty": "oct", "k": "AAAA", "kid": "first"}, {"kty": "new"}, provider.elliptic.public, provider.first.public | {"use": "enc", "kid": "e"}, public]
    provider.header = {"kid": None}
    reader = new_feed().reader()
    assert outcome(reader.sign_in()) is None


def test_claims_may_come_from_the_user_info(provider, reader):
    provider.claims = {"email": None, "email_verified": None, "name": None}
    provider.user_info = {"sub": "1", "email": "ann@example.com", "email_verified": True, "name": "Ann"}
    assert outcome(reader.sign_in()) is None
    assert reader.me()["name"] == "Ann"


@pytest.mark.parametrize("methods", [None, ["client_secret_post"], ["client_secret_basic"]])
def test_the_secret_is_sent_as_the_provider_takes_it(provider, new_feed, methods):
    if methods:
        provider.metadata = {"token_endpoint_auth_methods_supported": methods}
    assert outcome(new_feed().reader().sign_in()) is None


def test_who_is_not_named_is_signed_in_and_reads_nothing(feed, provider, reader):
    provider.claims = {"hd": "other.example", "email": "eve@example.com"}
    answer = reader.sign_in()
    assert outcome(answer) is None
    assert feed.refusals(answer) == ["domain_not_allowed"]
    assert reader.reads() == 403
    assert reader.me() | {"expires_at": None} == {
        "access": "oidc", "signed_in": True, "may_read": False, "can_sign_in": True, "name": "Ann Example", "email": "eve@example.com", "scopes": [],
        "contact": "the team lead", "expires_at": None}
    # Who signs in again is asked which account he wants.
    assert "prompt=select_account" in reader.begin()


@pytest.mark.parametrize("rule", [
    {"XMONITOR_SIGN_IN_EMAILS": "bob@example.com, ANN@example.com"}, {"XMONITOR_SIGN_IN_GROUPS": "feed", "XMONITOR_OIDC_GROUPS_CLAIM": "roles"},
    {"XMONITOR_SIGN_IN_EMAILS": "*"},
])
def test_who_is_named_otherwise_reads(provider, new_feed, rule):
    provider.claims = {"hd": None, "roles": [str(number) for number in range(1_000)] + ["feed"]}
    reader = new_feed(**({"XMONITOR_SIGN_IN_DOMAINS": ""} | rule)).reader()
    assert outcome(reader.sign_in()) is None
    assert reader.reads() == 200


def test_a_sign_in_goes_from_one_server_to_another(feed, new_feed):
    another = new_feed(XMONITOR_PUBLIC_URL=feed.address)
    reader = feed.reader()
    location = reader.at_provider(reader.begin())
    reader.address = another.address
    assert outcome(reader.end(location)) is None
    assert reader.reads() == 200
    reader.address = feed.address
    assert reader.reads() == 200


def test_keys_of_sessions_rotate(feed, new_feed):
    reader = feed.reader()
    reader.sign_in()
    reader.address = new_feed(XMONITOR_SESSION_KEYS="b" * 32 + "," + "a" * 32).address
    assert reader.reads() == 200
    reader.address = new_feed(XMONITOR_SESSION_KEYS="b" * 32).address
    assert reader.reads() == 401


def test_revoked_sessions_end_on_every_server(feed, new_feed, xmonitor):
    another, ann = new_feed(), feed.reader()
    ann.sign_in()
    xmonitor.environment["DATABASE_URL"] = feed.database
    xmonitor("sessions", "revoke", "--email", "bob@example.com")
    for whose in (["--email", "Ann@Example.com"], ["--all"]):
        assert "have ended" in xmonitor("sessions", "revoke", *whose)
        for server in (feed, another):
            ann.address = server.address
            until(lambda: ann.reads() == 401, patience=60)
        # Who may enter can sign in again.
        ann.address = feed.address
        ann.sign_in()
        assert ann.reads() == 200
    rows = sql(feed.database, "SELECT subject, details ? 'ended_before' FROM audit_events WHERE action = 'sessions.revoked' ORDER BY id").split("\n")
    assert rows[-3:] == ["bob@example.com|t", "ann@example.com|t", "|t"]
    assert "no e-mail" in xmonitor.fails("sessions", "revoke", "--email", "ann")
    assert "--all" in xmonitor.fails("sessions", "revoke")


def test_a_cookie_never_writes(reader):
    reader.sign_in()
    answer = reader.send("POST", "/v1/ingest/runs", Content_Type="application/json", Sec_Fetch_Site="same-origin")
    assert answer.status_code == 403


def test_a_page_of_another_site_signs_nobody_out(reader):
    reader.sign_in()
    for headers in ({}, {"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert reader.send("POST", "/v1/auth/sign-out", **headers).status_code == 403
    assert reader.cookies[SESSION]
    assert reader.send("POST", "/v1/auth/sign-out", Origin=reader.address).status_code == 200


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/", "/\\evil.example", "/%09/evil.example", "/v1/auth/sign-in"])
def test_nobody_is_led_elsewhere(feed, reader, path):
    answer = reader.sign_in(path)
    expected = path if path.startswith("/%09") else "/"
    assert answer.headers["Location"] == feed.address + expected


def test_a_long_view_is_come_back_to_and_a_longer_one_is_the_front_page(feed, reader):
    path = "/?q=" + "a/" * 990
    assert reader.sign_in(path).headers["Location"] == feed.address + path
    assert reader.sign_in(path + "a" * 100).headers["Location"] == feed.address + "/"


def test_forwarded_headers_lead_nowhere(feed, reader):
    hostile = {"Host": "evil.example", "X_Forwarded_Host": "evil.example", "Forwarded": "host=evil.example", "X_Forwarded_Proto": "gopher"}
    location = reader.get("/v1/auth/sign-in", **hostile).headers["Location"]
    assert "evil" not in location
    assert requests.utils.quote(feed.address + "/api/v1/auth/callback", safe="") in location
    assert ATTEMPT in reader.cookies
