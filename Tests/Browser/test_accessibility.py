from importlib import resources

import pytest
from playwright.sync_api import expect

from helpers import answer, card, drawer_shows, problem, shown_ids

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def feed(page):
    expect(page.locator(".post").first).to_be_visible()


def menu(page):
    page.locator("[data-menu=time] summary").click()


def detail(page):
    first = shown_ids(page)[0]
    card(page, first).locator(".open").click()
    drawer_shows(page, first)


def help_sheet(page):
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def state(page):
    expect(page.locator(".state")).to_be_visible()


def failing(page):
    page.route("**/v1/feed*", lambda route: answer(route, problem(503, "Database unavailable", "Try again."), 503))


def overview(page):
    expect(page.locator("#latency")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#watch-list")).to_have_attribute("aria-busy", "false")
    page.locator("#timeline summary").click()


def trouble(page):
    feed(page)
    failing(page)
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("button", name="Try now")).to_be_visible()


SCENES = {
    "feed": ("/", {}, feed, None),
    "filtered feed on a phone": ("/?tier=teammate&significant=true&since=2026-01-01&sort=likes&min_views=10", {"width": 390}, feed, None),
    "menu": ("/?reported=true", {}, menu, None),
    "detail beside the feed": ("/?significant=true&reported=true", {"width": 1440}, detail, None),
    "detail on a phone": ("/?significant=true&reported=true", {"width": 390}, detail, None),
    "unknown post": ("/posts/1", {}, state, None),
    "help": ("/", {}, help_sheet, None),
    "empty": ("/?q=zzz-no-such-text-zzz", {}, state, None),
    "error": ("/", {}, state, failing),
    "overview": ("/overview.html", {"width": 1280}, overview, None),
    "overview on a phone": ("/overview.html", {"width": 390}, overview, None),
    "not refreshed": ("/", {"width": 390}, trouble, None),
    "invalid address": ("/?tier=boss", {}, state, None),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scene", SCENES)
def test_axe_finds_nothing(open_page, scene, theme):
    path, size, act, arrange = SCENES[scene]

    def prepare(page):
        page.add_init_script(AXE)
        if arrange:
            arrange(page)

    page = open_page(path, wait=path != "/overview.html", prepare=prepare, color_scheme=theme, reduced_motion="reduce", **size)
    act(page)
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
    result = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES)
    found = [f"{rule['id']}: {node['html'][:160]} | {node['failureSummary'][:200]}" for rule in result["violations"] for node in rule["nodes"][:3]]
    assert found == []
    assert any(rule["id"] == "color-contrast" for rule in result["passes"]), "axe looked at nothing"
