"""A session that ends takes nothing away that was loaded, and signing in leads back to it."""

import re

from playwright.sync_api import expect

from helpers import answer, card, drawer_shows, focused_post, older_loaded, problem, shown_ids, top_of, until
from reader_states import IN, OUT, back_from_the_provider, end_session, sign_in


def test_a_session_that_ends_leaves_what_was_loaded_and_leads_back_to_it(open_as):
    page = open_as(IN, "/?tier=teammate&tier=influencer", width=1100, height=700)
    before = len(shown_ids(page))
    page.locator("#older").scroll_into_view_if_needed()
    older_loaded(page, before)
    expect(page.locator("#announcements")).to_have_text(re.compile("further posts loaded"))
    ids = shown_ids(page)
    target = ids[before + 3]
    page.evaluate("id => document.querySelector(`li[data-id='${id}']`).scrollIntoView({ block: 'center' })", target)
    card(page, target).locator(".open").focus()
    page.me = OUT
    page.keyboard.press(".")
    expect(page.locator("#freshness")).to_contain_text("Signed out; as of")
    expect(page.locator("#announcements")).to_have_text(re.compile("Signed out; as of|Not refreshed. You are signed out"))
    expect(page.locator("#trouble")).to_contain_text("Not refreshed. You are signed out.")
    assert shown_ids(page)[: len(ids)] == ids and focused_post(page) == target
    top = top_of(page, target)
    back_from_the_provider(page)
    link = page.get_by_role("link", name="Sign in").bounding_box()
    page.mouse.click(link["x"] + 5, link["y"] + 5)
    page.me = IN
    page.get_by_role("link", name="Let me in").click()
    page.wait_for_url("**/?tier=teammate&tier=influencer")
    expect(card(page, target)).to_be_visible()
    assert abs(top_of(page, target) - top) < 2 and focused_post(page) in ids
    expect(page.locator("#trouble")).to_be_empty()


def test_signing_in_again_leads_to_the_open_post(open_as):
    page = open_as(IN, "/?tier=teammate", width=1440)
    first = shown_ids(page)[0]
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    end_session(page)
    back_from_the_provider(page)
    sign_in(page)
    drawer_shows(page, first)
    page.keyboard.press("Escape")
    page.wait_for_url("**/?tier=teammate")
    expect(card(page, first)).to_be_visible()


def test_another_view_after_the_end_of_a_session_says_so_and_leads_back(open_as):
    page = open_as(IN)
    ids = shown_ids(page)
    end_session(page)
    page.get_by_role("link", name=re.compile("^[0-9,]+ reported")).click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.locator("#filters")).to_be_visible()
    page.go_back()
    expect(page.locator(".post").first).to_be_visible()
    assert shown_ids(page)[: len(ids)] == ids


def test_a_post_after_the_end_of_a_session_says_so(open_as):
    page = open_as(IN, width=1440)
    end_session(page)
    card(page, shown_ids(page)[0]).locator(".open").click()
    expect(page.locator("#drawer")).to_contain_text("You are signed out")


def test_a_stream_that_is_refused_says_it_at_once(open_as):
    """The server ends it with the session; the browser opens it again by itself."""
    opened = []

    def stream(route):
        opened.append(route)
        page = route.request.frame.page
        if page.me["may_read"]:
            page.me = OUT
            return route.fulfill(content_type="text/event-stream", body="retry: 1\n\n")
        return answer(route, problem(401, "Unauthorized", code="unauthorized"), 401)

    held = []
    page = open_as(IN, wait=False, prepare=lambda page: page.route("**/v1/stream*", lambda route: held.append(route)))
    expect(page.locator(".post").first).to_be_visible()
    expect(page.get_by_title("Signed in as Ada Lovelace")).to_be_visible()
    page.route("**/v1/stream*", stream)
    until(page, lambda: held)
    stream(held[0])
    expect(page.locator("#freshness")).to_contain_text("Signed out; as of")
    assert len(opened) >= 2


def test_who_signed_in_again_elsewhere_goes_on(open_as):
    page = open_as(IN)
    end_session(page)
    page.me = IN
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#trouble")).to_be_empty()
    expect(page.locator("#freshness")).to_have_attribute("data-state", re.compile("live|blind"))
    expect(page.get_by_title("Signed in as Ada Lovelace")).to_be_visible()


def test_the_view_that_opens_at_the_start_does_not_replace_the_one_that_was_left(open_as):
    page = open_as(IN, "/?tier=teammate", prepare=lambda page: page.add_init_script("localStorage.setItem('home', '?tier=teammate')"))
    page.get_by_role("link", name=re.compile("^[0-9,.K]+ posts")).click()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    end_session(page)
    back_from_the_provider(page)
    sign_in(page)
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator(".chips-none")).to_have_text("All posts")
    expect(page.locator(".post").first).to_be_visible()


def test_the_overview_is_closed_and_leads_back_to_itself(open_as):
    page = open_as(OUT, "/overview.html", wait=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("This feed is private")
    back_from_the_provider(page)
    sign_in(page)
    page.wait_for_url("**/overview.html")
    expect(page.locator("#movers li").first).to_be_visible()
    page.me = OUT
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#freshness")).to_contain_text("Signed out; as of")
    expect(page.locator("#reader").get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.locator("#movers li").first).to_be_visible()
