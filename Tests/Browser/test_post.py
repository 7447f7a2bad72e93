import re

import pytest
from playwright.sync_api import expect

from helpers import answer, card, drawer_shows, feed_item, problem, serve, shown_ids

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("size", [{}, PHONE, {"width": 1440}], ids=["over the feed", "phone", "beside the feed"])
def test_a_link_to_a_post_works_reloads_and_closes(open_page, api, size):
    full = api.post_with_history()
    status_id = full["post"]["status_id"]
    page = open_page(f"/posts/{status_id}", **size)
    for _ in range(2):
        drawer_shows(page, status_id)
        expect(page.locator("#drawer .facts")).to_contain_text(" ".join(full["post"]["significance_reason"].split()))
        expect(page.locator("#drawer tbody tr")).to_have_count(len(full["snapshots"]))
        page.reload()
    drawer_shows(page, status_id)
    page.locator("#drawer [data-close]").click()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("#drawer")).to_be_hidden()
    expect(page.locator(".post").first).to_be_visible()


def test_report_is_shown(open_page, api):
    full = api.post_with_history()
    page = open_page(f"/posts/{full['post']['status_id']}")
    expect(page.locator("#drawer .facts .is-reported time")).to_have_attribute("datetime", full["report"]["reported_at"])
    for value in (full["report"]["destination"], full["report"]["summary"]):
        if value:
            expect(page.locator("#drawer .facts .is-reported")).to_contain_text(" ".join(value.split()))


def test_unknown_post_says_so(open_page):
    page = open_page("/posts/1")
    expect(page.get_by_role("alert")).to_contain_text("No such post")
    page.get_by_role("button", name="Back to the feed").click()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("#drawer")).to_be_hidden()


def test_a_post_that_cannot_be_loaded_can_be_tried_again(open_page, api):
    status_id = api.feed()[0]["status_id"]
    failing = {"now": True}

    def prepare(page):
        page.route("**/v1/posts/*", lambda route: answer(route, problem(503, "Database unavailable"), 503) if failing["now"] else route.continue_())

    page = open_page(f"/posts/{status_id}", prepare=prepare)
    expect(page.locator("#drawer").get_by_role("alert")).to_contain_text("Database unavailable")
    failing["now"] = False
    page.locator("#drawer").get_by_role("button", name="Try again").click()
    expect(page.locator("#drawer .detail .facts")).to_be_visible()


def test_newer_and_older_follow_the_view(open_page):
    page = open_page("/?significant=true")
    ids = shown_ids(page)
    card(page, ids[0]).locator(".open").click()
    drawer_shows(page, ids[0])
    expect(page.get_by_role("button", name="Newer post")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Older post", exact=True).click()
    drawer_shows(page, ids[1])
    page.locator("#drawer [data-close]").click()
    page.wait_for_url("**/?significant=true")
    assert page.evaluate("document.activeElement.closest('.post')?.dataset.id") == ids[1]


def test_copy_link_copies_the_posts_own_address(open_page, base_url):
    page = open_page("/?significant=true", permissions=["clipboard-read", "clipboard-write"])
    first = shown_ids(page)[0]
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#announcements")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base_url}/posts/{first}"


def test_the_link_out_is_isolated(open_page):
    page = open_page("/posts/1890000000000000001", prepare=lambda page: serve(page, [feed_item()]))
    link = page.get_by_role("link", name="Open on X")
    expect(link).to_have_attribute("href", "https://x.com/someone/status/1890000000000000001")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JAVASCRIPT:alert(1)//https://x.com", "data:text/html,<script>alert(1)</script>", "not an address", ""])
def test_any_other_scheme_is_no_link(open_page, url):
    page = open_page("/posts/1890000000000000001", prepare=lambda page: serve(page, [feed_item(url=url)]))
    expect(page.locator("#drawer .detail")).to_be_visible()
    expect(page.locator("#drawer .outlink")).to_have_count(0)
    assert page.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0
