import re

from playwright.sync_api import expect

from helpers import COLLECTING, answer, older_loaded, problem, settled, shown_ids


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
    expect(page.get_by_role("alert")).to_contain_text("The answer was not understood")


def test_a_refused_parameter_is_named(open_page):
    refused = problem(400, "Invalid parameter", "“since” lies after “until”.", parameter="since")
    page = open_page("/?since=2026-02-22&until=2026-02-20", prepare=lambda page: page.route("**/v1/feed*", lambda route: answer(route, refused, 400)))
    expect(page.get_by_role("alert")).to_contain_text("The filter “since” was refused")
    expect(page.get_by_role("alert")).to_contain_text("“since” lies after “until”.")
    expect(page.get_by_role("link", name="Remove “since”")).to_have_attribute("href", "/?until=2026-02-20")


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
    page.get_by_role("link", name="Clear all filters").click()
    page.wait_for_url(re.compile(r"/$"))
    settled(page)
    expect(page.locator(".post").first).to_be_visible()


def test_without_script_the_page_says_what_it_needs(open_page):
    page = open_page(wait=False, java_script_enabled=False)
    expect(page.get_by_role("heading", name="This page needs JavaScript")).to_be_visible()
    expect(page.locator(".skeleton").first).to_be_hidden()
