"""Views that a reader saves under a name."""

import json
import re

import pytest
from playwright.sync_api import expect

from helpers import open_menu, settled

ONE, TWO, THREE = ("Ours", "?tier=teammate"), ("Urgent", "?significant=true&reported=false"), ("Loud", "?range=7d&sort=likes")


def saved(*views, home=None):
    """Prepares a browser that knows these views."""
    kept = json.dumps(json.dumps([{"name": name, "search": search} for name, search in views]))
    start = f"localStorage.setItem('home', {json.dumps(home)})" if home else ""
    script = f"if (location.protocol !== 'about:' && !sessionStorage.begun) {{ localStorage.setItem('views', {kept}); {start}; sessionStorage.begun = 1 }}"
    return lambda page: page.add_init_script(script)


def kept(page):
    return [(view["name"], view["search"]) for view in json.loads(page.evaluate("localStorage.getItem('views')") or "[]")]


def names(page):
    links = open_menu(page, "views").get_by_role("list", name="Saved views").get_by_role("link")
    expect(links.first).to_be_visible()
    return links.locator("span:first-child").all_inner_texts()


def edit(page):
    open_menu(page, "views").get_by_role("button", name="Edit views…").click()
    sheet = page.get_by_role("dialog", name="Saved views")
    expect(sheet).to_be_visible()
    return sheet


def test_a_view_is_saved_under_a_name_and_opened_again(open_page):
    page = open_page("/?tier=teammate&range=7d&sort=likes")
    menu = open_menu(page, "views")
    menu.get_by_label("Save this view as").fill("  Our\nweek ")
    menu.get_by_role("button", name="Save").click()
    expect(page.locator("#announcements")).to_have_text("View “Our week” saved")
    link = menu.get_by_role("link", name="Our week")
    expect(link).to_have_attribute("aria-current", "page")
    expect(link).to_be_focused()
    expect(menu.get_by_label("Save this view as")).to_be_hidden()
    page.goto("/")
    settled(page)
    menu = open_menu(page, "views")
    expect(menu.get_by_role("link", name="All posts")).to_have_attribute("aria-current", "page")
    menu.get_by_role("link", name="Our week").press("Enter")
    page.wait_for_url("**/?range=7d&tier=teammate&sort=likes")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.locator(".menu-panel")).to_be_hidden()


def test_without_a_saved_view_the_menu_says_how_to_save_one(open_page):
    page = open_page()
    menu = open_menu(page, "views")
    expect(menu.get_by_text("can be saved here")).to_be_visible()
    expect(menu.get_by_label("Save this view as")).to_be_hidden()
    page = open_page("/?sort=likes")
    menu = open_menu(page, "views")
    expect(menu.get_by_label("Save this view as")).to_be_visible()
    expect(menu.get_by_text("can be saved here")).to_be_hidden()


def test_saving_under_a_name_again_replaces_the_view(open_page):
    page = open_page("/?tier=ecosystem", prepare=saved(ONE, TWO))
    menu = open_menu(page, "views")
    box = menu.get_by_label("Save this view as")
    box.fill("Ours")
    box.press("Enter")
    expect(page.locator("#announcements")).to_have_text("View “Ours” replaced")
    assert kept(page) == [("Ours", "?tier=ecosystem"), TWO]
    expect(menu).to_contain_text("“Ours” was replaced.")
    menu.get_by_role("button", name="Undo").click()
    assert kept(page) == [ONE, TWO]
    expect(menu.locator("summary")).to_have_text("Ours · changed")


def test_views_are_put_in_order_with_the_keyboard(open_page):
    page = open_page(prepare=saved(ONE, TWO, THREE))
    assert names(page) == ["All posts", "Ours", "Urgent", "Loud"]
    sheet = edit(page)
    expect(sheet.get_by_role("button", name="Move “Ours” up")).to_be_disabled()
    expect(sheet.get_by_role("button", name="Move “Loud” down")).to_be_disabled()
    down = sheet.get_by_role("button", name="Move “Ours” down")
    down.press("Enter")
    expect(page.locator("#announcements")).to_have_text("“Ours” is number 2 of 3")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet.get_by_role("button", name="Move “Ours” up")).to_be_focused()
    assert kept(page) == [TWO, THREE, ONE]
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert names(page) == ["All posts", "Urgent", "Loud", "Ours"]


def test_a_view_is_renamed_and_two_never_have_one_name(open_page):
    page = open_page(prepare=saved(ONE, TWO))
    sheet = edit(page)
    box = sheet.get_by_label("Name of “Ours”")
    box.fill("Urgent")
    box.press("Tab")
    expect(page.locator("#announcements")).to_have_text("There is a view “Urgent” already")
    expect(box).to_have_value("Ours")
    box.fill("Team")
    box.press("Tab")
    expect(sheet.get_by_role("button", name="Remove “Team”")).to_be_visible()
    expect(sheet.get_by_role("button", name="Move “Team” down")).to_be_focused()
    assert kept(page) == [("Team", ONE[1]), TWO]


def test_a_removed_view_comes_back_with_undo(open_page):
    page = open_page(prepare=saved(ONE, TWO, home=TWO[1]))
    page.wait_for_url(f"**/{TWO[1]}")
    sheet = edit(page)
    sheet.get_by_role("button", name="Remove “Urgent”").click()
    expect(sheet).to_contain_text("“Urgent” is removed.")
    assert kept(page) == [ONE]
    assert page.evaluate("localStorage.getItem('home')") is None
    expect(sheet.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet.get_by_label("Name of “Urgent”")).to_be_focused()
    assert kept(page) == [ONE, TWO]
    assert page.evaluate("localStorage.getItem('home')") == TWO[1]
    for name in ("Ours", "Urgent"):
        sheet.get_by_role("button", name=f"Remove “{name}”").click()
    page.keyboard.press("Escape")
    assert names(page) == ["All posts"]


def test_one_view_opens_at_the_start_and_all_posts_stay_in_reach(open_page):
    page = open_page(prepare=saved(ONE, TWO))
    sheet = edit(page)
    sheet.get_by_role("button", name="“Ours” opens at the start").click()
    expect(sheet.get_by_role("button", name="“Ours” opens at the start")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    page.goto("about:blank")
    page.goto("/")
    page.wait_for_url("**/?tier=teammate")
    settled(page)
    open_menu(page, "views").get_by_role("link", name="All posts").click()
    page.wait_for_url(re.compile(r"/$"))
    page.reload()
    settled(page)
    assert page.url.endswith("/")
    page.goto("/?tier=influencer")
    settled(page)
    assert page.url.endswith("/?tier=influencer")
    page.goto("about:blank")
    page.goto("/?sort=discovered")
    settled(page)
    assert page.url.endswith("/?sort=discovered")


def test_the_button_and_the_tab_name_the_view_and_say_that_it_was_changed(open_page):
    page = open_page(f"/{ONE[1]}", prepare=saved(ONE, TWO))
    menu = page.locator("[data-menu=views]")
    expect(menu.locator("summary")).to_have_text("Ours")
    expect(page).to_have_title("Ours · XMonitor")
    page.get_by_role("searchbox").fill("a")
    page.wait_for_url("**/?tier=teammate&q=a")
    expect(menu.locator("summary")).to_have_text("Ours · changed")
    expect(page).to_have_title("“a” · Teammate · XMonitor")
    open_menu(page, "views").get_by_role("button", name="Update “Ours”").click()
    assert kept(page) == [("Ours", "?tier=teammate&q=a"), TWO]
    expect(menu.locator("summary")).to_have_text("Ours")
    menu.get_by_role("button", name="Undo").click()
    assert kept(page) == [ONE, TWO]
    expect(menu.locator("summary")).to_have_text("Ours · changed")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear all").click()
    expect(menu.locator("summary")).to_have_text("Views")


def test_a_view_opens_at_the_start_by_a_button_in_its_row(open_page):
    page = open_page("/?sort=likes", prepare=saved(ONE, TWO))
    menu = open_menu(page, "views")
    button = menu.get_by_role("button", name="Open “Urgent” at the start")
    expect(button).to_have_text("Open at start")
    button.click()
    expect(button).to_have_text("Opens at start")
    expect(button).to_be_focused()
    assert page.evaluate("localStorage.getItem('home')") == TWO[1]
    menu.get_by_role("button", name="Open “All posts” at the start").click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("localStorage.getItem('home')") is None


@pytest.mark.parametrize("kept", ["{", "null", "7", '[{"name": 1}, {"name": "x", "search": "javascript:alert(1)"}, null, {"name": "Good", "search": "?q=a"}]'])
def test_what_is_not_a_view_is_left_out(open_page, kept):
    page = open_page(prepare=lambda page: page.add_init_script(f"localStorage.setItem('views', {json.dumps(kept)}); localStorage.setItem('home', 'javascript:alert(1)')"))
    assert names(page) == (["All posts", "Good"] if "Good" in kept else ["All posts"])
    assert page.locator("a[href^=javascript]").count() == 0


def test_names_are_text(open_page):
    page = open_page(prepare=saved(("<img src=x onerror=alert(1)>", "?q=%3Cb%3E")))
    assert names(page)[1] == "<img src=x onerror=alert(1)>"
    sheet = edit(page)
    expect(sheet).to_contain_text("“<b>”")
    assert page.locator("#filters img").count() == sheet.locator("img, b").count() == 0


def test_a_view_is_copied_as_a_link(open_page, base_url):
    page = open_page(prepare=saved(ONE), permissions=["clipboard-read", "clipboard-write"])
    edit(page).get_by_role("button", name="Copy the link to “Ours”").click()
    expect(page.locator("#announcements")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base_url}/?tier=teammate"
