"""A morning with the keyboard alone: catch up, filter, read, save the view, share it, mark as seen. The mouse is never touched."""

import json

from playwright.sync_api import expect

from helpers import drawer_shows, focused_post, ids_of, settled, shown_ids


def tab_to(page, locator, *, back=False, most=160):
    for _ in range(most):
        if locator.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"not reached with Tab: {locator}")


def test_a_keyboard_reads_filters_saves_shares_and_catches_up(open_page, api):
    sample = api.everything(most=60)
    seen = json.dumps(json.dumps({"": {"until": sample[25]["discovered_at"], "above": {}}}))
    begin = f"localStorage.setItem('seen', {seen}); sessionStorage.begun = 1"

    def prepare(page):
        page.add_init_script(f"if (location.protocol !== 'about:' && !sessionStorage.begun) {{ {begin} }}")

    page = open_page(prepare=prepare, permissions=["clipboard-read", "clipboard-write"])
    expect(page.locator("#catch-up")).to_contain_text("25 new since")

    # Catches up: what is unseen, oldest first; then by author, chosen with arrow keys; a post is opened and closed; back to the feed.
    page.keyboard.press("c")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[24]["status_id"])
    page.keyboard.press("j")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", shown_ids(page)[1])
    tab_to(page, page.get_by_label("By time"), back=True)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("By author")).to_be_checked()
    page.keyboard.press("j")
    first = shown_ids(page)[0]
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", first)
    page.keyboard.press("Enter")
    drawer_shows(page, first)
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", first)
    page.keyboard.press("c")
    expect(page.locator(".catch-up-line")).to_contain_text("25 new since")

    # To the first unseen post, and marks all as seen.
    page.keyboard.press("u")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[24]["status_id"])
    page.keyboard.press("m")
    expect(page.locator(".catch-up-line")).to_contain_text("Seen up to")
    assert focused_post(page) == sample[24]["status_id"]

    # Filters: a tier from its menu, and a search.
    tab_to(page, page.locator("[data-menu=tier] summary"), back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Teammate", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**/?tier=teammate")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("the")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?tier=teammate&q=the")
    settled(page)
    wanted = ids_of(api.feed(tier="teammate", q="the"))
    assert wanted and shown_ids(page)[:10] == wanted[:10]

    # Saves the view under a name.
    tab_to(page, page.locator("[data-menu=views] summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Save this view as"))
    page.keyboard.type("Our words")
    page.keyboard.press("Enter")
    expect(page.locator("#announcements")).to_have_text("View “Our words” saved")
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu=views] summary")).to_be_focused()

    # Shares it: the link of the view is in the clipboard.
    tab_to(page, page.locator("[data-menu=share] summary"))
    page.keyboard.press("Enter")
    copy = page.get_by_role("button", name="Copy the link")
    expect(copy).to_be_visible()
    tab_to(page, copy)
    page.keyboard.press("Enter")
    expect(page.locator("#announcements")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
