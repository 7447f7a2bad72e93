import json
import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from helpers import COLLECTING, answer, older_loaded, problem, settled, shown_ids, until


def test_a_failing_api_is_said_and_can_be_tried_again(open_page):
    failing = {"now": True}
    down = problem(503, "Database unavailable", "Try again in a moment.", request_id="req-42")
    page = open_page(prepare=lambda page: page.route("**/v1/feed*", lambda route: answer(route, down, 503) if failing["now"] else route.continue_()))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Posts could not be loaded")
    expect(alert).to_contain_text("Database unavailable. Try again in a moment.")
    expect(alert).to_contain_text("req-42")
    expect(page.locator("#freshness")).to_have_text("Not loaded")
    failing["now"] = False
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".post").first).to_be_visible()
    expect(page.locator("#freshness")).to_have_attribute("data-state", re.compile("live|blind"))


def test_after_a_failed_refresh_the_page_says_since_when_and_keeps_the_posts(open_page):
    page = open_page(prepare=lambda page: page.route("**/v1/freshness", lambda route: answer(route, COLLECTING)))
    before = shown_ids(page)
    expect(page.locator("#freshness")).to_contain_text("Live, as of")
    loaded_at = page.locator("#freshness time").inner_text()
    page.route("**/v1/feed*", lambda route: route.abort())
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#freshness")).to_have_text(f"Stale since {loaded_at}")
    expect(page.locator("#announcements")).to_have_text(re.compile("^(Stale since|Not refreshed)"))
    assert shown_ids(page)[: len(before)] == before
    assert "up to date" not in page.locator("body").inner_text().lower()
    page.unroute("**/v1/feed*")
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#freshness")).to_have_attribute("data-state", re.compile("live|blind"))


def test_older_pages_do_not_hide_that_refreshing_fails(open_page):
    page = open_page(width=1100, height=700)
    page.route("**/v1/feed*", lambda route: route.continue_() if "cursor=" in route.request.url else route.abort())
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#freshness")).to_contain_text("Stale since")
    before = len(shown_ids(page))
    page.locator("#older").scroll_into_view_if_needed()
    older_loaded(page, before)
    expect(page.locator("#freshness")).to_contain_text("Stale since")


def test_an_answer_that_is_no_json_is_an_error(open_page):
    page = open_page(prepare=lambda page: page.route("**/v1/feed*", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Hello</h1>")))
    expect(page.get_by_role("alert")).to_contain_text("A proxy or a sign-in page answered instead of the server")
    expect(page.get_by_role("button", name="Reload")).to_be_visible()


def test_json_that_is_none_is_an_error(open_page):
    page = open_page(prepare=lambda page: page.route("**/v1/feed*", lambda route: route.fulfill(status=200, content_type="application/json", body="{")))
    expect(page.get_by_role("alert")).to_contain_text("The answer was not understood")


def test_somebody_who_is_refused_at_the_first_load_is_offered_more_than_the_same_again(open_page):
    page = open_page(prepare=lambda page: page.route(
        re.compile("/v1/(feed|me)"), lambda route: answer(route, problem(401, "Unauthorized", code="unauthorized"), 401)))
    expect(page.get_by_role("alert")).to_contain_text("You are signed out")
    expect(page.get_by_role("button", name="Reload")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)


def test_too_many_requests_are_counted_down_and_tried_again(open_page):
    refused = {"left": 1}

    def busy(route):
        if refused["left"] == 0:
            route.continue_()
            return
        refused["left"] -= 1
        body = json.dumps(problem(429, "Too many requests", "Wait a little."))
        route.fulfill(status=429, content_type="application/problem+json", headers={"retry-after": "2"}, body=body)

    page = open_page(prepare=lambda page: page.route("**/v1/feed*", busy))
    expect(page.get_by_role("alert").get_by_role("timer")).to_have_text(re.compile(r"^Again in [12] s$"))
    expect(page.locator(".post").first).to_be_visible()


@pytest.fixture
def slow_page(open_page):
    """A feed whose first answer does not come, and a clock that the test moves on."""
    held = []

    def hold_the_first(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    def prepare(page):
        page.clock.install()
        page.add_init_script("AbortSignal.timeout = () => new AbortController().signal")  # on a slow machine the request would give up first
        page.route("**/v1/feed*", hold_the_first)

    page = open_page(wait=False, prepare=prepare)
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "true")
    until(page, lambda: held)
    return page


def test_waiting_is_said_after_four_seconds_and_can_be_ended_after_ten(slow_page):
    page = slow_page
    expect(page.locator(".waiting")).to_have_count(0)
    page.clock.run_for(4_100)
    expect(page.locator(".waiting")).to_have_text("Still loading…")
    page.clock.run_for(6_100)
    page.locator(".waiting").get_by_role("button", name="Stop").click()
    expect(page.get_by_role("alert")).to_contain_text("You stopped it")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".post").first).to_be_visible()


def test_what_takes_long_can_be_begun_anew(slow_page):
    page = slow_page
    page.clock.run_for(4_100)
    expect(page.locator(".waiting")).to_be_visible()
    page.clock.run_for(6_100)
    page.locator(".waiting").get_by_role("button", name="Try again").click()
    expect(page.locator(".post").first).to_be_visible()
    expect(page.locator(".waiting")).to_have_count(0)


def test_a_refused_parameter_is_named(open_page):
    refused = problem(400, "Invalid parameter", "“since” lies after “until”.", parameter="since")
    page = open_page("/?since=2026-02-22&until=2026-02-20", prepare=lambda page: page.route("**/v1/feed*", lambda route: answer(route, refused, 400)))
    expect(page.get_by_role("alert")).to_contain_text("The filter “since” was refused")
    expect(page.get_by_role("alert")).to_contain_text("“since” lies after “until”.")
    expect(page.get_by_role("link", name="Remove “since”")).to_have_attribute("href", "/?until=2026-02-20&tz=Europe%2FBerlin")


def test_older_posts_that_fail_can_be_tried_again(open_page):
    page = open_page(prepare=lambda page: page.route("**/v1/feed*cursor=*", lambda route: route.abort()))
    before = shown_ids(page)
    page.locator("#older").scroll_into_view_if_needed()
    expect(page.locator("#older").get_by_role("alert")).to_contain_text("Older posts could not be loaded")
    assert shown_ids(page) == before
    page.unroute("**/v1/feed*cursor=*")
    page.locator("#older").get_by_role("button", name="Try again").click()
    older_loaded(page, len(before))
    ids = shown_ids(page)
    assert len(ids) == len(set(ids))


def test_nothing_found_says_so_and_offers_a_way_out(open_page):
    page = open_page("/?q=%25no-such-text-%5F%25-zzz&tier=teammate")
    expect(page.get_by_role("heading", name="No posts match")).to_be_visible()
    expect(page.locator(".state .primary")).to_have_text(re.compile("^Without “%no-such-text"))
    page.get_by_role("link", name="Clear all filters").click()
    page.wait_for_url(re.compile(r"/$"))
    settled(page)
    expect(page.locator(".post").first).to_be_visible()


def test_an_empty_view_says_what_each_filter_costs(open_page, api):
    q, views = "no-such-text-zzz", "999999999"
    page = open_page(f"/?tier=teammate&min_views={views}")
    state = page.locator(".state")
    expect(state.get_by_role("link", name=f"Without ≥ {int(views):,} views: {len(api.everything(tier='teammate', most=10_000)):,}")).to_have_class("button primary")
    expect(state.get_by_role("link", name=re.compile("Without Teammate"))).to_have_count(0)
    expect(state.get_by_role("link").last).to_have_text("Clear all filters")
    page.goto(f"/?q={q}&min_views={views}")
    expect(page.locator(".state-text")).to_have_text("No post fits all filters at once, and none without any one of them.")
    expect(page.locator(".state .primary")).to_have_count(0)


def test_an_empty_span_says_where_the_newest_post_is_and_leads_there(open_page, api):
    newest = api.feed(tier="teammate", limit=1)[0]["discovered_at"]
    page = open_page("/?since=2001-01-01&until=2001-01-02&tier=teammate", timezone_id="UTC")
    way = page.get_by_role("link", name=re.compile("^Newest post: "))
    expect(way).to_contain_text(f"{int(newest[8:10])} ")
    expect(way).to_contain_text(f"{newest[:4]}. Show the 7 days before")
    way.click()
    expect(page.locator(".post").first).to_be_visible()
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)
    assert query["until"] == [newest[:10]] and query["tier"] == ["teammate"]


def test_without_script_the_page_says_what_it_needs(open_page):
    page = open_page(wait=False, java_script_enabled=False)
    expect(page.get_by_role("heading", name="This page needs JavaScript")).to_be_visible()
    expect(page.locator(".skeleton").first).to_be_hidden()
