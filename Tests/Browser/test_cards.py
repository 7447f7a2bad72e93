import re

import pytest
from playwright.sync_api import expect

from helpers import feed_item, serve

LONG = " ".join(f"word{number}" for number in range(200))


@pytest.mark.parametrize(
    ("views", "pace", "shown"),
    [(21_364, 303.154, "+303/h"), (50, 5000.0, "+5K/h"), (10_000, 100.0, "+100/h"), (10_000, 99.9, None), (40_000, 399.0, None), (40_000, 0, None), (40_000, None, None), (None, 500.0, "+500/h")],
)
def test_a_post_moves_by_the_rule_that_the_help_states(open_page, views, pace, shown):
    page = open_page(prepare=lambda page: serve(page, [feed_item(views=views, views_per_hour=pace)]))
    badge = page.locator(".post .pace")
    if shown is None:
        expect(badge).to_be_hidden()
    else:
        expect(badge).to_have_text(f"Moving: {shown}")
        assert "measured over at least 15 minutes" in badge.get_attribute("title")
    page.get_by_role("button", name="Help and keyboard shortcuts").click()
    expect(page.locator("#help")).to_contain_text("at least 100 and at least 1 % of all its views")


@pytest.mark.parametrize(("last", "shown"), [("2026-02-23T12:01:00Z", "Moving: +303/h"), ("2026-02-22T11:59:00Z", "Moved: +303/h on 22 Feb 2026")])
def test_a_pace_of_two_days_ago_is_told_with_its_day(open_page, last, shown):
    curve = [{"at": "2026-02-22T08:00:00Z", "views": 1}, {"at": last, "views": 21_364}]

    def prepare(page):
        page.clock.set_fixed_time("2026-02-24T12:00:00Z")
        serve(page, [feed_item(views=21_364, views_per_hour=303.154, curve=curve)])

    badge = open_page(prepare=prepare, timezone_id="UTC").locator(".post .pace")
    expect(badge).to_have_text(shown)
    assert ("past" in badge.get_attribute("class")) == (" on " in shown)


@pytest.mark.parametrize(("text", "meant"), [
    ("Central Baggage &amp; sent", "Central Baggage & sent"), ("&lt;b&gt;no markup&lt;/b&gt;", "<b>no markup</b>"), ("&amp;lt; &quot;", "&lt; &quot;"),
    ("https://example.com/?a=1&amp;b=2", "example.com/?a=1&b=2")])
def test_what_x_escaped_is_shown_as_it_was_meant_and_stays_text(open_page, text, meant):
    page = open_page(prepare=lambda page: serve(page, [feed_item(body_text=text)]))
    expect(page.locator(".post .post-text")).to_have_text(meant)
    expect(page.locator(".post .post-text b")).to_have_count(0)
    page.locator(".post .open").click()
    expect(page.locator("#drawer .post-text").first).to_have_text(meant)
    expect(page).to_have_title(re.compile(re.escape(meant[:10])))


def test_a_card_leads_to_x_by_its_link_and_by_a_key(open_page):
    page = open_page(prepare=lambda page: serve(page, [feed_item()]), permissions=["clipboard-read", "clipboard-write"])
    page.context.route("https://x.com/**", lambda route: route.fulfill(status=200, content_type="text/plain", body="X"))
    link = page.locator(".post .on-x")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    with page.expect_popup() as opened:
        link.click()
    assert opened.value.url == "https://x.com/someone/status/1890000000000000001"
    page.bring_to_front()
    page.keyboard.press("j")
    with page.expect_popup() as opened:
        page.keyboard.press("v")
    assert opened.value.url == "https://x.com/someone/status/1890000000000000001"
    page.bring_to_front()
    page.keyboard.press("y")
    expect(page.locator(".told")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/posts/1890000000000000001")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not an address"])
def test_a_card_without_a_web_address_has_no_link_out(open_page, url):
    page = open_page(prepare=lambda page: serve(page, [feed_item(url=url)]))
    expect(page.locator(".post .on-x")).to_have_count(0)


def test_a_long_text_unfolds_where_it_stands_and_folds_again(open_page):
    page = open_page(prepare=lambda page: serve(page, [feed_item(body_text=LONG)]))
    text = page.locator(".post .post-text")
    shown = text.evaluate("node => node.firstChild.data")
    assert LONG.startswith(shown) and 200 < len(shown) <= 420 and LONG[len(shown)] == " "
    text.get_by_role("button", name="More").press("Enter")
    expect(text).to_have_text(f"{LONG} Less")
    expect(text.get_by_role("button", name="Less")).to_be_focused()
    assert page.url.endswith("/")
    page.keyboard.press("Enter")
    expect(text).to_have_text(f"{shown}… More")


@pytest.mark.parametrize("text", ["a" * 500, "short\n" * 10, "x " * 250], ids=["one word", "ten lines", "words"])
def test_a_text_that_is_hardly_too_long_stays_whole(open_page, text):
    page = open_page(prepare=lambda page: serve(page, [feed_item(body_text=text)]))
    expect(page.locator(".post .post-text")).to_be_visible()
    expect(page.locator(".post .more")).to_have_count(0)


def test_folding_never_cuts_a_link_a_tag_or_a_letter(open_page):
    link = "https://example.org/" + "p" * 200
    texts = ["y" * 410 + " " + link + " " + "z" * 200, "y" * 415 + " #hashtaghashtag " + "z" * 200, "👩‍👩‍👧‍👦" * 200, "line\n" * 60]
    for text in texts:
        page = open_page(prepare=lambda page, text=text: serve(page, [feed_item(body_text=text)]))
        shown = page.locator(".post .post-text").evaluate("node => [...node.childNodes].slice(0, -2).map((child) => child.textContent).join('')")
        assert text.startswith(shown) and len(shown) > 30
        assert page.locator(".post .post-text a").count() == 0
        assert len(shown.replace("👩‍👩‍👧‍👦", "")) in (0, len(shown))
        assert shown.count("\n") <= 8


def test_a_post_that_is_gone_from_x_is_marked_with_words_alone(open_page):
    gone_at = "2026-02-22T13:30:00.000000Z"
    posts = [feed_item(gone_at=gone_at), feed_item(status_id="2", gone_at=gone_at, body_text=None), feed_item(status_id="3")]
    page = open_page(prepare=lambda page: serve(page, posts))
    cards = page.locator(".post")
    for place, text in enumerate(("A post", "Its text is not shown.")):
        expect(cards.nth(place).locator(".gone")).to_have_text(re.compile("^Gone from X since .*22 Feb"))
        expect(cards.nth(place).locator(".post-text")).to_have_text(text)
    expect(cards.nth(2).locator(".gone")).to_be_hidden()
