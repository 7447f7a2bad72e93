"""A provider that is down, slow or broken: the server starts, keys work, sign-in says so, and works again by itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from reader import SESSION, outcome
from support.waiting import until


def assert_unavailable(feed, answer, code="provider_unavailable"):
    assert outcome(answer) == "unavailable"
    assert feed.refusals(answer) == [code]


def assert_recovers(provider, feed):
    """The next attempt may come too early: a failure is not tried again at once."""
    provider.behave()
    until(lambda: outcome(feed.reader().get("/v1/auth/sign-in")) is None, patience=30)
    reader = feed.reader()
    until(lambda: outcome(reader.sign_in()) is None, patience=30)
    assert reader.reads() == 200


DISCOVERY = "/.well-known/openid-configuration"


@pytest.mark.parametrize("fault", [(500, b"{}"), (404, b""), (200, b"<html>"), (200, b"[]"), (200, b""), (200, b"{" + b" " * 300_000 + b"}"), (302, b"")])
@pytest.mark.parametrize("path", [DISCOVERY, "/jwks", "/token"])
def test_an_answer_that_is_none(provider, new_feed, path, fault):
    feed = new_feed()
    provider.faults = {path: fault}
    reader = feed.reader()
    answer = reader.get("/v1/auth/sign-in") if path == DISCOVERY else reader.sign_in()
    assert_unavailable(feed, answer)
    assert SESSION not in reader.cookies
    assert feed.client.get("/v1/ingest/batches/999999999").status == 404, "keys work"
    assert path in feed.log.read_text()
    assert_recovers(provider, feed)


@pytest.mark.parametrize("metadata", [
    {"issuer": "https://another.example"}, {"issuer": None}, {"token_endpoint": None}, {"jwks_uri": "file:///etc/passwd"}, {"jwks_uri": "http://evil.example/jwks"},
    {"authorization_endpoint": "javascript:alert(1)"}, {"token_endpoint": "https://user:password@evil.example"}, {"authorization_endpoint": 1},
])
def test_metadata_that_is_not_to_be_trusted(provider, new_feed, metadata):
    provider.metadata = metadata
    feed = new_feed()
    assert_unavailable(feed, feed.reader().get("/v1/auth/sign-in"))
    assert_recovers(provider, feed)


@pytest.mark.parametrize("path", [DISCOVERY, "/jwks", "/token"])
def test_a_provider_that_does_not_answer(provider, new_feed, path):
    feed = new_feed()
    provider.held = {path}
    reader = feed.reader()
    answer = reader.get("/v1/auth/sign-in") if path == DISCOVERY else reader.sign_in()
    assert_unavailable(feed, answer)
    provider.released.set()
    assert_recovers(provider, feed)


def test_a_provider_that_is_not_there(new_feed, provider):
    feed = new_feed(issuer="http://127.0.0.1:1", XMONITOR_OIDC_ISSUER="http://127.0.0.1:1")
    answer = feed.reader().get("/v1/auth/sign-in?return=/?q=1")
    assert_unavailable(feed, answer)
    assert answer.headers["Location"] == feed.address + "/?q=1&sign_in=unavailable"
    assert feed.client.get("/v1/ingest/batches/999999999").status == 404


def test_keys_of_the_provider_rotate(provider, new_feed):
    feed = new_feed()
    assert outcome(feed.reader().sign_in()) is None
    provider.key, provider.published = provider.elliptic, [provider.elliptic.public]
    provider.elliptic.kid = "second"
    try:
        provider.published = [provider.elliptic.public]
        before = provider.asked("/jwks")
        assert outcome(feed.reader().sign_in()) is None
        assert provider.asked("/jwks") == before + 1
        # One that is nowhere is asked for once, and then not again for a while.
        provider.header = {"kid": "nowhere"}
        for _ in range(5):
            answer = feed.reader().sign_in()
            assert outcome(answer) == "failed"
            assert feed.refusals(answer) == ["key_unknown_to_provider"]
        assert provider.asked("/jwks") <= before + 2
    finally:
        provider.elliptic.kid = "elliptic"


def test_many_who_wait_ask_once(provider, new_feed):
    feed = new_feed()
    provider.held = {DISCOVERY}
    before = provider.asked(DISCOVERY)
    with ThreadPoolExecutor(10) as pool:
        answers = [pool.submit(feed.reader().get, "/v1/auth/sign-in") for _ in range(10)]
        until(lambda: provider.asked(DISCOVERY) > before)
        provider.released.set()
        assert all(outcome(answer.result()) is None for answer in answers)
    assert provider.asked(DISCOVERY) == before + 1


def test_a_set_of_too_many_keys_is_bounded(provider, new_feed):
    feed = new_feed()
    provider.published = [provider.first.public | {"kid": str(number)} for number in range(400)] + [provider.first.public]
    reader = feed.reader()
    answer = reader.sign_in()
    assert outcome(answer) in ("failed", "unavailable")
    assert feed.refusals(answer)[0] in ("key_unknown_to_provider", "provider_unavailable")
