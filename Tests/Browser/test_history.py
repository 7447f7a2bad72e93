from playwright.sync_api import expect

from helpers import card, drawer_shows, focused_post, older_loaded, open_menu, settled, shown_ids, top_of


def scroll_to_card(page, number):
    while (before := len(shown_ids(page))) <= number:
        page.locator("#older").scroll_into_view_if_needed()
        older_loaded(page, before)
    status_id = shown_ids(page)[number]
    card(page, status_id).evaluate("node => node.scrollIntoView({ block: 'center' })")
    return status_id


def test_closing_a_post_returns_to_the_same_place_and_focus(open_page):
    page = open_page()
    status_id = scroll_to_card(page, 20)
    top = top_of(page, status_id)
    card(page, status_id).locator(".open").click()
    drawer_shows(page, status_id)
    page.locator("#drawer [data-close]").click()
    expect(page.locator("#drawer")).to_be_hidden()
    assert abs(top_of(page, status_id) - top) < 2
    assert focused_post(page) == status_id


def test_back_and_forward_restore_filters_place_and_focus(open_page):
    page = open_page("/?tier=teammate&tier=influencer")
    status_id = scroll_to_card(page, 60)
    card(page, status_id).locator(".open").focus()
    top, loaded = top_of(page, status_id), shown_ids(page)
    open_menu(page, "status")
    expect(page.locator("input[name=significant][value=true]")).to_be_visible()
    card(page, status_id).locator(".open").evaluate("node => node.focus({ preventScroll: true })")
    page.evaluate("document.querySelector('input[name=significant][value=true]').click()")
    page.wait_for_url("**/?tier=teammate&tier=influencer&significant=true")
    settled(page)
    assert shown_ids(page) != loaded
    page.go_back()
    page.wait_for_url("**/?tier=teammate&tier=influencer")
    expect(card(page, status_id)).to_be_visible()
    assert shown_ids(page)[: len(loaded)] == loaded
    assert abs(top_of(page, status_id) - top) < 2
    assert focused_post(page) == status_id
    expect(page.locator("input[name=significant][value='']")).to_be_checked()
    page.go_forward()
    page.wait_for_url("**&significant=true")
    expect(page.locator("input[name=significant][value=true]")).to_be_checked()


def test_reload_keeps_the_place(open_page):
    page = open_page()
    status_id = scroll_to_card(page, 70)
    top = top_of(page, status_id)
    page.reload()
    settled(page)
    expect(card(page, status_id)).to_be_visible()
    assert abs(top_of(page, status_id) - top) < 3


def test_browser_back_closes_the_post(open_page):
    page = open_page("/?significant=true")
    first = shown_ids(page)[0]
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    page.go_back()
    expect(page.locator("#drawer")).to_be_hidden()
    page.wait_for_url("**/?significant=true")
    page.go_forward()
    drawer_shows(page, first)


def test_the_skip_link_moves_focus_and_leaves_the_address_alone(open_page):
    page = open_page("/?tier=teammate")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#feed")).to_be_focused()
    assert page.url.endswith("/?tier=teammate")
    first, bar = page.locator(".post").first.bounding_box(), page.locator("#filters").bounding_box()
    assert first["y"] >= bar["y"] + bar["height"]
