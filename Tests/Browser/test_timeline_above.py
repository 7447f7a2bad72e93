"""The timeline above the posts of the feed. What its bars say, and how a stretch is chosen, is in test_timeline_bars.py."""

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from helpers import answer, choose, feed_item, feed_of, problem, shown_ids
from support.waiting import until


@pytest.fixture
def open_feed(open_page):
    def open_feed(path="/", **options):
        page = open_page(path, timezone_id="UTC", **options)
        page.asked = []
        page.on("request", lambda request: page.asked.append(urllib.parse.parse_qs(urllib.parse.urlsplit(request.url).query)) if "/v1/stats/timeline" in request.url else None)
        return page

    return open_feed


def summary(page):
    return page.get_by_text("Posts over time", exact=True)


def slider(page):
    return page.get_by_role("slider", name="Posts over time")


def expect_last_day(page, count):
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile(rf": {count} posts?\b"))


def test_closed_it_asks_for_nothing_and_open_it_counts_the_view(open_feed, api):
    page = open_feed("/?significant=true")
    page.wait_for_load_state("networkidle")
    expect(slider(page)).to_have_count(0)
    assert page.asked == []
    summary(page).click()
    last = api.get("/stats/timeline", bucket="day", tz="UTC", significant="true")["buckets"][-1]
    expect_last_day(page, last["total"])
    assert [asked["significant"] for asked in page.asked] == [["true"]]
    choose(page, "tier", "Teammate")
    page.wait_for_url("**/?tier=teammate&significant=true")
    last = api.get("/stats/timeline", bucket="day", tz="UTC", significant="true", tier="teammate")["buckets"][-1]
    expect_last_day(page, last["total"])
    page.keyboard.press("Escape")
    summary(page).click()
    expect(slider(page)).to_be_hidden()
    asked = len(page.asked)
    choose(page, "tier", "Influencer")
    page.wait_for_url(re.compile("tier=influencer"))
    page.wait_for_load_state("networkidle")
    assert len(page.asked) == asked


def test_another_order_and_further_posts_are_no_reason_to_count_again(open_feed):
    page = open_feed()
    summary(page).click()
    expect(page.locator("#over-time .bars").first).to_be_attached()
    page.keyboard.press("End")
    expect(page.locator("#posts li").nth(50)).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert len(page.asked) == 1


def test_a_stretch_is_dragged_or_chosen_with_keys_and_the_feed_follows(open_feed, api):
    page = open_feed()
    summary(page).click()
    expect(page.locator("#over-time .bars").first).to_be_attached()
    slider(page).press("ArrowLeft")
    slider(page).press("Shift+ArrowLeft")
    slider(page).press("Enter")
    page.wait_for_url(re.compile(r"since=.*until="))
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    query = {name: values[0] for name, values in urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query).items()}
    assert shown_ids(page)[:20] == [item["status_id"] for item in api.get("/feed", since=query["since"], until=query["until"], tz="UTC", limit="20")["items"]]
    page.get_by_role("button", name="All time").click()
    page.wait_for_url(re.compile(r"/$"))
    box = slider(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 40, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since=.*until="))
    expect(slider(page)).to_be_visible()


def test_it_is_open_again_at_the_next_visit_without_moving_the_posts(open_feed):
    page = open_feed()
    summary(page).click()
    expect(page.locator("#over-time .bars").first).to_be_attached()
    until(lambda: page.evaluate("localStorage.getItem('timeline')") == "open")
    page.reload()
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    before = page.locator("#posts").bounding_box()["y"]
    expect(page.locator("#over-time .bars").first).to_be_attached()
    assert page.locator("#posts").bounding_box()["y"] == before
    summary(page).click()
    until(lambda: page.evaluate("localStorage.getItem('timeline')") is None)
    page.reload()
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    expect(slider(page)).to_have_count(0)


def test_news_that_are_taken_are_counted(open_page):
    feed = [feed_item()]
    counted = []

    def prepare(page):
        page.route("**/v1/stream*", lambda route: route.abort())
        page.route("**/v1/feed*", lambda route: answer(route, feed_of(*feed)))
        page.route("**/v1/stats/timeline*", lambda route: (counted.append(route.request.url), answer(route, problem(503, "Database unavailable"), 503)))

    page = open_page(prepare=prepare)
    summary(page).click()
    expect(page.locator("#over-time")).to_contain_text("The timeline could not be loaded. Database unavailable.")
    feed.insert(0, feed_item(status_id="1890000000000000002", discovered_at="2026-02-22T13:06:00.000000Z"))
    page.get_by_role("button", name="Refresh", exact=True).click()
    page.get_by_role("button", name="Show 1 new post").click()
    expect(page.locator(".post")).to_have_count(2)
    # Playwright hears of requests while it is asked something.
    until(lambda: page.evaluate("true") and len(counted) == 2)


def test_what_draws_it_can_be_fetched_again(open_page):
    page = open_page(prepare=lambda page: page.route("**/js/timeline/timeline-panel.js", lambda route: route.abort()))
    summary(page).click()
    expect(page.locator("#announcements")).to_have_text("That could not be loaded. Try again.")
    expect(page.locator("#over-time")).not_to_have_attribute("open")
    page.unroute("**/js/timeline/timeline-panel.js")
    summary(page).click()
    expect(page.locator("#over-time .bars").first).to_be_attached()
