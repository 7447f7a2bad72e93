"""The view that is shown, as a link, a feed and a file."""

import csv
import io
import json
import re
import urllib.parse
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from helpers import choose, ids_of, open_menu, shown_ids

FEEDS, FILES = ("atom", "rss", "json"), ("csv", "ndjson")
ENTRY_IDS = {"atom": "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}id", "rss": "channel/item/guid"}


def target(page, form):
    """Where the link to this form leads: its path, and what it asks."""
    url = urllib.parse.urlsplit(open_menu(page, "share").locator(f"[data-form={form}]").evaluate("node => node.href"))
    return url.path, urllib.parse.parse_qs(url.query)


@pytest.mark.parametrize("form", FEEDS + FILES)
def test_every_filter_and_the_order_go_along(open_page, form):
    page = open_page("/?since=2026-02-20&until=2026-02-22&tier=teammate&tier=none&handle=ada&source_query=priority&significant=true&reported=false"
                     "&has_link=false&min_likes=5&min_views=10&q=a%26b&exclude=c&exclude=d&sort=views", timezone_id="Asia/Tokyo")
    path, query = target(page, form)
    assert path == f"/v1/feed.{form}"
    assert query == {
        "since": ["2026-02-20"], "until": ["2026-02-22"], "tz": ["Asia/Tokyo"], "tier": ["teammate", "none"], "handle": ["ada"], "source_query": ["priority"],
        "significant": ["true"], "reported": ["false"], "has_link": ["false"], "min_likes": ["5"], "min_views": ["10"], "q": ["a&b"], "exclude": ["c", "d"], "sort": ["views"],
    }


def test_a_span_becomes_a_moment_when_the_link_is_taken(open_page):
    page = open_page("/?range=24h&posted_range=7d&tier=teammate", prepare=lambda page: page.clock.set_fixed_time("2026-02-22T12:00:00Z"))
    for form in ("csv", "atom"):
        assert target(page, form)[1] == {"since": ["2026-02-21T12:00:00.000Z"], "posted_since": ["2026-02-15T12:00:00.000Z"], "tier": ["teammate"]}
    expect(page.get_by_text("The span is counted from now")).to_be_visible()
    page.clock.set_fixed_time("2026-02-22T13:00:00Z")
    page.locator("[data-form=csv]").dispatch_event("pointerdown")
    assert target(page, "csv")[1]["since"] == ["2026-02-21T13:00:00.000Z"]


def test_links_follow_the_view(open_page):
    page = open_page()
    assert target(page, "rss") == ("/v1/feed.rss", {})
    expect(page.get_by_text("The span is counted from now")).to_be_hidden()
    choose(page, "tier", "Teammate")
    page.wait_for_url("**/?tier=teammate")
    assert target(page, "rss") == ("/v1/feed.rss", {"tier": ["teammate"]})


@pytest.mark.parametrize(("search", "link"), [("?tier=teammate&range=24h", "/?range=24h&tier=teammate"), ("", "/?sort=discovered"), ("?sort=likes&tz=UTC", "/?sort=likes&tz=UTC")])
def test_the_link_of_the_view_is_copied(open_page, base_url, search, link):
    page = open_page(f"/{search}", permissions=["clipboard-read", "clipboard-write"])
    copy = open_menu(page, "share").get_by_role("button", name="Copy the link")
    copy.click()
    expect(copy).to_have_count(0)
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == base_url + link


def test_copying_that_is_not_allowed_is_said(open_page):
    page = open_page(prepare=lambda page: page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"))
    open_menu(page, "share").get_by_role("button", name="Copy the link").click()
    expect(page.locator("#announcements")).to_have_text("Copying was not allowed")


def posts_in(form, text):
    """The ids of the posts in a feed or a file."""
    if form == "csv":
        return [row["status_id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    if form == "ndjson":
        return [json.loads(line)["status_id"] for line in text.splitlines()]
    ids = [item["id"] for item in json.loads(text)["items"]] if form == "json" else [node.text for node in ElementTree.fromstring(text).iterfind(ENTRY_IDS[form])]
    return [tag.rpartition("/")[2] for tag in ids]


@pytest.mark.parametrize("form", FEEDS + FILES)
@pytest.mark.parametrize("search", ["?significant=true&sort=likes", "?tier=influencer&tier=none&q=a&min_likes=3&exclude=the", "?until=2026-02-21&reported=false&sort=posted"])
def test_what_a_link_leads_to_are_the_posts_that_are_shown(open_page, api, form, search):
    page = open_page(f"/{search}")
    link = open_menu(page, "share").locator(f"[data-form={form}]").evaluate("node => node.href")
    found = page.request.get(link)
    assert found.status == 200
    posts = posts_in(form, found.text())
    asked = {**urllib.parse.parse_qs(search[1:]), **({"tz": "Europe/Berlin"} if "until" in search else {})}
    assert shown_ids(page) == posts[: len(shown_ids(page))]
    assert posts == ids_of(api.everything(most=10_000, **asked) if form in FILES else api.feed(**asked))


def test_a_file_is_downloaded_under_the_name_of_its_view(open_page):
    page = open_page("/?tier=teammate&significant=true")
    link = open_menu(page, "share").get_by_role("link", name="CSV")
    with page.expect_download() as download:
        link.click()
    assert re.fullmatch(r"xmonitor-teammate-significant-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    posts = posts_in("csv", Path(download.value.path()).read_text(encoding="utf-8"))
    assert posts[: len(shown_ids(page))] == shown_ids(page) != []
    assert page.url.endswith("/?tier=teammate&significant=true")


def test_a_file_says_before_how_many_rows_it_has(open_page, api):
    page = open_page("/?significant=true&tier=teammate")
    total = api.get("/facets", significant="true", tier="teammate", top=1)["total"]
    expect(open_menu(page, "share").get_by_role("link", name="CSV")).to_have_text(f"CSV, {total} rows")


@pytest.mark.parametrize(("status", "words"), [(503, "The server has no room for a download now."), (500, "The server answered 500."), (0, "The server cannot be reached.")])
def test_a_download_that_fails_says_so(open_page, status, words):
    def refuse(route):
        return route.fulfill(status=status) if status else route.abort()

    page = open_page("/?significant=true", prepare=lambda page: page.route("**/v1/feed.csv*", refuse))
    menu = open_menu(page, "share")
    menu.get_by_role("link", name="CSV").click()
    expect(menu.get_by_role("alert")).to_contain_text(f"Not downloaded. {words}")


def test_the_address_of_a_subscription_is_copied(open_page, base_url):
    page = open_page("/?tier=teammate", permissions=["clipboard-read", "clipboard-write"])
    open_menu(page, "share").get_by_role("button", name="Copy the feed address").click()
    expect(page.locator("#announcements")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base_url}/v1/feed.atom?tier=teammate"
