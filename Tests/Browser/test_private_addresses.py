"""A reader who signed in gets addresses for feed readers, which cannot: each shows one view, and is made, listed and revoked in the menu."""

import json
import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from axe import assert_clean, with_axe
from helpers import answer, choose, open_menu, problem
from reader_states import IN, OPEN, PUBLIC

TOKEN = "xmf_" + "a" * 43
OWN = [{"id": 7, "prefix": "xmf_abcd", "name": "mine", "view": "tier=teammate&sort=likes", "created_at": "2026-02-20T10:00:00.000000Z", "last_used_at": "2026-02-21T10:00:00.000000Z"},
       {"id": 8, "prefix": "xmf_efgh", "name": "all", "view": "", "created_at": "2026-02-22T10:00:00.000000Z", "last_used_at": None}]


@pytest.fixture
def open_menu_as(open_as):
    def open_menu_as(me, path="/", tokens=(), prepare=None, **options):
        def routes(page):
            page.tokens, page.made, page.revoked = list(tokens), [], []
            page.route("**/v1/me/feed-tokens", take)
            page.route("**/v1/me/feed-tokens/*", revoke)
            if prepare:
                prepare(page)

        page = open_as(me, path, prepare=routes, permissions=["clipboard-read", "clipboard-write"], **options)
        if me["signed_in"]:
            expect(page.get_by_title("Signed in as Ada Lovelace")).to_be_visible()
        open_menu(page, "share")
        return page

    def take(route):
        page = route.request.frame.page
        if route.request.method == "GET":
            return answer(route, {"items": page.tokens})
        asked = json.loads(route.request.post_data)
        page.made.append(asked)
        token = {"id": 9, "prefix": TOKEN[:8], "name": "new", "view": asked["view"], "created_at": "2026-02-23T10:00:00.000000Z", "last_used_at": None}
        page.tokens = [token, *page.tokens]
        return answer(route, token | {"token": TOKEN}, 201)

    def revoke(route):
        page, number = route.request.frame.page, int(route.request.url.rsplit("/", 1)[1])
        page.revoked.append((route.request.method, number))
        page.tokens = [token for token in page.tokens if token["id"] != number]
        route.fulfill(status=204)

    return open_menu_as


def menu(page):
    return page.locator("[data-menu=share]")


@pytest.mark.parametrize("me", [OPEN, PUBLIC], ids=["open", "public"])
def test_where_everybody_reads_the_addresses_are_those_of_everybody(open_menu_as, me):
    page = open_menu_as(me, "/?tier=teammate")
    expect(menu(page).get_by_role("link", name="Atom")).to_have_attribute("href", "/v1/feed.atom?tier=teammate")
    assert menu(page).get_by_role("button", name=re.compile("private")).count() == 0


def test_an_address_is_made_when_it_is_asked_for_and_copied(open_menu_as, base_url):
    page = open_menu_as(IN, "/?tier=teammate&range=7d&sort=likes", prepare=lambda page: page.clock.set_fixed_time("2026-02-22T12:00:00Z"))
    for form in ("Atom", "RSS", "JSON Feed"):
        expect(menu(page).get_by_role("link", name=form)).to_be_hidden()
    assert page.made == []
    expect(menu(page).get_by_role("link", name="CSV")).to_have_attribute("href", re.compile("^/v1/feed.csv[?]since=.*tier=teammate"))
    menu(page).get_by_role("button", name="Make a private address for this view").click()
    expect(menu(page).get_by_role("link", name="RSS")).to_be_visible()
    [made] = page.made
    assert urllib.parse.parse_qs(made["view"]) == {"since": ["2026-02-15T12:00:00.000Z"], "tier": ["teammate"], "sort": ["likes"]}
    for form in ("atom", "rss", "json"):
        assert menu(page).locator(f"[data-form={form}]").evaluate("link => link.href") == f"{base_url}/v1/feed.{form}?token={TOKEN}"
    expect(page.locator("#announcements")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base_url}/v1/feed.atom?token={TOKEN}"
    expect(menu(page).get_by_role("button", name=re.compile("Cop"))).to_have_count(2)
    expect(menu(page).locator(".tokens li")).to_have_count(1)
    assert page.evaluate("document.activeElement.textContent") in ("Copied", "Copy the Atom address")


def test_another_view_needs_an_address_of_its_own(open_menu_as):
    page = open_menu_as(IN, "/?tier=teammate")
    menu(page).get_by_role("button", name="Make a private address for this view").click()
    expect(menu(page).get_by_role("link", name="Atom")).to_be_visible()
    page.keyboard.press("Escape")
    choose(page, "tier", "Influencer")
    page.wait_for_url("**/?tier=teammate&tier=influencer")
    open_menu(page, "share")
    expect(menu(page).get_by_role("button", name="Make a private address for this view")).to_be_visible()
    expect(menu(page).get_by_role("link", name="Atom")).to_be_hidden()


def test_ones_own_addresses_are_listed_in_words_and_revoked_by_two_presses(open_menu_as):
    page = open_menu_as(IN, tokens=OWN)
    rows = menu(page).locator(".tokens li")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text(re.compile("Teammate.*most liked first"))
    expect(rows.nth(0)).to_contain_text(re.compile("xmf_abcd… · made 20 Feb.* · used 21 Feb"))
    expect(rows.nth(1)).to_contain_text(re.compile("All posts.*never used"))
    revoke = menu(page).get_by_role("button", name=re.compile("Revoke.*Teammate"))
    revoke.focus()
    page.keyboard.press("Enter")
    expect(revoke).to_contain_text("Revoke now")
    assert page.revoked == []
    page.keyboard.press("Tab")
    expect(revoke).not_to_contain_text("Revoke now")
    revoke.click()
    revoke.click()
    expect(rows).to_have_count(1)
    assert page.revoked == [("DELETE", 7)]
    expect(rows.get_by_role("button")).to_be_focused()
    rows.get_by_role("button").press("Enter")
    rows.get_by_role("button").press("Enter")
    expect(menu(page).get_by_text("Your private addresses")).to_be_hidden()
    expect(menu(page).locator("summary")).to_be_focused()


def test_what_goes_wrong_is_said(open_menu_as):
    page = open_menu_as(IN, tokens=OWN)
    expect(menu(page).locator(".tokens li")).to_have_count(2)
    page.route("**/v1/me/feed-tokens", lambda route: answer(route, problem(409, "Conflict", "You have 50 feed tokens, and no more fit."), 409))
    page.route("**/v1/me/feed-tokens/*", lambda route: answer(route, problem(503, "Service Unavailable"), 503))
    menu(page).get_by_role("button", name="Make a private address for this view").click()
    expect(menu(page)).to_contain_text("No address was made. Conflict. You have 50 feed tokens, and no more fit.")
    revoke = menu(page).get_by_role("button", name=re.compile("Revoke.*All posts"))
    revoke.click()
    revoke.click()
    expect(menu(page)).to_contain_text("Not revoked. Service Unavailable.")
    expect(menu(page).get_by_role("button", name="Make a private address for this view")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 375])
@pytest.mark.parametrize("made", [False, True])
def test_axe_finds_nothing(open_menu_as, made, width, theme):
    page = open_menu_as(IN, "/?tier=teammate&range=7d", tokens=OWN, prepare=with_axe, width=width, color_scheme=theme, reduced_motion="reduce")
    expect(menu(page).locator(".tokens li")).to_have_count(2)
    if made:
        menu(page).get_by_role("button", name="Make a private address for this view").click()
        expect(menu(page).locator(".tokens li")).to_have_count(3)
    assert_clean(page)
