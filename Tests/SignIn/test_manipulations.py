"""Each manipulation is refused with its own code in the log, opens no session, and hinders no later sign-in."""

import hashlib
import hmac
import time
from urllib.parse import urlencode

import pytest

from misbehaving_provider import RSAKey, base64url, token
from reader import ATTEMPT, SESSION, outcome

NOW = int(time.time())


def hmac_by(key):
    return lambda data: hmac.digest(key, data, hashlib.sha256)


CLAIMS = {
    "nonce_mismatch": [{"nonce": "another"}, {"nonce": None}, {"nonce": 1}],
    "issuer_mismatch": [{"iss": "https://accounts.evil.example"}, {"iss": None}, {"iss": ["http://127.0.0.1"]}],
    "audience_mismatch": [{"aud": "another"}, {"aud": ["another"]}, {"aud": []}, {"aud": None}, {"aud": "xmonitor2"}, {"aud": {"xmonitor": 1}}],
    "azp_mismatch": [{"azp": "another"}, {"aud": ["xmonitor", "another"]}, {"aud": ["xmonitor", "another"], "azp": "another"}, {"azp": 1}],
    "token_expired": [{"exp": NOW - 3_600}, {"exp": 0}, {"exp": -1e300}],
    "token_not_yet_valid": [{"nbf": NOW + 36_000}, {"iat": NOW + 36_000}, {"nbf": 1e300}],
    "token_malformed": [{"exp": None}, {"iat": None}, {"exp": "tomorrow"}, {"sub": None}, {"sub": "x" * 256}],
    "email_missing": [{"email": None}, {"email": ""}, {"email": "ann"}, {"email": "a@b@c"}, {"email": "a b@c"}, {"email": ["ann@example.com"]}],
    "email_unverified": [{"email_verified": False}, {"email_verified": None}, {"email_verified": "false"}, {"email_verified": 1}],
}


def unsigned(alg):
    return lambda provider: lambda header, claims: token(header | {"alg": alg}, claims, lambda _: b"")


TOKENS = {
    "alg-none": ("token_unsigned", unsigned("none")),
    "alg-None": ("token_unsigned", unsigned("None")),
    "no-signature": ("token_unsigned", unsigned("RS256")),
    "no-alg": ("token_unsigned", lambda provider: lambda header, claims: token({"kid": "first"}, claims, provider.first.sign)),
    "hs256-public-key": ("algorithm_refused", lambda provider: lambda header, claims: token(header | {"alg": "HS256"}, claims, hmac_by(provider.first.pem))),
    "hs256-secret": ("algorithm_refused", lambda provider: lambda header, claims: token(header | {"alg": "HS256"}, claims, hmac_by(b"secret"))),
    "rs256-is-hmac": ("signature_invalid", lambda provider: lambda header, claims: token(header, claims, hmac_by(provider.first.pem))),
    "other-algorithm-of-key": ("algorithm_refused", lambda provider: lambda header, claims: token(header | {"alg": "RS512"}, claims, provider.first.sign)),
    "other-key": ("signature_invalid", lambda provider: lambda header, claims: token(header, claims, RSAKey("first").sign)),
    "own-key-in-header": ("signature_invalid", lambda provider: lambda header, claims: with_own_key(header, claims)),
    "changed": ("signature_invalid", lambda provider: lambda header, claims: changed(provider, header, claims)),
    "critical-extension": ("token_malformed", lambda provider: lambda header, claims: token(header | {"crit": ["b64"], "b64": False}, claims, provider.first.sign)),
    "huge-number-in-header": ("token_unsigned", lambda provider: lambda header, claims: token({"alg": 1e300}, claims, provider.first.sign)),
    "two-parts": ("token_malformed", lambda provider: lambda header, claims: "a.b"),
    "no-base64": ("token_malformed", lambda provider: lambda header, claims: "!.!.!"),
    "empty": ("token_malformed", lambda provider: lambda header, claims: ""),
    "number": ("token_malformed", lambda provider: lambda header, claims: 1),
    "claims-are-no-object": ("token_malformed", lambda provider: lambda header, claims: token(header, [], provider.first.sign)),
}


def with_own_key(header, claims):
    own = RSAKey("first")
    return token(header | {"jwk": own.public, "jku": "https://evil.example/jwks"}, claims, own.sign)


def changed(provider, header, claims):
    parts = token(header, claims, provider.first.sign).split(".")
    return ".".join([parts[0], base64url(claims | {"email": "eve@example.com"}), parts[2]])


def assert_refused(feed, reader, answer, code, told):
    assert outcome(answer) == told
    assert SESSION not in reader.cookies
    assert feed.refusals(answer) == [code]
    assert reader.reads() == 401


def assert_recovers(provider, feed):
    provider.behave()
    reader = feed.reader()
    assert outcome(reader.sign_in()) is None
    assert reader.reads() == 200


@pytest.mark.parametrize(("code", "claims"), [(code, claims) for code, cases in CLAIMS.items() for claims in cases])
def test_claims(feed, provider, reader, code, claims):
    provider.claims = claims
    answer = reader.sign_in()
    assert_refused(feed, reader, answer, code, "denied" if code.startswith("email") else "failed")
    assert_recovers(provider, feed)


@pytest.mark.parametrize("case", TOKENS)
def test_tokens(feed, provider, reader, case):
    code, make = TOKENS[case]
    provider.encode = make(provider)
    assert_refused(feed, reader, reader.sign_in(), code, "failed")
    assert_recovers(provider, feed)


def test_a_clock_that_is_a_little_wrong_does_no_harm(provider, feed):
    now = int(time.time())
    for claims in ({"exp": now - 30}, {"iat": now + 30, "nbf": now + 30}):
        provider.claims = claims
        assert outcome(feed.reader().sign_in()) is None


@pytest.mark.parametrize("state", ["another", None])
def test_another_state(feed, provider, reader, state):
    provider.answer = {"state": state}
    answer = reader.sign_in()
    assert_refused(feed, reader, answer, "state_mismatch", "failed")
    # The answer to the attempt itself is still taken: somebody else's cannot end it.
    assert ATTEMPT in reader.cookies
    assert_recovers(provider, feed)


def test_a_browser_that_began_nothing(feed, reader):
    location = reader.at_provider(reader.begin())
    victim = feed.reader()
    assert_refused(feed, victim, victim.end(location), "state_missing", "expired")


def test_an_attempt_of_another_browser(feed, reader):
    location, victim = reader.at_provider(reader.begin()), feed.reader()
    victim.begin()
    assert_refused(feed, victim, victim.end(location), "state_mismatch", "failed")


def test_a_replayed_code(feed, reader):
    location, cookies = reader.at_provider(reader.begin()), dict(reader.cookies)
    assert outcome(reader.end(location)) is None
    # Without the cookie, which is gone, and with a copy of it.
    thief = feed.reader()
    assert_refused(feed, thief, thief.end(location), "state_missing", "expired")
    thief.cookies = cookies
    assert_refused(feed, thief, thief.end(location), "code_refused", "failed")


def inject(provider, reader, client):
    """A code that was issued for another attempt, in the answer to the reader's own."""
    reader.begin()
    state = reader.at_provider(reader.begin()).partition("state=")[2].partition("&")[0]
    stranger = {"redirect_uri": reader.address + "/api/v1/auth/callback", "nonce": "n", "code_challenge": "c"}
    code = provider.issue_code(client, stranger)
    return reader.get("/v1/auth/callback?" + urlencode({"code": code, "state": state}))


@pytest.mark.parametrize("client", ["another", "xmonitor"])
def test_a_code_of_another_client_or_attempt(feed, provider, reader, client):
    assert_refused(feed, reader, inject(provider, reader, client), "code_refused", "failed")
    assert_recovers(provider, feed)


def test_a_mix_up_of_providers(feed, provider, reader):
    provider.answer = {"iss": "https://another.example"}
    before = provider.asked("/token")
    assert_refused(feed, reader, reader.sign_in(), "response_issuer_mismatch", "failed")
    assert provider.asked("/token") == before
    provider.answer = {"iss": provider.issuer}
    assert outcome(reader.sign_in()) is None


def test_a_provider_that_names_itself_always_and_now_does_not(provider, new_feed):
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    feed = new_feed()
    reader = feed.reader()
    before = provider.asked("/token")
    assert_refused(feed, reader, reader.sign_in(), "response_issuer_mismatch", "failed")
    assert provider.asked("/token") == before
    provider.answer = {"iss": provider.issuer}
    assert outcome(reader.sign_in()) is None


@pytest.mark.parametrize(("error", "code", "told"), [
    ("access_denied", "denied_by_provider", "denied"), ("server_error", "provider_unavailable", "unavailable"), ("<script>", "denied_by_provider", "denied")])
def test_the_provider_says_no(feed, provider, reader, error, code, told):
    provider.answer = {"code": None, "error": error}
    answer = reader.sign_in("/?q=1")
    assert_refused(feed, reader, answer, code, told)
    assert answer.headers["Location"] == f"{feed.address}/?q=1&sign_in={told}"


def test_an_answer_without_a_code(feed, provider, reader):
    provider.answer = {"code": None}
    assert_refused(feed, reader, reader.sign_in(), "code_missing", "failed")


def test_a_wrong_secret_is_the_operators_fault(provider, new_feed):
    feed = new_feed(XMONITOR_OIDC_CLIENT_SECRET="wrong")
    reader = feed.reader()
    assert_refused(feed, reader, reader.sign_in(), "client_refused", "failed")


def test_user_info_of_somebody_else(feed, provider, reader):
    provider.claims, provider.user_info = {"email": None}, {"sub": "2", "email": "eve@example.com", "email_verified": True}
    assert_refused(feed, reader, reader.sign_in(), "token_malformed", "failed")


def test_the_user_info_overwrites_nothing(provider, reader):
    provider.claims = {"email": None, "email_verified": None}
    provider.user_info = {"sub": "1", "email": "ann@example.com", "email_verified": True, "hd": "evil.example", "name": "Eve"}
    reader.sign_in()
    assert reader.me()["name"] == "Ann Example" and reader.me()["may_read"]
