"""The timeline above the posts of the feed. What its bars say, and how a stretch is chosen, is in test_timeline_bars.py."""

import datetime
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


def newest_total(api, **filters):
    """How many posts the newest day has that has any."""
    return [day["total"] for day in api.get("/stats/timeline", bucket="day", tz="UTC", **filters)["buckets"] if day["total"]][-1]


def expect_last_day(page, count):
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile(rf": {count} posts?\b"))


def test_closed_it_asks_for_nothing_and_open_it_counts_the_view(open_feed, api):
    page = open_feed("/?significant=true")
    page.wait_for_load_state("networkidle")
    expect(slider(page)).to_have_count(0)
    assert page.asked == []
    summary(page).click()
    expect_last_day(page, newest_total(api, significant="true"))
    assert {*map(str, (asked["significant"] for asked in page.asked))} == {"['true']"}
    choose(page, "tier", "Teammate")
    page.wait_for_url("**/?tier=teammate&significant=true")
    expect_last_day(page, newest_total(api, significant="true", tier="teammate"))
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
    expect(page.locator("#over-time path.bars").first).to_be_attached()
    asked = len(page.asked)
    page.keyboard.press("End")
    expect(page.locator("#posts li").nth(50)).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert len(page.asked) == asked


def test_a_stretch_is_dragged_or_chosen_with_keys_and_the_feed_follows(open_feed, api):
    page = open_feed()
    summary(page).click()
    expect(page.locator("#over-time path.bars").first).to_be_attached()
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
    expect(page.locator("#over-time path.bars").first).to_be_attached()
    until(lambda: page.evaluate("localStorage.getItem('timeline')") == "open")
    page.reload()
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    before = page.locator("#posts").bounding_box()["y"]
    expect(page.locator("#over-time path.bars").first).to_be_attached()
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
    expect(page.get_by_role("alert")).to_contain_text("The chart could not be loaded.")
    expect(page.locator("#over-time")).not_to_have_attribute("open")
    page.unroute("**/js/timeline/timeline-panel.js")
    summary(page).click()
    expect(page.locator("#over-time path.bars").first).to_be_attached()


WEEK = datetime.timedelta(days=7)


def bucket(start, length, total):
    end = start + length
    return {"start": f"{start:%Y-%m-%dT%H:%M:%S}.000000Z", "end": f"{end:%Y-%m-%dT%H:%M:%S}.000000Z", "local_start": f"{start:%Y-%m-%dT%H:%M:%S}+00:00",
            "teammate": 0, "influencer": 0, "ecosystem": 0, "none": total, "total": total}


def spread(first, last):
    """An archive with one post in each of two weeks, counted as it is asked for."""
    def answers(query):
        size = {"month": WEEK * 4, "week": WEEK, "day": WEEK / 7, "hour": WEEK / 168}[query["bucket"][0]]
        since = max(datetime.datetime.fromisoformat(query["since"][0]).replace(tzinfo=None), first - 30 * WEEK)
        start = since - (since - first) % size
        until = datetime.datetime.fromisoformat(query["until"][0]).replace(tzinfo=None) if "until" in query else last + 8 * WEEK
        buckets = []
        while start < until:
            buckets.append(bucket(start, size, sum(start <= post < start + size for post in (first, last))))
            start += size
        return {"bucket": query["bucket"][0], "tz": "UTC", "partial": False, "covered_since": None, "total": 2, "buckets": buckets}
    return answers


@pytest.fixture
def open_chart(open_page):
    def open_chart(answers, path="/"):
        asked = []

        def take(route):
            asked.append(urllib.parse.parse_qs(urllib.parse.urlsplit(route.request.url).query))
            answer(route, answers(asked[-1]))

        page = open_page(path, timezone_id="UTC", prepare=lambda page: page.route("**/v1/stats/timeline*", take))
        summary(page).click()
        expect(page.locator("#over-time path.bars").first).to_be_attached()
        page.asked = asked
        return page

    return open_chart


@pytest.mark.parametrize(("weeks", "size", "bars"), [(0, "Days", 1), (10, "Days", 71), (40, "Weeks", 41), (104, "Months", 27)])
def test_it_spans_the_posts_of_the_view_and_its_buckets_fit_them(open_chart, weeks, size, bars):
    monday = datetime.datetime(2025, 2, 3)
    page = open_chart(spread(monday, monday + weeks * WEEK))
    pressed = page.locator("#over-time").get_by_role("button", name=size)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile(r": [12] posts? "))
    expect(slider(page)).to_have_attribute("aria-valuemax", str(bars))
    expect(slider(page)).to_have_attribute("aria-valuenow", str(bars))


def test_some_chosen_accounts_have_a_colour_and_a_total_each(open_chart):
    monday = datetime.datetime(2025, 2, 3)
    posts = {"ada": 3, "bob": 5}

    def answers(query):
        total = sum(posts[handle] for handle in query["handle"])
        weeks = [bucket(monday, WEEK, total), bucket(monday + 60 * WEEK, WEEK, total)]
        return {"bucket": "week", "tz": "UTC", "partial": False, "covered_since": None, "total": 2 * total, "buckets": weeks}

    page = open_chart(answers, "/?handle=ada&handle=bob")
    expect(page.locator(".timeline-legend li")).to_have_text(["@ada 6", "@bob 10"])
    fills = page.locator("#over-time path.bars").evaluate_all("bars => bars.map((bar) => getComputedStyle(bar).fill)")
    assert len(fills) == 2 and fills[0] != fills[1]
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile(r": 8 posts \(3 @ada, 5 @bob\)$"))
    page.locator("#over-time").get_by_text("As a table").click()
    expect(page.locator("#over-time thead th")).to_have_text(["Week", "@ada", "@bob", "All"])
