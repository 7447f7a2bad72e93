"""A real browser against a running server with the sample data: XMONITOR_TEST_URL=http://127.0.0.1:8080 pytest Tests/Browser

The browser itself is in ../conftest.py.
"""

import json
import os
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

from live_feed import open_feed  # noqa: F401, a fixture
from reader_states import open_as  # noqa: F401, a fixture
from seen_before import open_since, sample  # noqa: F401, fixtures

# Generous, because a time is never what a test is about: it only says when to give up.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def base_url():
    url = os.environ.get("XMONITOR_TEST_URL", "").rstrip("/")
    if not url:
        pytest.fail("Set XMONITOR_TEST_URL to the base URL of a running XMonitor server that holds the sample data.", pytrace=False)
    return url


class Api:
    """The server asked directly, as the truth the page is held against."""

    def __init__(self, base_url):
        self.base_url = base_url

    def get(self, path, **query):
        search = urllib.parse.urlencode(query, doseq=True)
        with urllib.request.urlopen(f"{self.base_url}/v1{path}{'?' + search if search else ''}", timeout=60) as answer:
            return json.load(answer)

    def feed(self, **query):
        return self.get("/feed", **query)["items"]

    def everything(self, most=400, **query):
        items, page = [], self.get("/feed", **query)
        while True:
            items += page["items"]
            if page["next_cursor"] is None or len(items) >= most:
                return items
            page = self.get("/feed", cursor=page["next_cursor"], **query)

    def post_with_history(self):
        for item in self.feed(significant="true", reported="true", limit=100):
            full = self.get(f"/posts/{item['status_id']}")
            if len({snapshot["snapshot_at"] for snapshot in full["snapshots"]}) > 1:
                return full
        pytest.fail("The sample has no significant, reported post with two observations.")


@pytest.fixture(scope="session")
def api(base_url):
    return Api(base_url)


@pytest.fixture
def open_page(browser, base_url):
    """Opens pages in fresh contexts; whatever goes wrong in the browser while a test runs is kept on `page.faults`."""
    contexts = []

    def open_page(path="/", *, wait=True, prepare=None, width=1100, height=900, **options):
        context = browser.new_context(base_url=base_url, viewport={"width": width, "height": height}, **{"timezone_id": "Europe/Berlin", **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(f"exception: {error}"))
        page.on("console", lambda message: page.faults.append(message.text) if "Security Policy" in message.text or "Trusted" in message.text else None)
        if prepare:
            prepare(page)
        page.goto(path)
        if wait:
            expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
        return page

    yield open_page
    faults = [fault for context in contexts for page in context.pages for fault in getattr(page, "faults", [])]
    for context in contexts:
        context.close()
    assert faults == []
