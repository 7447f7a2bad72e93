import pytest
from playwright.sync_api import expect

from helpers import choose, ids_of, settled, shown_ids

SORTS = {"posted": "Newest posted", "likes": "Most liked", "views": "Most viewed", "velocity": "Fastest"}


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_is_chosen_goes_to_the_address_and_is_the_apis(open_page, api, sort):
    page = open_page("/?tier=teammate")
    page.locator("[data-menu=sort] summary").click()
    page.locator(f"[data-menu=sort] [value={sort}]").check()
    page.wait_for_url(f"**/?tier=teammate&sort={sort}")
    settled(page)
    expected = ids_of(api.feed(tier="teammate", sort=sort))
    expect(page.locator("#posts .post").first).to_have_attribute("data-id", expected[0])
    assert shown_ids(page)[: len(expected)] == expected
    expect(page.locator("[data-menu=sort] summary")).to_contain_text(SORTS[sort])
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Posts, newest found first")
    choose(page, "sort", "Newest found")
    page.wait_for_url("**/?tier=teammate")


def test_only_an_order_of_time_has_days(open_page):
    for sort, days in (("posted", True), ("likes", False)):
        page = open_page(f"/?sort={sort}")
        expect(page.locator(".post").first).to_be_visible()
        assert (page.locator(".day-name").count() > 0) == days


def test_the_order_alone_is_no_filter(open_page):
    page = open_page("/?sort=views")
    expect(page.locator("#chips")).to_have_text("All posts")
