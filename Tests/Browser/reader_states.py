"""A page for the reader that a test names: open, signed in, signed out, or not allowed."""

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from helpers import answer, problem

OPEN = {"access": "open", "signed_in": False, "may_read": True, "can_sign_in": False, "name": None, "email": None, "scopes": [], "contact": None,
        "expires_at": None}
PUBLIC = OPEN | {"access": "public"}
OUT = OPEN | {"access": "oidc", "may_read": False, "can_sign_in": True, "contact": "archive@example.com"}
KEYS = OUT | {"access": "keys", "can_sign_in": False}
IN = OUT | {"signed_in": True, "may_read": True, "name": "Ada Lovelace", "email": "ada@example.com", "scopes": ["read"], "expires_at": "2027-01-01T00:00:00.000000Z"}
STRANGER = IN | {"may_read": False, "scopes": [], "name": "Charles Babbage", "email": "charles@elsewhere.example"}

READS = re.compile(r"/v1/(feed|posts|stats|facets|freshness|watch-accounts|runs|stream|changes)")
SIGN_IN = re.compile(r"/v1/auth/sign-in\?")


def back_from_the_provider(page, code=""):
    """Signing in at a provider that lets everybody in, or answers with `code`; the reader is then who the test says."""

    def answer_sign_in(route):
        page.returned = urllib.parse.parse_qs(urllib.parse.urlsplit(route.request.url).query)["return"][0]
        where = page.returned.replace("sign_in=done", f"sign_in={code}") if code else page.returned
        route.fulfill(content_type="text/html", body=f'<title>Provider</title><a href="{where.replace("&", "&amp;")}">Let me in</a>')

    page.route(SIGN_IN, answer_sign_in)


def end_session(page):
    page.me = OUT
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#trouble").get_by_role("link", name="Sign in")).to_be_visible()


def sign_in(page):
    page.get_by_role("link", name="Sign in").click()
    page.me = IN
    page.get_by_role("link", name="Let me in").click()


@pytest.fixture
def open_as(open_page):
    """Opens a page for `me`; `page.me` may become another in the middle."""

    def open_as(me, path="/", prepare=None, **options):
        def routes(page):
            page.me, page.asked_me = me, 0
            page.route("**/v1/me", take_me)
            page.route(READS, take)
            page.route("**/v1/stream*", lambda route: route.abort())
            if prepare:
                prepare(page)

        return open_page(path, prepare=routes, **options)

    def take_me(route):
        page = route.request.frame.page
        page.asked_me += 1
        return answer(route, page.me) if page.me else answer(route, problem(404, "Not Found", code="not_found"), 404)

    def take(route):
        me = route.request.frame.page.me or OPEN
        if me["may_read"]:
            return route.continue_()
        if me["signed_in"]:
            return answer(route, problem(403, "Forbidden", "Signed in, you may not read.", code="forbidden"), 403)
        return answer(route, problem(401, "Unauthorized", "Sign in at /v1/auth/sign-in.", code="unauthorized"), 401)

    return open_as
