import re

import pytest
from playwright.sync_api import expect

from helpers import answer, drawer_shows, feed_item, feed_of, focused_post, shown_ids


@pytest.mark.parametrize("size", [{"width": 1100}, {"width": 1440}], ids=["modal", "docked"])
def test_reading_with_the_keyboard_alone(open_page, size):
    page = open_page("/?significant=true", **size)
    ids = shown_ids(page)
    for index, key in enumerate(["j", "j", "j", "k"]):
        page.keyboard.press(key)
        expect(page.locator(".post:focus-within")).to_have_attribute("data-id", ids[[0, 1, 2, 1][index]])
    page.keyboard.press("o")
    drawer_shows(page, ids[1])
    expect(page.locator("#drawer-title")).to_be_focused()
    page.keyboard.press("j")
    drawer_shows(page, ids[2])
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    page.wait_for_url("**/?significant=true")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", ids[2])
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    drawer_shows(page, ids[1])
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()


def test_search_and_help_keys(open_page):
    page = open_page()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_have_value("?")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="How to read this")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_two_keys_lead_to_all_posts_and_to_the_overview(open_page):
    page = open_page("/?significant=true", width=1440)
    page.keyboard.press("j")
    page.keyboard.press("o")
    drawer_shows(page, shown_ids(page)[0])
    for key in "gh":
        page.keyboard.press(key)
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("#drawer")).to_be_hidden()
    for key in "go":
        page.keyboard.press(key)
    page.wait_for_url("**/overview.html")
    expect(page.locator("#freshness")).to_have_attribute("data-state", re.compile("live|blind"))
    with page.expect_response("**/v1/runs*"):
        page.keyboard.press(".")
    for key in "gh":
        page.keyboard.press(key)
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator(".post").first).to_be_visible()


def test_two_keys_are_two_only_in_their_order_and_soon_after_each_other(open_page):
    page = open_page("/?significant=true", prepare=lambda page: page.clock.install())
    for key in "hgxh":
        page.keyboard.press(key)
    page.keyboard.press("g")
    page.clock.fast_forward(1600)
    page.keyboard.press("h")
    page.keyboard.press("/")
    page.keyboard.type("gh.")
    expect(page.get_by_role("searchbox")).to_have_value("gh.")
    page.wait_for_url("**/?significant=true&q=gh.")


def test_the_full_stop_shows_the_news_or_looks_for_some(open_page):
    feed = [feed_item()]

    def prepare(page):
        page.route("**/v1/stream*", lambda route: route.abort())
        page.route("**/v1/feed*", lambda route: answer(route, feed_of(*feed)))

    page = open_page(prepare=prepare)
    page.keyboard.press(".")
    expect(page.locator("#announcements")).to_have_text("No new posts")
    feed.insert(0, feed_item(status_id="1890000000000000002", discovered_at="2026-02-22T13:06:00.000000Z"))
    page.keyboard.press(".")
    expect(page.get_by_role("button", name="Show 1 new post")).to_be_visible()
    page.keyboard.press(".")
    expect(page.locator(".post")).to_have_count(2)
    expect(page.locator("#news button")).to_have_count(0)


def test_single_keys_can_be_switched_off(open_page):
    page = open_page()
    page.get_by_role("button", name="Help and keyboard shortcuts").click()
    page.get_by_label("Single-key shortcuts on").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator(".post").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("/")
    assert focused_post(page) is None
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_menus_close_with_escape_and_give_focus_back(open_page):
    page = open_page()
    page.locator("[data-menu=tier] summary").press("Enter")
    expect(page.locator("[data-menu=tier] .menu-panel")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**/?tier=teammate")
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu=tier] summary")).to_be_focused()
    expect(page.locator("[data-menu=tier] .menu-panel")).to_be_hidden()


def test_going_to_the_bar_with_the_keyboard_keeps_the_place(open_page):
    page = open_page()
    page.locator("#posts .post").nth(20).evaluate("node => node.scrollIntoView({ block: 'center' })")
    before = page.evaluate("scrollY")
    assert before > 0
    page.get_by_role("searchbox").evaluate("node => node.focus({ preventScroll: true })")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.locator("[data-menu=more] summary")).to_be_focused()
    assert page.evaluate("scrollY") == before


def test_focus_is_visible_and_not_under_the_sticky_bar(open_page):
    page = open_page(height=600)
    ids = shown_ids(page)
    for _ in range(12):
        page.keyboard.press("j")
    for _ in range(11):
        page.keyboard.press("k")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", ids[0])
    page.keyboard.press("j")
    box = page.locator(".post:focus-within").bounding_box()
    bar = page.locator("#filters").bounding_box()
    assert box["y"] >= bar["y"] + bar["height"]
    assert page.locator(".post:focus-within").evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
