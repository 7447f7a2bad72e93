import re
import urllib.parse
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from helpers import asked, choose, ids_of, open_menu, settled, shown_ids

ROOT = Path(__file__).resolve().parents[2]


def test_filters_go_to_the_address_and_survive_a_reload(open_page, api):
    page = open_page()
    choose(page, "tier", "Teammate")
    page.wait_for_url("**/?tier=teammate")
    choose(page, "tier", "Ecosystem")
    page.wait_for_url("**/?tier=teammate&tier=ecosystem")
    choose(page, "status", "No", group="Significant")
    page.wait_for_url("**/?tier=teammate&tier=ecosystem&significant=false")
    expected = ids_of(api.feed(tier=["teammate", "ecosystem"], significant="false"))
    expect(page.locator("#posts .post").first).to_have_attribute("data-id", expected[0])
    settled(page)
    before = shown_ids(page)
    assert before[: len(expected)] == expected
    page.reload()
    settled(page)
    assert shown_ids(page)[: len(expected)] == expected
    expect(page.locator("#chips .chip")).to_have_text(["Teammate", "Ecosystem", "Not significant"])
    open_menu(page, "tier")
    expect(page.get_by_label("Ecosystem", exact=True)).to_be_checked()


def test_every_filter_of_the_api_is_one_of_the_page(open_page):
    """Those of GET /v1/feed; how a page is cut into pieces is no filter."""
    described = yaml.safe_load((ROOT / "docs/openapi.v1.yaml").read_text(encoding="utf-8"))
    parameters = [described["components"]["parameters"][each["$ref"].rsplit("/", 1)[-1]] if "$ref" in each else each for each in described["paths"]["/v1/feed"]["get"]["parameters"]]
    of_the_api = {each["name"]: each["schema"].get("type") == "array" for each in parameters if each["name"] not in ("limit", "cursor", "curve")}
    of_the_page = open_page().evaluate("""async () => {
        const { fields } = await import("/js/address/filters.js")
        return Object.fromEntries(Object.entries(fields).map(([name, { isList }]) => [name, isList]))
    }""")
    assert of_the_api.items() <= of_the_page.items()


@pytest.mark.parametrize("search", [
    "tier=none", "has_link=true&sort=posted", "min_likes=100&min_views=5000", "exclude=the&source_query=priority",
    "tier=influencer&reported=true", "significant=true&reported=false", "q=a&tier=teammate", "since=2026-02-22T09:30&until=2026-02-22T20:00&tz=Europe/Berlin"])
def test_an_address_shows_what_the_api_answers(open_page, api, search):
    expected = ids_of(api.feed(**urllib.parse.parse_qs(search)))
    page = open_page(f"/?{search}")
    assert shown_ids(page)[: len(expected)] == expected


def test_a_choice_is_painted_before_the_posts_go_and_two_at_once_are_one_step(open_page):
    page = open_page()
    menu = open_menu(page, "tier")
    expect(menu.get_by_label("Teammate", exact=True)).to_be_visible()
    steps = page.evaluate("history.length")
    before_the_paint = page.evaluate("""new Promise((done) => {
        const boxes = document.querySelectorAll("[name=tier]")
        for (const value of ["teammate", "ecosystem"]) [...boxes].find((box) => box.value === value).click()
        requestAnimationFrame(() => done([location.search, [...boxes].filter((box) => box.checked).map((box) => box.value)]))
    })""")
    assert before_the_paint == ["", ["teammate", "ecosystem"]]
    page.wait_for_url("**/?tier=teammate&tier=ecosystem")
    assert page.evaluate("history.length") == steps + 1
    expect(page.locator("#chips .chip")).to_have_text(["Teammate", "Ecosystem"])


def test_the_menu_of_time_says_which_time_it_means(open_page):
    menu = open_menu(open_page(), "time")
    expect(menu.get_by_label("Discovered", exact=True)).to_be_checked()
    menu = open_menu(open_page("/?posted_range=24h"), "time")
    expect(menu.get_by_label("Posted", exact=True)).to_be_checked()
    expect(menu.get_by_label("Last 24 hours", exact=True)).to_be_checked()


@pytest.mark.parametrize(("clock", "parameter", "chip"), [("Discovered", "since", "Last 24 hours"), ("Posted", "posted_since", "Posted in the last 24 hours")])
def test_relative_time_stays_relative_and_is_resolved_when_asking(open_page, clock, parameter, chip):
    page = open_page()
    choose(page, "time", clock)
    with page.expect_request(f"**/v1/feed*{parameter}=*") as request:
        choose(page, "time", "Last 24 hours")
    page.wait_for_url(f"**/?{parameter.replace('since', 'range')}=24h")
    since = asked(request)[parameter][0]
    elapsed = page.evaluate("text => Date.now() - Date.parse(text)", since)
    assert 24 * 3_600_000 <= elapsed < 24 * 3_600_000 + 600_000
    expect(page.locator("#chips .chip").first).to_have_text(chip)


def test_a_relative_view_asks_anew_tomorrow(open_page):
    page = open_page(prepare=lambda page: page.clock.set_fixed_time("2026-02-22T12:00:00Z"))
    for day in (22, 23):
        page.clock.set_fixed_time(f"2026-02-{day}T12:00:00Z")
        with page.expect_request("**/v1/feed*") as request:
            page.goto("/?range=24h")
        assert asked(request)["since"] == [f"2026-02-{day - 1}T12:00:00.000Z"]


def test_dates_are_asked_as_whole_days_of_the_readers_zone(open_page):
    page = open_page(timezone_id="Asia/Tokyo")
    choose(page, "time", "Between dates")
    page.get_by_label("From").fill("2026-02-20")
    page.wait_for_url("**/?since=2026-02-20&tz=Asia%2FTokyo")
    with page.expect_request(re.compile("/v1/feed.*until=2026-02-22")) as request:
        page.get_by_label("Until, inclusive").fill("2026-02-22")
    assert asked(request) == {"since": ["2026-02-20"], "until": ["2026-02-22"], "tz": ["Asia/Tokyo"], "curve": ["true"]}
    page.wait_for_url("**/?since=2026-02-20&until=2026-02-22&tz=Asia%2FTokyo")


def test_handles_are_typed_added_and_taken_away(open_page, api):
    handles = list(dict.fromkeys(item["author_handle"] for item in api.feed()))[:2]
    page = open_page()
    box = open_menu(page, "handle").get_by_role("combobox")
    for handle in handles:
        box.fill(f"@{handle.upper()}")
        box.press("Enter")
    page.wait_for_url("**/?" + "&".join(f"handle={handle.lower()}" for handle in handles))
    settled(page)
    expected = ids_of(api.feed(handle=handles))
    assert shown_ids(page)[: len(expected)] == expected
    page.get_by_role("button", name=f"@{handles[0].lower()}, remove this filter").click()
    page.wait_for_url(f"**/?handle={handles[1].lower()}")


def test_tiers_are_left_out(open_page, api):
    page = open_page()
    choose(page, "tier", "Not teammate")
    page.wait_for_url("**/?not_tier=teammate")
    choose(page, "tier", "Watched")
    page.wait_for_url("**/?not_tier=teammate&not_tier=none")
    settled(page)
    expected = ids_of(api.feed(not_tier=["teammate", "none"]))
    assert expected and shown_ids(page)[: len(expected)] == expected
    expect(page.locator("#chips .chip")).to_have_text(["Not teammate", "Watched"])
    expect(page.get_by_label("Teammate", exact=True)).not_to_be_checked()
    page.get_by_role("button", name="Not teammate, remove this filter").click()
    page.wait_for_url("**/?not_tier=none")
    expect(page.get_by_label("Not teammate", exact=True)).not_to_be_checked()


def test_accounts_are_left_out(open_page, api):
    first, second = list(dict.fromkeys(item["author_handle"] for item in api.feed()))[:2]
    page = open_page(f"/?not_handle=@{first.upper()}")
    expect(page.locator("#chips .chip")).to_have_text([f"Not @{first}"])
    box = open_menu(page, "handle").get_by_label("Without the handle")
    box.fill(f"@{second.upper()}")
    box.press("Enter")
    page.wait_for_url(f"**/?not_handle={first}&not_handle={second}")
    settled(page)
    expected = ids_of(api.feed(not_handle=[first, second]))
    assert expected and shown_ids(page)[: len(expected)] == expected
    expect(page.locator("#chips .chip")).to_have_text([f"Not @{first}", f"Not @{second}"])
    expect(page.locator("[data-menu=handle]")).to_have_class(re.compile("active"))


@pytest.mark.parametrize("name", ["handle", "not_handle"])
def test_a_box_says_that_its_text_is_no_handle(open_page, name):
    page = open_page()
    field = open_menu(page, "handle").locator(f"[data-add={name}]")
    box, hint = field.locator("input"), field.locator("[role=alert]")
    box.fill("two words")
    box.press("Enter")
    expect(hint).to_have_text("“two words” is not a handle.")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_be_focused()
    box.press("Backspace")
    expect(hint).to_be_hidden()
    expect(box).to_have_attribute("aria-invalid", "false")
    assert "handle=" not in page.url


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


def test_texts_to_leave_out_and_queries_are_added(open_page, api):
    page = open_page()
    for label, value, parameter in (("Without this text", "the", "exclude"), ("Found by the query", "priority", "source_query")):
        open_menu(page, "more")
        box = page.locator("[data-menu=more]").get_by_label(label, exact=False).first
        box.fill(value)
        with page.expect_request(f"**/v1/feed*{parameter}={value}*"):
            box.press("Enter")
        expect(box).to_have_value("")
        expect(box).to_be_focused()
    settled(page)
    expected = ids_of(api.feed(exclude="the", source_query="priority"))
    assert expected and shown_ids(page)[: len(expected)] == expected
    expect(page.locator("#chips .chip")).to_have_text(["Without “the”", "Found by “priority”"])


def test_least_numbers_are_read_as_people_write_them(open_page, api):
    page = open_page()
    open_menu(page, "more")
    likes = page.get_by_label("likes", exact=True)
    likes.fill("1.2k")
    likes.press("Enter")
    page.wait_for_url("**/?min_likes=1200")
    expect(likes).to_have_value("1200")
    expect(page.locator("#chips .chip").first).to_have_text("≥ 1,200 likes")
    settled(page)
    assert shown_ids(page) == ids_of(api.feed(min_likes=1200))[: len(shown_ids(page))]
    likes.fill("many")
    likes.press("Enter")
    expect(page.get_by_text("A whole number, such as 500 or 10k.")).to_be_visible()
    expect(likes).to_have_attribute("aria-invalid", "true")
    expect(likes).to_have_value("many")
    assert page.url.endswith("/?min_likes=1200")
    likes.fill("")
    likes.press("Enter")
    page.wait_for_url(re.compile(r"/$"))
    expect(page.get_by_text("A whole number, such as 500 or 10k.")).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space", "Backspace", "Delete"])
def test_one_key_removes_a_filter_and_focus_stays_in_the_row(open_page, key):
    page = open_page("/?range=7d&tier=teammate&q=a")
    page.get_by_role("button", name="Last 7 days, remove this filter").focus()
    page.keyboard.press(key)
    page.wait_for_url("**/?tier=teammate&q=a")
    expect(page.get_by_role("button", name="Teammate, remove this filter")).to_be_focused()


def test_backspace_in_the_empty_search_goes_to_the_last_filter(open_page):
    page = open_page("/?tier=teammate&reported=true")
    expect(page.get_by_role("button", name="Reported, remove this filter")).to_be_visible()
    page.get_by_role("searchbox").press("Backspace")
    expect(page.get_by_role("button", name="Reported, remove this filter")).to_be_focused()
    page.keyboard.press("Backspace")
    page.wait_for_url("**/?tier=teammate")


def test_clear_all_keeps_order_and_zone(open_page):
    page = open_page("/?range=7d&tier=teammate&min_views=10&q=a&sort=likes&tz=UTC")
    page.get_by_role("button", name="Clear all").click()
    page.wait_for_url("**/?sort=likes&tz=UTC")
    expect(page.locator("#chips")).to_have_text("All posts")


@pytest.mark.parametrize(
    ("search", "parameter"),
    [("tier=boss", "tier"), ("not_tier=boss", "not_tier"), ("not_handle=@", "not_handle"), ("range=yesterday", "range"),
     ("since=24h", "since"), ("until=2026-02-30", "until"), ("significant=perhaps", "significant"),
     ("reported=1", "reported"), ("has_link=yes", "has_link"), ("min_likes=-1", "min_likes"), ("sort=colour", "sort"), ("tz=Mars/Olympus", "tz"),
     ("colour=red", "colour"), ("q=a&q=b", "q"), ("range=24h&since=2026-02-20", "range"), ("posted_range=24h&posted_until=2026-02-20", "posted_range")],
)
def test_an_invalid_address_names_the_parameter_and_shows_no_posts(open_page, search, parameter):
    requests = []
    page = open_page(f"/?{search}", prepare=lambda page: page.on("request", lambda request: requests.append(request.url)))
    expect(page.get_by_role("alert")).to_contain_text(f"“{parameter}=")
    assert shown_ids(page) == []
    assert not [url for url in requests if "/v1/feed" in url]
    page.get_by_role("link", name="Remove it").click()
    expect(page.locator(".post").first).to_be_visible()


def test_what_the_api_refuses_is_named_and_can_be_removed(open_page):
    page = open_page("/?since=2026-02-22&until=2026-02-20&tier=teammate")
    expect(page.get_by_role("alert")).to_contain_text("The filter “since” was refused")
    page.get_by_role("link", name="Remove “since”").click()
    page.wait_for_url("**/?until=2026-02-20&tier=teammate&tz=Europe%2FBerlin")
    settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_menus_that_cannot_be_loaded_say_so_and_work_at_the_next_try(open_page):
    page = open_page(prepare=lambda page: page.route("**/js/filters/panels.js", lambda route: route.abort()))
    page.locator("[data-menu=tier] summary").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The menu could not be loaded.")
    expect(page.locator("[data-menu=tier]")).not_to_have_attribute("open")
    page.unroute("**/js/filters/panels.js")
    choose(page, "tier", "Teammate")
    page.wait_for_url("**/?tier=teammate")


def test_on_a_phone_the_open_filters_say_how_many_posts_there_are_and_close(open_page, api):
    page = open_page(width=390, height=844)
    page.locator("#filters-toggle").click()
    choose(page, "tier", "Teammate")
    posts = api.get("/facets", tier="teammate", top=1)["total"]
    button = page.get_by_role("button", name=f"Show {posts:,} post")
    expect(button).to_be_in_viewport()
    button.click()
    expect(page.locator("#filter-menus")).to_be_hidden()
    expect(page.locator("#filters-toggle")).to_be_focused()
    expect(page.locator("#filters-toggle")).to_have_attribute("aria-expanded", "false")


def test_beside_a_wide_feed_there_is_no_such_button(open_page):
    page = open_page(width=1100)
    open_menu(page, "tier")
    expect(page.locator(".show-posts")).to_be_hidden()
