"""What the page says of the view it shows: the line above the posts, the chips, the tab, the drawer, paper."""

import re

import pytest
from playwright.sync_api import expect

from helpers import answer, card, feed_item, feed_of, open_menu, serve, settled, shown_ids

SPRING = "/?since=2025-03-01&until=2025-05-31"


def counted(page, total, partial=False):
    """Answers every count with this one."""
    values = {"top": [], "other_values": 0, "other_posts": 0}
    facets = {"partial": partial, "covered_since": None, "total": total, "tier": {}, "significant": {}, "reported": {}, "handle": values, "source_query": values}
    page.route("**/v1/facets*", lambda route: answer(route, facets))


def more_to_come(page, total, partial=False):
    """A first page, and a second one that never comes."""
    page.route("**/v1/feed?*", lambda route: None if "cursor=" in route.request.url else answer(route, feed_of(feed_item(), next_cursor="next")))
    counted(page, total, partial)


def test_the_line_says_how_many_from_when_and_by_which_clock(open_page, api):
    page = open_page("/?since=2025-03-01&until=2026-12-31&significant=true")
    total = api.get("/facets", since="2025-03-01", until="2026-12-31", tz="Europe/Berlin", significant="true", top=1)["total"]
    expect(page.locator("#view-line")).to_contain_text(f"{total} posts · found 1 Mar 2025 – 31 Dec 2026 · Berlin time")
    expect(page).to_have_title("1 Mar 2025 – 31 Dec 2026 · Significant · XMonitor")
    ids = shown_ids(page)
    card(page, ids[0]).locator(".open").click()
    expect(page.locator(".drawer-place")).to_have_text(f"1 of {total}")
    page.locator("#drawer [data-close]").click()
    expect(page).to_have_title("1 Mar 2025 – 31 Dec 2026 · Significant · XMonitor")


def test_all_posts_are_counted_like_any_view(open_page, api):
    page = open_page()
    total = api.get("/stats/summary")["posts"]
    expect(page.locator("#view-line")).to_have_text(f"{total:,} posts · Berlin time")


@pytest.mark.parametrize(("search", "words"), [
    (SPRING, "found 1 Mar – 31 May 2025 · "), ("/?range=24h", "found in the last 24 hours · "),
    ("/?since=2025-03-01", "found from 1 Mar 2025 · "), ("/?posted_until=2025-03-01", "posted until 1 Mar 2025 · "), ("/?q=a", ""),
])
def test_a_stretch_of_time_is_said_in_words(open_page, search, words):
    page = open_page(search, prepare=lambda page: (page.clock.set_fixed_time("2026-06-01T12:00:00Z"), serve(page, [feed_item()])))
    expect(page.locator("#view-line .screen-only")).to_have_text(words)
    expect(page.locator("#view-line")).to_contain_text("1 post · ")


def test_a_count_that_was_cut_short_says_at_least(open_page):
    page = open_page("/?q=a", prepare=lambda page: more_to_come(page, 12000, partial=True))
    expect(page.locator("#view-line")).to_contain_text("at least 12,000 posts · ")


def test_the_end_of_the_list_says_how_many_there_were(open_page):
    page = open_page("/?q=a", prepare=lambda page: serve(page, [feed_item(), feed_item(status_id="2")]))
    expect(page.get_by_text("That is everything: 2 posts.")).to_be_visible()
    expect(page.locator("#view-line")).to_contain_text("2 posts · ")


def test_the_tab_says_how_many_wait_while_nobody_looks(open_page):
    items = [feed_item()]
    page = open_page(prepare=lambda page: serve(page, items))
    page.unroute("**/v1/feed*")
    page.route("**/v1/feed*", lambda route: answer(route, feed_of(feed_item(status_id="3", discovered_at="2026-02-22T13:07:00Z"), *items)))
    page.locator("#refresh").click()
    expect(page.get_by_role("button", name="Show 1 new post")).to_be_visible()
    expect(page).to_have_title("All posts · XMonitor")
    look = "Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {} }}); document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(look.format("true"))
    expect(page).to_have_title("(1) All posts · XMonitor")
    page.evaluate(look.format("false"))
    expect(page).to_have_title("All posts · XMonitor")


def test_a_stretch_is_one_chip(open_page):
    page = open_page(f"{SPRING}&q=a", prepare=lambda page: page.clock.set_fixed_time("2026-06-01T12:00:00Z"))
    expect(page.locator("#chips .chip")).to_have_text(["“a”", "1 Mar – 31 May 2025"])
    page.get_by_role("button", name="1 Mar – 31 May 2025, remove this filter").click()
    page.wait_for_url("**/?q=a")


MANY = "/?range=4w&tier=teammate&tier=influencer&not_handle=ada&significant=true&has_link=false&min_likes=1&min_views=10&exclude=zzz"


@pytest.mark.parametrize("width", [1280, 820])
def test_every_chip_is_seen_on_a_desk(open_page, width):
    page = open_page(MANY, width=width, prepare=lambda page: serve(page, [feed_item()]))
    chips = page.locator("#chips .chip")
    expect(chips).to_have_count(9)
    for at in range(9):
        expect(chips.nth(at)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Clear all")).to_be_in_viewport(ratio=1)
    # The names of days stick below the bar, however high it is.
    bar = page.locator("#filters").bounding_box()["height"]
    assert bar > 100
    assert bar - 10 < page.locator(".day-name").first.evaluate("node => parseFloat(getComputedStyle(node).top)") <= bar


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_counts_the_chips_without_room_and_shows_them(open_page, width):
    page = open_page(MANY, width=width)
    chips, more = page.locator("#chips .chip"), page.locator(".more-chips")
    expect(more).to_have_text(re.compile(r"^\+\d$"))
    seen = page.locator("#chips .chip:visible").count()
    assert seen >= 1 and more.inner_text() == f"+{9 - seen}"
    expect(page.get_by_role("button", name="Clear all")).to_be_in_viewport(ratio=1)
    more.click()
    expect(more).to_be_hidden()
    for at in range(9):
        expect(chips.nth(at)).to_be_in_viewport(ratio=1)
    expect(chips.first).to_be_focused()


def test_paper_has_the_view_in_words_instead_of_its_controls(open_page):
    page = open_page(f"{SPRING}&q=a", prepare=lambda page: (page.clock.set_fixed_time("2026-06-01T12:00:00Z"), serve(page, [feed_item()])))
    expect(page.locator("#view-line")).to_contain_text("1 post")
    page.emulate_media(media="print")
    expect(page.locator("#view-line")).to_have_text("“a” · 1 Mar – 31 May 2025 · 1 post · Berlin time · as of 1 Jun, 14:00", use_inner_text=True)
    expect(page.locator(".view-row")).to_be_hidden()
    assert page.locator(".day-name").first.evaluate("node => getComputedStyle(node).breakAfter") == "avoid"


def test_the_feed_of_the_view_can_be_found_by_programs(open_page):
    page = open_page("/?tier=teammate")
    expect(page.locator("link[rel=alternate]")).to_have_attribute("href", "/v1/feed.atom?tier=teammate")
    open_menu(page, "tier").get_by_role("group", name="Tier of the author").get_by_label("Influencer").check()
    expect(page.locator("link[rel=alternate]")).to_have_attribute("href", "/v1/feed.atom?tier=teammate&tier=influencer")
    settled(page)
