"""The header that all pages have: ways to the others and back, the zone, colours, help."""

import re

import pytest
from playwright.sync_api import expect

from helpers import feed_item, serve, shown_ids, top_of


def places(page):
    return page.get_by_role("navigation", name="Pages").get_by_role("link")


@pytest.mark.parametrize(("path", "here"), [("/", "Feed"), ("/overview.html", "Overview"), ("/docs", "API")])
def test_every_page_has_ways_to_the_others_and_marks_its_own(open_page, path, here):
    page = open_page(path, wait=False)
    expect(places(page)).to_have_text(["Feed", "Overview", "API"])
    expect(page.get_by_role("navigation", name="Pages").locator("[aria-current=page]")).to_have_text(here)


@pytest.mark.parametrize("through", ["Overview", "API"])
def test_feed_leads_back_to_the_view_and_the_place_in_it(open_page, through):
    page = open_page("/?significant=true&sort=likes")
    tenth = shown_ids(page)[9]
    page.locator(f'.post[data-id="{tenth}"]').evaluate("node => node.scrollIntoView({ block: 'center' })")
    top = top_of(page, tenth)
    places(page).get_by_text(through, exact=True).dispatch_event("click")  # a click would scroll up to it first
    expect(page.get_by_role("navigation", name="Pages").locator("[aria-current=page]")).to_have_text(through)
    back = places(page).get_by_text("Feed", exact=True)
    expect(back).to_have_attribute("href", "/?significant=true&sort=likes")
    back.click()
    page.wait_for_url("**/?significant=true&sort=likes")
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    expect(page.locator(f'.post[data-id="{tenth}"]')).to_be_in_viewport()
    assert top_of(page, tenth) == pytest.approx(top, abs=12)


def test_days_chosen_on_the_overview_are_of_its_zone(open_page):
    page = open_page("/overview.html?tz=Pacific/Auckland", wait=False)
    bars = page.get_by_role("slider", name="Posts over time")
    expect(bars).to_have_attribute("aria-valuetext", re.compile("post"))
    bars.press("Enter")
    page.wait_for_url(re.compile(r"/\?since=([\d-]+)&until=\1&tz=Pacific%2FAuckland$"))


def test_the_overview_has_the_zone_of_the_feed_colours_and_help(open_page):
    page = open_page("/?tz=America/New_York", prepare=lambda page: serve(page, [feed_item()]))
    places(page).get_by_text("Overview", exact=True).click()
    page.wait_for_url("**/overview.html?tz=America%2FNew_York")
    # The list of accounts comes with an answer, the count of posts stands in the file.
    account, count = page.locator("#accounts a").first, page.locator("[data-count=significant]")
    expect(account).to_have_attribute("href", re.compile(r"^/\?handle=.+&tz=America%2FNew_York$"))
    expect(count).to_have_attribute("href", "/?significant=true&tz=America%2FNew_York")
    expect(page.locator("#runs")).to_have_attribute("aria-busy", "false")
    zone = page.locator("#zone")
    expect(zone.locator("summary")).to_have_text("Time zone: New York")
    zone.locator("summary").click()
    zone.get_by_role("radio", name="yours").check()
    page.wait_for_url("**/overview.html")
    expect(zone.locator("summary")).to_have_text("Time zone: Berlin")
    expect(account).to_have_attribute("href", re.compile(r"^/\?handle=[^&]+$"))
    expect(count).to_have_attribute("href", "/?significant=true")
    page.keyboard.press("Escape")
    page.locator("#display summary").click()
    page.get_by_label("Dark", exact=True).check()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
