"""Nobody reads from elsewhere unless that was said."""

import json

import pytest
import requests

from support.ingest_server import KEY


@pytest.mark.parametrize("command", ["serve", "up", "config"])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "feed.example.com", "127.0.0.1.example.com"])
def test_where_others_reach_it_the_server_does_not_start_until_somebody_says_who_reads(xmonitor, command, host):
    xmonitor.environment |= {"XMONITOR_HOST": host, "DATABASE_URL": "postgresql:///none"}
    message = xmonitor.fails(command)
    assert host in message and "XMONITOR_READ_ACCESS" in message
    for choice in ("keys (only holders of a key", "oidc (readers who sign in", "public (everybody who reaches the address)"):
        assert choice in " ".join(message.split())


@pytest.mark.parametrize("command", ["serve", "up", "config"])
@pytest.mark.parametrize(("name", "value"), [
    ("XMONITOR_TRUSTED_PROXIES", "127.0.0.1"), ("XMONITOR_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1"),
    ("XMONITOR_PUBLIC_URL", "https://feed.example.com"), ("XMONITOR_PUBLIC_URL", "http://192.0.2.1:8080/feed/"),
    ("XMONITOR_PUBLIC_URL", "http://127.0.0.1.example.com")])
def test_behind_a_proxy_on_this_machine_it_does_not_start_either(xmonitor, command, name, value):
    xmonitor.environment |= {name: value, "DATABASE_URL": "postgresql:///none"}
    message = xmonitor.fails(command)
    assert f"{name} is {value}," in message and "XMONITOR_READ_ACCESS" in message


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://LocalHost/feed", "https://[::1]:8443"])
def test_an_address_of_this_machine_brings_nobody(xmonitor, url):
    xmonitor.environment["XMONITOR_PUBLIC_URL"] = url
    xmonitor("config")
    assert xmonitor.stderr == ""


@pytest.mark.parametrize("word", ["open", "Keys", "private", "true"])
def test_another_word_is_refused(xmonitor, word):
    xmonitor.environment |= {"XMONITOR_READ_ACCESS": word, "DATABASE_URL": "postgresql:///none"}
    assert "keys, oidc or public" in xmonitor.fails("serve")


def test_on_loopback_reading_is_open_and_the_log_says_so(archive, serve):
    server = serve(archive)
    assert requests.get(server.address + "/v1/feed", timeout=60).status_code == 200
    [line] = [json.loads(line) for line in server.logs("Reading is open").splitlines() if "Reading is open" in line]
    assert line["level"] == "info"


def test_public_is_public_and_says_so(archive, serve):
    server = serve(archive, XMONITOR_READ_ACCESS="public")
    answer = requests.get(server.address + "/v1/feed", timeout=60)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-cache"
    server.logs("Everybody who reaches this address can read")


def test_with_keys_nobody_else_reads_and_no_cache_keeps_what_is_read(archive, serve, xmonitor):
    server = serve(archive, XMONITOR_READ_ACCESS="keys")
    key = json.loads(xmonitor("keys", "create", "--name", "ada", "--scopes", "read", "--json"))["key"]

    def get(path, **headers):
        return requests.get(server.address + path, headers={name.replace("_", "-"): value for name, value in headers.items()}, timeout=60)

    while get("/v1/feed", x_api_key=key).status_code == 401:
        pass  # in force within a minute
    for path in ("/v1/feed", "/v1/feed.csv", "/v1/posts/1", "/v1/stats/summary", "/v1/stream", "/api/v1/feed", "/v1/openapi.yaml"):
        refused = get(path)
        assert (refused.status_code, refused.json()["code"]) == (401, "unauthorized")
        assert refused.headers["cache-control"] == "no-store" and "www-authenticate" in refused.headers
        # The key for writing does not read.
        assert get(path, x_api_key=KEY).status_code == 403
    answer = get("/v1/feed", x_api_key=key)
    assert answer.headers["cache-control"] == "private, no-cache"
    assert {"cookie", "authorization", "x-api-key"} <= {name.strip().lower() for name in answer.headers["vary"].split(",")}
    # What was kept for her is nothing for others, by its tag neither.
    again = get("/v1/feed", authorization=f"Bearer {key}", if_none_match=answer.headers["etag"])
    assert again.status_code == 304 and again.headers["cache-control"] == "private, no-cache"
    assert get("/v1/feed", if_none_match=answer.headers["etag"]).status_code == 401
    # Whether the server works is nobody's secret.
    assert get("/health/live").status_code == get("/v1/health").status_code == 200
