import re

from playwright.sync_api import expect

PAPER = "getComputedStyle(document.documentElement).backgroundColor"


def display(page, label):
    menu = page.locator("#display")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    menu.get_by_label(label, exact=True).check()


def test_colours_follow_the_system_until_they_are_chosen(open_page):
    page = open_page(color_scheme="dark")
    dark = page.evaluate(PAPER)
    display(page, "Light")
    light = page.evaluate(PAPER)
    assert light != dark
    page.reload()
    assert page.evaluate(PAPER) == light
    display(page, "System")
    assert page.evaluate(PAPER) == dark
    assert page.evaluate("localStorage.getItem('theme')") is None


def test_a_menu_that_was_opened_before_its_code_was_there_is_filled_all_the_same(open_page):
    held = []
    page = open_page(wait=False, prepare=lambda page: page.route("**/js/app.js", lambda route: held.append(route)))
    for menu in ("#display", "[data-menu=tier]"):
        page.locator(menu).locator("summary").click()
        expect(page.locator(menu)).to_have_attribute("open", "")
    expect(page.locator(".menu-panel")).to_have_count(0)
    held.pop().continue_()
    expect(page.get_by_label("System", exact=True)).to_be_visible()
    expect(page.get_by_label("Influencer", exact=True)).to_be_visible()


def test_density_is_kept_by_the_browser_and_not_by_the_address(open_page):
    page = open_page("/?tier=teammate")
    posts = page.locator(".post")
    height = posts.first.bounding_box()["height"]
    display(page, "Compact")
    expect(posts.first.locator(".avatar")).to_be_hidden()
    assert posts.first.bounding_box()["height"] < 0.75 * height
    assert page.url.endswith("/?tier=teammate")
    page.reload()
    expect(posts.first).to_be_visible()
    assert posts.first.bounding_box()["height"] < 0.75 * height
    display(page, "Comfortable")
    assert abs(posts.first.bounding_box()["height"] - height) < 1


def test_the_choice_stands_before_the_first_paint(open_page):
    """The script that reads it is a classic one in the head: nothing is drawn before it has run."""
    page = open_page()
    display(page, "Compact")
    display(page, "Dark")
    page.route(re.compile("/js/app.js"), lambda route: route.abort())
    page.reload()
    assert page.evaluate("({ ...document.documentElement.dataset })") == {"density": "compact", "theme": "dark"}


def test_the_menu_closes_with_escape_and_gives_focus_back(open_page):
    page = open_page()
    page.locator("#display summary").press("Enter")
    page.get_by_label("Compact").check()
    page.keyboard.press("Escape")
    expect(page.locator("#display summary")).to_be_focused()
    expect(page.locator("#display .menu-panel")).to_be_hidden()
