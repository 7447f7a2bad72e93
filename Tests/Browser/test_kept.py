"""What a page shows stays when the server is gone: what its first view does without is there before it is needed."""

import re
import zlib

import pytest
from playwright.sync_api import expect

from helpers import answer, card, drawer_shows, problem, shown_ids


def at_rest(page):
    """What the first view does without is there: its parts come one after another, and the chart over time is the last of them."""
    expect(page.locator('link[href="/css/parts/timeline.css"]')).to_be_attached()


@pytest.fixture
def rested(open_page):
    def open_rested(path="/", **options):
        page = open_page(path, **options)
        at_rest(page)
        return page

    return open_rested


def test_a_post_opens_offline_with_what_its_card_knows_and_goes_on_from_there(rested):
    page = rested()
    first = shown_ids(page)[0]
    text = card(page, first).locator(".post-text").inner_text()
    page.context.set_offline(True)
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    drawer = page.locator("#drawer")
    expect(drawer.locator(".post-text").first).to_contain_text(text[:40])
    expect(drawer.locator(".tile-now").last).not_to_have_text("")
    expect(drawer.locator(".facts")).to_contain_text("Discovered")
    failure = drawer.locator(".history").get_by_role("alert")
    expect(failure).to_contain_text("Could not be loaded. The server cannot be reached")
    page.context.set_offline(False)
    failure.get_by_role("button", name="Try again").click()
    expect(drawer.locator(".history").get_by_role("alert")).to_have_count(0)
    expect(drawer.locator(".provenance-sentence")).to_contain_text("Stored by")


@pytest.mark.parametrize("status", [500, 503])
def test_a_failed_answer_takes_nothing_of_the_card_away(open_page, status):
    page = open_page(prepare=lambda page: page.route(re.compile(r"/v1/posts/\d+$"), lambda route: answer(route, problem(status, "Out of order", request_id="r-9"), status)))
    first = shown_ids(page)[0]
    author = card(page, first).locator(".author").inner_text()
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    expect(page.locator("#drawer-title")).to_contain_text(author)
    expect(page.locator("#drawer .history").get_by_role("alert")).to_contain_text("Out of order")
    expect(page.locator("#drawer .history").get_by_role("alert")).to_contain_text("r-9")


def test_a_post_that_is_gone_is_not_kept(open_page):
    page = open_page(prepare=lambda page: page.route(re.compile(r"/v1/posts/\d+$"), lambda route: answer(route, problem(404, "Not found"), 404)))
    card(page, shown_ids(page)[0]).locator(".open").click()
    expect(page.locator("#drawer").get_by_role("alert")).to_contain_text("No such post")
    expect(page.locator("#drawer .post-text")).to_have_count(0)


def test_menus_help_and_saved_views_open_offline_once_the_page_was_at_rest(rested):
    page = rested()
    page.context.set_offline(True)
    for menu in ("time", "tier", "more", "share"):
        page.locator(f"[data-menu={menu}] > summary").press("Enter")
        expect(page.locator(f"[data-menu={menu}] .menu-panel")).to_be_visible()
        page.keyboard.press("Escape")
    page.locator("#display > summary").press("Enter")
    expect(page.locator("#display .menu-panel")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Help and keyboard shortcuts").click()
    expect(page.get_by_role("heading", name="How to read this")).to_be_visible()


def never_idle(page):
    page.add_init_script("requestIdleCallback = () => 0")


@pytest.mark.parametrize(("missing", "ask", "words"), [
    ("**/js/filters/panels.js", lambda page: page.locator("[data-menu=tier] > summary").press("Enter"), "The menu could not be loaded."),
    ("**/js/keyboard/help-sheet.js", lambda page: page.locator("#help-open").click(), "The help could not be loaded."),
    ("**/css/parts/drawer.css", lambda page: page.locator(".post .open").first.press("Enter"), "The post could not be loaded."),
], ids=["a menu", "the help", "a post"])
def test_a_part_that_cannot_be_fetched_says_so_to_eyes_too_and_comes_at_the_next_try(open_page, missing, ask, words):
    def prepare(page):
        never_idle(page)
        page.route(missing, lambda route: route.abort())

    page = open_page(prepare=prepare)
    ask(page)
    note = page.get_by_role("alert")
    expect(note).to_contain_text(words)
    expect(note).to_be_in_viewport()
    expect(page.locator("#drawer")).to_be_hidden()
    page.unroute(missing)
    note.get_by_role("button", name="Try again").click()
    expect(page.locator(".menu-panel:visible, dialog[open]").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_the_first_view_does_without_is_fetched_once_and_when_idle(open_page):
    asked = []

    def prepare(page):
        page.on("request", lambda request: asked.append(re.sub(r"^https?://[^/]*", "", request.url)))
        page.add_init_script("window.idle = []; requestIdleCallback = (run) => window.idle.push(run)")

    page = open_page(prepare=prepare)
    parts = {"/js/post/drawer.js", "/css/parts/drawer.css", "/js/filters/panels.js", "/js/keyboard/help-sheet.js", "/js/feed/nothing-shown.js"}
    assert not parts & set(asked)
    page.evaluate("window.idle.forEach((run) => run())")
    at_rest(page)
    assert parts <= set(asked)
    assert len([one for one in asked if one in parts]) == len(parts)


def words_on_paper(page):
    """How many times a PDF of the page draws text: its streams are compressed, and its letters are numbers of glyphs."""
    paper = page.pdf(format="A4")
    streams = re.findall(rb"stream\r?\n(.*?)endstream", paper, re.DOTALL)
    return sum(len(re.findall(rb"\bT[jJ]\b", unpacked(stream))) for stream in streams)


def unpacked(stream):
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("width", [1440, 900])
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_an_open_post_prints(open_page, width, motion):
    page = open_page(width=width, reduced_motion=motion)
    first = shown_ids(page)[0]
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    modal = page.locator("#drawer").evaluate("drawer => drawer.matches(':modal')")
    assert words_on_paper(page) > 20
    assert page.locator("#drawer").evaluate("drawer => drawer.open && drawer.matches(':modal')") == modal
