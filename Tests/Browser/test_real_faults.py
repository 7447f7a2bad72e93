"""A real server that breaks in real ways: the page says so, keeps what it has, and gets over it by itself."""

import pytest
from playwright.sync_api import expect

from faulty_host import FAULTS, FaultyHost
from helpers import card, drawer_shows, heard, shown_ids

PANELS = ("movers", "accounts", "runs", "watch-list", "latency")
TITLES = {
    "dead": "The server cannot be reached",
    "cut off": "The server cannot be reached",
    "broken off at once": "The server cannot be reached",
    "slow": "The server took too long",
    "401": "Sign-in needed",
    "429": "Too many requests",
    "500": "Internal error",
    "nonsense": "The answer was not understood",
    "another page": "A proxy or a sign-in page answered instead of the server",
}
PATIENCE = "const wait = AbortSignal.timeout; AbortSignal.timeout = (ms) => wait.call(AbortSignal, window.patience ?? ms)"


@pytest.fixture
def host(base_url):
    host = FaultyHost(base_url)
    yield host
    host.fault = host.held = None
    host.die()


@pytest.fixture
def open_feed(open_page, host):
    """A page whose clock stands still until it is moved."""

    def open_feed(path="/", **options):
        return open_page(host.url + path, prepare=lambda page: (page.clock.install(time="2026-02-25T12:00:00Z"), page.add_init_script(PATIENCE)), **options)

    return open_feed


def break_it(page, host, fault):
    if fault == "dead":
        host.die()
    host.fault = fault if fault in FAULTS else None
    page.evaluate(f"window.patience = {200 if fault == 'slow' else 'undefined'}")


def mend(page, host, fault):
    page.evaluate("window.patience = undefined")
    host.fault = None
    if fault == "dead":
        host.listen()


def pass_time_until(page, locator):
    """Time passes on the page's clock, in small steps that leave room for answers."""
    for _ in range(600):
        page.clock.run_for(1000)
        page.wait_for_load_state("networkidle")
        if locator.count() > 0:
            return
    raise AssertionError("not within ten minutes of the page's clock")


@pytest.mark.parametrize("fault", TITLES)
def test_the_feed_says_it_keeps_its_posts_and_gets_over_it(open_feed, host, fault):
    page = open_feed("/?significant=true")
    before = shown_ids(page)
    break_it(page, host, fault)
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#trouble")).to_contain_text(f"Not refreshed. {TITLES[fault]}.")
    expect(page.locator("#freshness")).to_contain_text("Stale since")
    assert shown_ids(page) == before
    mend(page, host, fault)
    pass_time_until(page, page.locator("#trouble:empty"))
    expect(page.locator("#freshness")).not_to_contain_text("Stale")
    assert shown_ids(page) == before


@pytest.mark.parametrize("fault", TITLES)
def test_a_post_that_cannot_be_had_says_so_and_can_be_tried_again(open_feed, host, fault):
    page = open_feed("/?significant=true", width=1440)
    first, second = shown_ids(page)[:2]
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    break_it(page, host, fault)
    card(page, second).locator(".open").click()
    drawer = page.locator("#drawer")
    expect(drawer.get_by_role("alert")).to_contain_text(TITLES[fault])
    mend(page, host, fault)
    drawer.get_by_role("button", name="Try again").click()
    drawer_shows(page, second)
    expect(drawer.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("fault", TITLES)
def test_the_menus_and_older_posts_say_what_they_lack(open_feed, host, fault):
    page = open_feed(height=700)
    before = shown_ids(page)
    menu = page.locator("[data-menu=tier]")
    menu.locator("summary").click()
    expect(menu.locator(".count").first).not_to_be_empty()
    break_it(page, host, fault)
    page.keyboard.press("Escape")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    older = page.locator("#older")
    expect(older.get_by_role("alert")).to_contain_text(TITLES[fault])
    assert shown_ids(page) == before
    menu.locator("summary").click()
    expect(menu.locator(".count").first).to_be_empty()
    page.keyboard.press("Escape")
    mend(page, host, fault)
    older.get_by_role("button", name="Try again").click()
    expect(page.locator("#posts li").nth(len(before))).to_be_attached()


def test_a_server_that_asks_for_patience_gets_it(open_feed, host):
    page = open_feed()
    host.fault = "429"
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#trouble")).to_contain_text("Too many requests")
    page.wait_for_load_state("networkidle")
    asked = len(host.asked)
    page.clock.run_for(89_000)
    page.wait_for_load_state("networkidle")
    assert [path for path in host.asked[asked:] if path.startswith("/v1/feed")] == []
    host.fault = None
    pass_time_until(page, page.locator("#trouble:empty"))


@pytest.mark.parametrize("fault", ["401", "500", "nonsense"])
def test_the_overview_says_which_parts_it_lacks_and_gets_them(open_page, host, fault):
    host.fault = fault
    page = open_page(f"{host.url}/overview.html", wait=False)
    for panel in PANELS:
        expect(page.locator(f"#{panel} .panel-note")).to_contain_text(f"Not loaded. {TITLES[fault]}.")
    host.fault = None
    page.get_by_role("button", name="Refresh").click()
    for panel in PANELS:
        expect(page.locator(f"#{panel} .panel-note")).to_be_empty()


def test_the_overview_asks_once_more_when_asked_during_an_attempt(open_page, host):
    host.fault, host.held = "500", "/v1/stats/timeline"
    page = open_page(f"{host.url}/overview.html", wait=False)
    for panel in PANELS:
        expect(page.locator(f"#{panel} .panel-note")).to_contain_text("Not loaded.")
    host.fault = None
    page.get_by_role("button", name="Refresh").click()
    host.held = None
    for panel in PANELS:
        expect(page.locator(f"#{panel} .panel-note")).to_be_empty()


def test_a_press_of_refresh_during_a_look_of_the_page_comes_after_it(open_feed, host):
    page = open_feed()
    host.fault = "500"
    with page.expect_response(lambda answer: "/v1/feed?" in answer.url or answer.url.endswith("/v1/feed")):
        host.held = "/v1/stats/summary"
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    host.fault = None
    words = heard(page)
    page.get_by_role("button", name="Refresh").click()
    host.held = None
    expect(page.locator("#trouble")).to_be_empty()
    page.wait_for_function("words => words.includes('No new posts')", arg=words)
