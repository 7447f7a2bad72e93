"""The files for other hosts say what `xmonitor` does."""

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from helpers import drawer_shows, ids_of
from static_host import ROOT, StaticHost, headers, served

FILES = [f"/{path.relative_to(ROOT / 'web').as_posix()}" for path in (ROOT / "web").rglob("*") if path.is_file()]
PLACES = ["/", "/posts/1890000000000000001", "/posts/1890000000000000001/", "/docs", "/docs/"]
NOWHERE = ["/nothing", "/posts/1/2", "/posts", "/docs/nothing", "/js", "/index.htm"]
# Only where the host itself speaks TLS; the server may stand behind one that does.
OWN = {"strict-transport-security"}
OF_ONE_ANSWER = {"connection", "content-type", "content-length", "date", "etag", "vary", "x-request-id"}


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_every_file_and_place_is_the_same_with_the_same_headers(base_url):
    for path in FILES + PLACES:
        status, file = served(path)
        there, sent, body = fetch(base_url + path)
        assert (path, status, file.read_bytes()) == (path, there, body)
        assert {name: sent[name] for name in headers()} == {name: None if name in OWN else value for name, value in headers().items()}
        assert {name.lower() for name in sent} - OF_ONE_ANSWER == set(headers()) - OWN


def test_what_is_nowhere_is_nowhere(base_url):
    assert [(path, served(path)[0]) for path in NOWHERE] == [(path, fetch(base_url + path)[0]) for path in NOWHERE] == [(path, 404) for path in NOWHERE]


def test_a_person_at_a_wrong_address_finds_a_way_on(open_page, base_url, host):
    for address in (base_url, host.url):
        for path in ("/feed", "/help", "/posts/1/2"):
            page = open_page("/health/live", wait=False)
            assert page.goto(address + path).status == 404
            expect(page.get_by_role("heading", name="There is no page at this address")).to_be_visible()
            assert page.get_by_role("link").evaluate_all("links => links.map((link) => new URL(link.href).pathname)") == ["/", "/overview.html", "/docs"]
        page.goto(f"{address}/overview")
        assert page.url == f"{address}/overview.html"


@pytest.fixture
def host(base_url):
    host = StaticHost(base_url)
    yield host
    host.shutdown()
    host.server_close()


@pytest.mark.parametrize("path", ["/v1/feed?limit=3&tier=teammate&tier=none", "/api/v1/feed?limit=3&q=a%20%26", "/v1/posts/no-such-post", "/api/v1/feed?limit=many"])
def test_the_api_is_asked_by_both_of_its_paths(base_url, host, path):
    there, here = fetch(base_url + path), fetch(host.url + path)
    assert there[0] == here[0]
    assert [{**json.loads(body), "request_id": ""} for _, _, body in (there, here)] == 2 * [{**json.loads(there[2]), "request_id": ""}]


def test_the_page_works_on_a_host_with_these_settings(open_page, api, host):
    expected = ids_of(api.feed(significant="true"))[0]
    page = open_page(f"{host.url}/posts/{expected}?significant=true", prepare=lambda page: page.route("**/v1/stream*", lambda route: route.abort()))
    drawer_shows(page, expected)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Help and keyboard shortcuts").click()
    page.get_by_role("link", name="the API").click()
    page.wait_for_url(f"{host.url}/docs")
    expect(page.locator("#description")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_role("heading", name="XMonitor")).to_be_visible()
