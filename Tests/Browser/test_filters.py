import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from helpers import settled, shown_ids


def choose(page, menu, label):
    details = page.locator(f"[data-menu={menu}]")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_label(label, exact=True).check()


def ids_of(items):
    return [item["status_id"] for item in items]


def test_filters_go_to_the_address_and_survive_a_reload(open_page, api):
    page = open_page()
    choose(page, "tier", "Teammate")
    page.wait_for_url("**/?tier=teammate")
    choose(page, "tier", "Ecosystem")
    page.wait_for_url("**/?tier=teammate&tier=ecosystem")
    choose(page, "significant", "Not significant")
    page.wait_for_url("**/?tier=teammate&tier=ecosystem&significant=false")
    expected = ids_of(api.feed(tier=["teammate", "ecosystem"], significant="false"))
    expect(page.locator("#posts .post").first).to_have_attribute("data-id", expected[0])
    before = shown_ids(page)
    assert before[: len(expected)] == expected
    page.reload()
    settled(page)
    assert shown_ids(page)[: len(expected)] == expected
    expect(page.locator("#chips .chip")).to_have_text(["Teammate", "Ecosystem", "Not significant", "Clear all"])
    expect(page.get_by_label("Ecosystem", exact=True)).to_be_checked()


@pytest.mark.parametrize("search", ["tier=none", "tier=influencer&reported=true", "significant=true&reported=false", "q=a&tier=teammate"])
def test_an_address_shows_what_the_api_answers(open_page, api, search):
    expected = ids_of(api.feed(**urllib.parse.parse_qs(search)))
    page = open_page(f"/?{search}")
    assert shown_ids(page)[: len(expected)] == expected


def test_relative_time_stays_relative_and_is_resolved_when_asking(open_page):
    page = open_page()
    with page.expect_request("**/v1/feed*since=*") as asked:
        choose(page, "time", "Last 24 hours")
    page.wait_for_url("**/?since=24h")
    since = urllib.parse.parse_qs(urllib.parse.urlsplit(asked.value.url).query)["since"][0]
    now = page.evaluate("Date.now()")
    elapsed = now - page.evaluate("text => Date.parse(text)", since)
    assert 24 * 3_600_000 <= elapsed < 24 * 3_600_000 + 600_000
    expect(page.locator("#chips .chip").first).to_have_text("Last 24 hours")


def test_dates_are_asked_as_whole_days_of_the_readers_zone(open_page):
    page = open_page(timezone_id="Asia/Tokyo")
    choose(page, "time", "Between dates")
    page.get_by_label("From").fill("2026-02-20")
    page.wait_for_url("**/?since=2026-02-20")
    with page.expect_request(re.compile("/v1/feed.*until=2026-02-22")) as asked:
        page.get_by_label("Until, inclusive").fill("2026-02-22")
    assert urllib.parse.parse_qs(urllib.parse.urlsplit(asked.value.url).query) == {"since": ["2026-02-20"], "until": ["2026-02-22"], "tz": ["Asia/Tokyo"]}
    page.wait_for_url("**/?since=2026-02-20&until=2026-02-22")


def test_handles_are_suggested_added_and_taken_away(open_page, api):
    watched = api.get("/watch-accounts")["items"]
    handles = list(dict.fromkeys(item["author_handle"] for item in api.feed()))[:2]
    page = open_page()
    page.locator("[data-menu=handle] summary").click()
    expect(page.locator("#watched-handles option")).to_have_count(len(watched))
    for handle in handles:
        page.get_by_label("Handle", exact=True).fill(f"@{handle}")
        page.get_by_label("Handle", exact=True).press("Enter")
    page.wait_for_url("**/?" + "&".join(f"handle={handle.lower()}" for handle in handles))
    settled(page)
    expected = ids_of(api.feed(handle=handles))
    assert shown_ids(page)[: len(expected)] == expected
    page.get_by_role("button", name=f"@{handles[0].lower()}, remove this filter").click()
    page.wait_for_url(f"**/?handle={handles[1].lower()}")


def test_search_follows_typing_as_one_step_of_history(open_page, api):
    word = api.feed()[0]["author_handle"][:5].lower()
    page = open_page("/?tier=teammate")
    page.get_by_role("searchbox").press_sequentially(word)
    page.wait_for_url(f"**/?tier=teammate&q={word}")
    page.get_by_role("searchbox").press("Backspace")
    page.wait_for_url(f"**/?tier=teammate&q={word[:-1]}")
    page.go_back()
    page.wait_for_url("**/?tier=teammate")
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_clear_all(open_page):
    page = open_page("/?since=7d&tier=teammate&q=a")
    page.get_by_role("button", name="Clear all").click()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("#chips")).to_have_text("All posts, newest first")


@pytest.mark.parametrize(
    ("search", "parameter"),
    [("tier=boss", "tier"), ("since=yesterday", "since"), ("until=2026-02-30", "until"), ("significant=perhaps", "significant"),
     ("reported=1", "reported"), ("tz=Mars/Olympus", "tz"), ("colour=red", "colour"), ("q=a&q=b", "q")],
)
def test_an_invalid_address_names_the_parameter_and_shows_no_posts(open_page, search, parameter):
    asked = []
    page = open_page(f"/?{search}", prepare=lambda page: page.on("request", lambda request: asked.append(request.url)))
    expect(page.get_by_role("alert")).to_contain_text(f"“{parameter}=")
    assert shown_ids(page) == []
    assert not [url for url in asked if "/v1/feed" in url]
    page.get_by_role("link", name="Drop that part").click()
    expect(page.locator(".post").first).to_be_visible()
