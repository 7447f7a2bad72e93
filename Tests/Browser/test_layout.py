import pytest
from playwright.sync_api import expect

from helpers import card, drawer_shows, feed_item, serve, shown_ids

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
LONG = feed_item(
    body_text="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 4 + " https://example.org/" + "a" * 300,
    author_display="NameWithoutAnySpaceThatGoesOnAndOnAndOn" * 3,
    author_handle="h" * 40,
    significance_reason="x" * 300,
    reported_at="2026-02-22T14:00:00.000000Z",
    likes=999_999_999,
    views=88_888_888_888,
    replies=123_456,
    reposts=987_654,
)


@pytest.mark.parametrize("path", ["/", "/?tier=teammate&tier=influencer&since=2026-01-01&significant=true&reported=false&q=a"])
@pytest.mark.parametrize("width", [320, 390, 640, 768, 1024, 1280, 1920])
def test_no_sideways_scrolling(open_page, path, width):
    page = open_page(path, width=width)
    assert page.evaluate(FITS)


@pytest.mark.parametrize("width", [320, 1100])
def test_a_button_that_is_hit_in_its_middle_is_pressed(open_page, width):
    page = open_page(width=width)
    for name, place, says in (("Refresh", "#announcements", "No new posts"), ("Help and keyboard shortcuts", "#help", "How to read this")):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator(place)).to_contain_text(says)


def test_no_sideways_scrolling_with_the_longest_words_on_the_smallest_phone(open_page):
    page = open_page("/posts/1890000000000000001", width=320, height=640, prepare=lambda page: serve(page, [LONG]))
    expect(page.locator("#drawer .detail")).to_be_visible()
    assert page.evaluate(FITS)
    assert page.locator("#drawer .drawer-body").evaluate("node => node.scrollWidth <= node.clientWidth")
    page.locator("#drawer [data-close]").click()
    expect(page.locator("#drawer")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    page.locator("[data-menu=time] summary").click()
    assert page.evaluate(FITS)
    outside = page.locator(".post *").evaluate_all("nodes => nodes.filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.author, .handle')).length")
    assert outside == 0


@pytest.mark.parametrize("search", ["tier=teammate&tier=influencer", "q=zzz-no-such-text-zzz"], ids=["posts", "nothing found"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_the_page_loads(open_page, width, search):
    observe = """
        window.shifts = 0
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value }).observe({ type: 'layout-shift', buffered: true })
    """
    page = open_page(f"/?{search}", width=width, prepare=lambda page: page.add_init_script(observe))
    expect(page.locator("[data-count=posts] b")).not_to_have_text("–")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifts") < 0.005


def test_counters_stand_in_columns(open_page):
    page = open_page()
    lefts = page.locator(".post .counters").evaluate_all("lists => lists.map((list) => [...list.children].map((child) => Math.round(child.getBoundingClientRect().left)).join())")
    assert len(set(lefts)) == 1


def test_a_post_is_a_page_on_a_phone_and_stands_beside_the_feed_on_a_wide_screen(open_page):
    for width, share in ((390, 1), (1100, 0.6), (1600, 0.5)):
        page = open_page(width=width)
        first = shown_ids(page)[0]
        card(page, first).locator(".open").click()
        drawer_shows(page, first)
        page.locator("#drawer").evaluate("node => Promise.all(node.getAnimations().map((animation) => animation.finished))")
        box = page.locator("#drawer").bounding_box()
        assert box["width"] == width if share == 1 else box["width"] <= width * share
        assert page.locator("#drawer").evaluate("node => node.matches(':modal')") == (width < 1280)
        if width == 1600:
            feed = card(page, first).bounding_box()
            assert feed["x"] + feed["width"] <= box["x"]


def test_print_leaves_the_controls_out(open_page):
    page = open_page()
    page.emulate_media(media="print")
    expect(page.locator(".masthead-actions")).to_be_hidden()
    expect(page.locator(".search-field")).to_be_hidden()
    expect(page.locator(".post").first).to_be_visible()


@pytest.mark.parametrize("width", [390, 1400])
def test_a_printed_post_fills_the_paper(open_page, api, width):
    post = api.feed()[0]
    page = open_page(f"/posts/{post['status_id']}", width=width)
    drawer_shows(page, post["status_id"])
    page.emulate_media(media="print")
    box = page.locator("#drawer").bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, page.locator("html").bounding_box()["width"])
    assert page.locator("#drawer").evaluate("drawer => getComputedStyle(drawer, '::backdrop').display") == "none"


def test_paper_is_white_for_whoever_chose_dark(open_page):
    page = open_page(prepare=lambda page: page.add_init_script("localStorage.setItem('theme', 'dark')"))
    dark = page.locator(".post").first.evaluate("node => getComputedStyle(node).color")
    page.emulate_media(media="print")
    assert page.locator("html").evaluate("node => [getComputedStyle(node).colorScheme, getComputedStyle(node).backgroundColor]") == ["light", "rgb(255, 255, 255)"]
    assert page.locator(".post").first.evaluate("node => getComputedStyle(node).color") != dark
    for menu in ("views", "sort", "share"):
        expect(page.locator(f"[data-menu={menu}]")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390])
def test_the_choices_of_a_menu_fit_a_phone(open_page, width):
    page = open_page("/?significant=true&reported=false", width=width)
    page.get_by_role("button", name="Filters").click()
    page.locator("[data-menu=status] summary").click()
    expect(page.locator("[data-menu=status] .count:not(:empty)").first).to_be_visible()
    assert page.locator(".filter-menus").evaluate("node => node.scrollWidth <= node.clientWidth")


def test_without_scripts_nothing_claims_to_load(open_page):
    page = open_page(wait=False, java_script_enabled=False)
    expect(page.get_by_role("heading", name="This page needs JavaScript")).to_be_visible()
    for part in ("#freshness", "#refresh", "#summary", "#filters", ".skeleton"):
        expect(page.locator(part)).to_be_hidden()
