"""With sign-in, `serve` refuses to start before it is said who may enter and how, and each refusal says what to set."""

import pytest

GOOD = {
    "XMONITOR_READ_ACCESS": "oidc", "XMONITOR_PUBLIC_URL": "https://feed.example.com", "XMONITOR_OIDC_ISSUER": "https://accounts.example.com",
    "XMONITOR_OIDC_CLIENT_ID": "xmonitor", "XMONITOR_SIGN_IN_DOMAINS": "example.com", "XMONITOR_SESSION_KEYS": "k" * 32,
}


def test_these_are_enough(xmonitor):
    xmonitor.environment |= GOOD
    xmonitor("config")
    assert "k" * 32 not in xmonitor.stdout


@pytest.mark.parametrize("name", [name for name in GOOD if name != "XMONITOR_READ_ACCESS"])
def test_none_is_to_be_left_out(xmonitor, name):
    xmonitor.environment |= GOOD | {name: ""}
    assert name in xmonitor.fails("config")


@pytest.mark.parametrize(("name", "value", "said"), [
    ("XMONITOR_OIDC_ISSUER", "http://accounts.example.com", "https://"), ("XMONITOR_OIDC_ISSUER", "accounts.example.com", "https://"),
    ("XMONITOR_OIDC_ISSUER", "https://accounts.example.com?x=1", "https://"), ("XMONITOR_PUBLIC_URL", "http://feed.example.com", "https://"),
    ("XMONITOR_SESSION_KEYS", "k" * 31, "openssl rand"), ("XMONITOR_SESSION_KEYS", "k" * 32 + ",short", "openssl rand"), ("XMONITOR_SESSION_KEYS", ",", "openssl rand"),
    ("XMONITOR_SIGN_IN_DOMAINS", "*", "without *"), ("XMONITOR_SIGN_IN_DOMAINS", "@example.com", "without @"), ("XMONITOR_SIGN_IN_EMAILS", "ann", "no e-mail"),
    ("XMONITOR_OIDC_SCOPES", "email", "openid"), ("XMONITOR_SESSION_IDLE", "0", "integer"), ("XMONITOR_SESSION_MAXIMUM", "x", "integer"),
])
def test_what_cannot_be_is_refused(xmonitor, name, value, said):
    xmonitor.environment |= GOOD | {name: value}
    message = xmonitor.fails("config")
    assert name in message and said in message
    assert "short" not in message and "k" * 31 not in message


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://localhost:9", "http://[::1]:9"])
def test_on_this_machine_plain_http_is_enough(xmonitor, address):
    xmonitor.environment |= GOOD | {"XMONITOR_OIDC_ISSUER": address, "XMONITOR_PUBLIC_URL": address}
    xmonitor("config")
