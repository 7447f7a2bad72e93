"""Where a click leads, and what it keeps."""

from playwright.sync_api import expect

from helpers import asked, card, feed_item, open_menu, serve, settled, shown_ids


def test_a_mention_keeps_the_filters_as_a_handle_does(open_page):
    page = open_page("/?tier=teammate&significant=false&sort=likes", prepare=lambda page: serve(page, [feed_item(body_text="Ask @noor about #fern")]))
    page.locator(".post-text").get_by_role("link", name="@noor").click()
    page.wait_for_url("**/?tier=teammate&significant=false&q=%40noor&sort=likes")
    page.locator(".post-head .handle").click()
    page.wait_for_url("**/?tier=teammate&handle=someone&significant=false&q=%40noor&sort=likes")


def test_a_card_opens_in_a_tab_of_its_own(open_page):
    page = open_page("/?significant=true")
    first = shown_ids(page)[0]
    foot = card(page, first).locator(".post-foot")
    for click in ({"modifiers": ["Control"]}, {"button": "middle"}):
        with page.context.expect_page() as opened:
            foot.click(**click)
        opened.value.wait_for_url(f"**/posts/{first}?significant=true")
        opened.value.close()
    assert "/posts/" not in page.url


def test_the_first_account_that_fits_is_taken(open_page):
    page = open_page()
    menu = open_menu(page, "handle")
    box = menu.get_by_role("combobox")
    expect(box).to_be_focused()
    whole = menu.get_by_role("option").first.get_attribute("data-value")
    page.keyboard.type(whole[:3])
    first = menu.get_by_role("option").first
    expect(first).to_have_class("option active")
    value = first.get_attribute("data-value")
    assert value.startswith(whole[:3])
    with page.expect_request("**/v1/feed?*handle=*") as request:
        page.keyboard.press("Enter")
    assert asked(request)["handle"] == [value]
    settled(page)
