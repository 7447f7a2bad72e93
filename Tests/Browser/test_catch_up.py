"""Catching up with what is new: from the oldest on, in groups, with near-duplicates folded."""

import re

import pytest
from playwright.sync_api import expect

from helpers import card, drawer_shows, ids_of, settled, shown_ids, top_of, until
from seen_before import BAR, DIVIDER, FITS, LINE, come_again, kept, leave, look_at, mark
from similar_posts import COPIES, LATEST, NOW, SEEN, copies


@pytest.mark.parametrize("count", [3, 120])
def test_u_goes_to_the_oldest_unseen_post_which_stands_above_the_line(open_since, sample, count):
    page = open_since({"": mark(sample[count]["discovered_at"])})
    expect(page.locator(LINE)).to_be_visible()
    page.keyboard.press("u")
    first = sample[count - 1]["status_id"]
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", first)
    expect(page.locator("#announcements")).to_have_text("First unseen post")
    divider = page.locator(DIVIDER)
    expect(divider).to_have_text(re.compile("^Seen until "))
    assert divider.evaluate("node => node.nextElementSibling.dataset.id") == sample[count]["status_id"]
    assert top_of(page, first) < divider.bounding_box()["y"] < top_of(page, sample[count]["status_id"])
    page.keyboard.press("k")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[count - 2]["status_id"])
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[count]["status_id"])


def test_catching_up_shows_what_is_unseen_oldest_first_and_leads_back_to_the_place(open_since, sample):
    new = ids_of(sample[:30])[::-1]
    page = open_since({"": mark(sample[30]["discovered_at"])}, height=600)
    expect(page.locator(LINE)).to_be_visible()
    for _ in range(6):
        page.keyboard.press("j")
    top = top_of(page, sample[5]["status_id"])
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_contain_text("Catching up: 30 new since")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", new[0])
    assert shown_ids(page) == new
    page.keyboard.press("j")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", new[1])
    page.keyboard.press("o")
    drawer_shows(page, new[1])
    page.keyboard.press("j")
    drawer_shows(page, new[2])
    page.keyboard.press("Escape")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", new[2])
    assert shown_ids(page) == new
    page.go_back()
    expect(page.locator(BAR)).to_have_count(0)
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[5]["status_id"])
    assert top_of(page, sample[5]["status_id"]) == pytest.approx(top, abs=1)
    page.go_forward()
    expect(page.locator(BAR)).to_be_visible()
    page.get_by_role("button", name="Back to the feed").click()
    expect(page.locator(BAR)).to_have_count(0)
    assert shown_ids(page)[:30] == new[::-1]


def test_who_leaves_while_catching_up_comes_back_to_it(open_since, sample):
    page = open_since({"": mark(sample[30]["discovered_at"])}, height=600)
    page.get_by_role("button", name="Catch up").click()
    expect(page.locator(BAR)).to_be_visible()
    page.get_by_label("By author").check()
    ids = shown_ids(page)
    card(page, ids[20]).locator(".open").focus()
    card(page, ids[20]).evaluate("node => node.scrollIntoView({ block: 'center' })")
    look_at(page)
    top = top_of(page, ids[20])
    page.locator("[data-count=significant]").evaluate("node => node.click()")
    page.wait_for_url("**/?significant=true")
    settled(page)
    expect(page.locator(BAR)).to_have_count(0)
    page.go_back()
    expect(page.locator(BAR)).to_be_visible()
    expect(page.get_by_label("By author")).to_be_checked()
    assert shown_ids(page) == ids
    assert top_of(page, ids[20]) == pytest.approx(top, abs=1)
    page.reload()
    expect(page.locator(BAR)).to_be_visible()
    expect(page.get_by_label("By author")).to_be_checked()


def test_unseen_posts_stand_under_their_authors_and_their_tiers(open_since, sample):
    new = sample[:80]
    page = open_since({"": mark(sample[80]["discovered_at"])})
    page.get_by_role("button", name="Catch up").click()
    page.get_by_label("Fold near-duplicates").uncheck()
    page.get_by_label("By tier").check()
    names = {"teammate": "Teammate", "influencer": "Influencer", "ecosystem": "Ecosystem", None: "Not watched"}
    groups = [(name, [post for post in new if post["watch_tier"] == tier]) for tier, name in names.items()]
    headings = page.locator(".day-name")
    expect(headings).to_have_text([f"{name} {len(posts)} post{'s' if len(posts) != 1 else ''}" for name, posts in groups if posts])
    assert shown_ids(page) == [status_id for _, posts in groups for status_id in ids_of(posts)[::-1]]
    page.get_by_label("By author").check()
    by_author = {}
    for post in new[::-1]:
        by_author.setdefault(post["author_handle"].lower(), []).append(post["status_id"])
    groups = sorted(by_author.values(), key=lambda ids: -len(ids))
    expect(headings).to_have_count(len(groups))
    assert shown_ids(page) == [status_id for ids in groups for status_id in ids]
    assert headings.first.inner_text().endswith(f"{len(groups[0])} posts")
    page.get_by_label("By author").press("j")
    for status_id in [status_id for ids in groups for status_id in ids][: len(groups[0]) + 1]:
        expect(page.locator(".post:focus-within")).to_have_attribute("data-id", status_id)
        page.keyboard.press("j")


def test_very_many_are_loaded_in_parts(open_since, sample):
    page = open_since({"": mark("2020-01-01T00:00:00.000000Z")})
    everything = len(sample)
    expect(page.locator(LINE)).to_contain_text(f"{everything} new since 1 Jan 2020, 01:00")
    page.get_by_role("button", name="Catch up").click()
    expect(page.locator(BAR)).to_contain_text(f"{everything} new")
    expect(page.locator(BAR)).to_contain_text("These are the newest 300 posts.")
    assert 600 < everything < 900
    for count in (600, everything):
        page.get_by_role("button", name="Load older ones").click()
        expect(page.locator("#announcements")).to_have_text(f"{count} posts to catch up with")
    expect(page.get_by_role("button", name="Load older ones")).to_be_hidden()
    page.get_by_label("Fold near-duplicates").uncheck()
    assert shown_ids(page) == ids_of(sample)[::-1]


def test_near_duplicates_are_folded_below_the_first_of_them(open_since):
    page = open_since({"": mark(SEEN["discovered_at"])}, prepare=copies, at=NOW, height=700)
    expect(page.locator(LINE)).to_contain_text("11 new")
    assert len(shown_ids(page)) == 12, "the feed itself hides nothing"
    page.keyboard.press("c")
    ids = ids_of(COPIES)[::-1]
    expect(page.locator(BAR)).to_contain_text("3 folded")
    assert shown_ids(page) == [ids[number] for number in (0, 1, 4, 5, 7, 8, 9, 10)]
    more = page.get_by_role("button", name="2 more like this")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    top = more.bounding_box()["y"]
    page.keyboard.press("Enter")
    assert shown_ids(page) == [ids[number] for number in (0, 2, 3, 1, 4, 5, 7, 8, 9, 10)]
    fold = page.get_by_role("button", name="Fold 2 like this")
    expect(fold).to_be_focused()
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert fold.bounding_box()["y"] == top
    page.keyboard.press("Enter")
    expect(more).to_be_focused()
    assert more.bounding_box()["y"] == top
    page.get_by_label("Fold near-duplicates").uncheck()
    assert shown_ids(page) == ids
    come_again(page)
    expect(page.get_by_label("Fold near-duplicates")).not_to_be_checked()


def test_catching_up_ends_with_marking_as_seen(open_since, sample):
    page = open_since({"": mark(sample[20]["discovered_at"])})
    page.get_by_role("button", name="Catch up").click()
    expect(page.get_by_text("That is everything new.")).to_be_visible()
    page.locator(".catch-up-end").get_by_role("button", name="Mark as seen").click()
    expect(page.locator(BAR)).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert kept(page) == mark(sample[0]["discovered_at"])


def test_what_is_folded_was_not_seen(open_since):
    page = open_since({"": mark(SEEN["discovered_at"])}, prepare=copies, at=NOW, height=4000)
    expect(page.locator(LINE)).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_contain_text("3 folded")
    page.get_by_role("button", name="2 more like this").scroll_into_view_if_needed()
    look_at(page)
    leave(page)
    come_again(page)
    expect(page.locator("#catch-up")).to_contain_text("3 new")


def test_news_that_was_asked_for_is_new(open_since):
    page = open_since({"": mark(SEEN["discovered_at"])}, prepare=copies, at=NOW)
    expect(page.locator(LINE)).to_contain_text("11 new")
    page.feed = [LATEST, *page.feed]
    page.get_by_role("button", name="Refresh").click()
    offer = page.get_by_role("button", name="Show 1 new post")
    expect(offer).to_be_visible()
    expect(page.locator(LINE)).to_contain_text("11 new")
    offer.click()
    expect(page.locator(LINE)).to_contain_text("12 new")
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_contain_text("12 new")
    later = {**LATEST, "status_id": "1890000000000000501", "discovered_at": "2026-02-22T13:40:00.000000Z", "body_text": "Later"}
    page.feed = [later, *page.feed]
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("button", name="Show 1 new post").click()
    expect(page.locator(BAR)).to_contain_text("13 new")
    page.clock.run_for(100)
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", "1890000000000000501")
    expect(page.locator("#freshness")).to_have_attribute("data-state", "live")
    page.feed = [{**LATEST, "status_id": "1890000000000000502", "discovered_at": "2026-02-22T13:50:00.000000Z"}, *page.feed]
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("button", name="Show 1 new post").click()
    expect(page.locator(BAR)).to_contain_text("14 new")
    page.clock.run_for(100)
    expect(page.get_by_role("button", name="1 more like this").last).to_be_focused()


def test_who_sits_at_the_page_is_told_nothing_twice(open_since):
    page = open_since(None, prepare=copies, at=NOW)
    expect(page.locator("#catch-up")).to_be_hidden()
    page.feed = [LATEST, *page.feed]
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("button", name="Show 1 new post").click()
    expect(page.locator(LINE)).to_contain_text("1 new")
    expect(page.locator("#announcements")).to_have_text("1 new post")


def test_an_address_that_is_refused_has_nothing_new(open_since, sample):
    page = open_since({"": mark(sample[10]["discovered_at"])})
    expect(page.locator(LINE)).to_be_visible()
    page.evaluate("history.pushState({ view: 'x', opened: false }, '', '/?tier=boss'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.get_by_role("alert")).to_contain_text("This address is not a view")
    expect(page.locator("#catch-up")).to_be_hidden()


def test_what_cannot_be_fetched_is_not_missed(open_since, sample):
    missing = lambda page: page.route("**/catch-up/catch-up.js", lambda route: route.abort())
    page = open_since({"": mark(sample[10]["discovered_at"])}, prepare=missing)
    expect(page.locator(".post").first).to_be_visible()
    expect(page.locator("#catch-up")).to_be_hidden()


def test_a_failure_while_loading_leaves_the_feed_and_can_be_tried_again(open_since, sample):
    page = open_since({"": mark(sample[10]["discovered_at"])})
    expect(page.locator(LINE)).to_be_visible()
    page.route("**/v1/feed*since=*", lambda route: route.abort())
    page.keyboard.press("c")
    expect(page.locator("#announcements")).to_have_text("What is new could not be loaded. The server cannot be reached")
    assert ids_of(sample[:10]) == shown_ids(page)[:10]
    page.unroute("**/v1/feed*since=*")
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_be_visible()


@pytest.mark.parametrize("width", [1100, 390])
def test_the_line_moves_nothing_when_it_comes(open_since, sample, width):
    """Its room is kept before it is there."""
    held = []
    hold = lambda page: page.route("**/catch-up/catch-up.js", lambda route: held.append(route))
    page = open_since({"": mark(sample[10]["discovered_at"])}, prepare=hold, width=width)
    top = top_of(page, sample[0]["status_id"])
    until(page, lambda: held)
    held[0].continue_()
    expect(page.locator(LINE)).to_contain_text("10 new")
    assert top_of(page, sample[0]["status_id"]) == pytest.approx(top, abs=2)


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (390, 1), (550, 2), (820, 1)], ids=str)
def test_it_fits_small_screens_and_large_letters(open_since, sample, width, scale):
    page = open_since({"": mark(sample[60]["discovered_at"])}, width=width, height=700, device_scale_factor=scale)
    inside = "[...document.querySelectorAll('#catch-up *')].every((node) => node.getBoundingClientRect().right <= innerWidth)"
    expect(page.locator(LINE)).to_contain_text("60 new")
    assert page.evaluate(FITS) and page.evaluate(inside)
    page.get_by_role("button", name="Catch up").click()
    expect(page.locator(BAR)).to_be_visible()
    page.get_by_label("By author").check()
    assert page.evaluate(FITS) and page.evaluate(inside)


def test_on_paper_there_is_only_what_is_read(open_since, sample):
    page = open_since({"": mark(sample[10]["discovered_at"])})
    expect(page.locator(LINE)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#catch-up")).to_be_hidden()


def test_the_help_names_the_keys(open_since):
    page = open_since(None)
    page.keyboard.press("?")
    for key, words in (("u", "the first post that was not seen"), ("c", "catch up"), ("m", "mark all as seen")):
        expect(page.locator("#help .keys > div", has=page.locator("kbd", has_text=re.compile(f"^{key}$")))).to_contain_text(words)
