"""The page that shows the whole: what moves, who writes, who is silent, and how fast posts are found."""

import re

import pytest
from playwright.sync_api import expect

from helpers import COLLECTING, answer, feed_item, feed_of, problem


@pytest.fixture
def open_overview(open_page):
    def open_overview(prepare=None, **options):
        page = open_page("/overview.html", wait=False, prepare=prepare, **options)
        for panel in ("needs", "movers", "accounts", "watch-list", "latency", "runs"):
            expect(page.locator(f"#{panel}")).to_have_attribute("aria-busy", "false")
        return page

    return open_overview


def test_the_panels_say_what_the_api_says(open_overview, api):
    page = open_overview()
    movers = [item for item in api.feed(sort="velocity", limit=8) if (item["views_per_hour"] or 0) > 0]
    assert page.locator("#movers .row-main").evaluate_all("links => links.map((link) => link.getAttribute('href'))") == [f"/posts/{item['status_id']}" for item in movers]
    top = api.get("/facets", top=10)["handle"]["top"]
    expect(page.locator("#accounts .row-main")).to_have_text([f"@{one['value']}" for one in top])
    expect(page.locator("#accounts .row-count")).to_have_text([re.compile(rf"^{one['posts']} posts?$") for one in top])
    expect(page.locator("[data-count=posts]")).to_have_attribute("title", f"{api.get('/stats/summary')['posts']:,}")


def test_the_watch_list_names_the_last_post_of_everybody_the_latest_first(open_overview, api):
    accounts = api.get("/watch-accounts")["items"]
    page = open_overview()
    shown = page.locator("#watch-list tbody tr").evaluate_all("rows => rows.map((row) => [row.querySelector('th a').textContent.slice(1), row.querySelector('time')?.dateTime ?? null])")
    assert dict(shown) == {account["handle"]: account["last_post_at"] for account in accounts}
    times = [time or "" for _, time in shown]
    assert times == sorted(times, reverse=True)


def test_whoever_never_posted_is_said_to(open_overview):
    account = {"tier": "teammate", "note": "Loves <b>markup</b>", "added_at": "2025-01-01T00:00:00Z"}
    items = [{**account, "handle": "mute", "posts": 0, "last_post_at": None}, {**account, "handle": "loud", "posts": 3, "last_post_at": "2026-02-22T10:00:00Z"}]
    page = open_overview(lambda page: page.route("**/v1/watch-accounts", lambda route: answer(route, {"items": items})))
    expect(page.locator("#watch-list tbody th a")).to_have_text(["@loud", "@mute"])
    expect(page.locator("#watch-list tbody tr").last).to_contain_text("None yet")
    expect(page.locator("#watch-list tbody small").first).to_have_text("Loves <b>markup</b>")


@pytest.mark.parametrize(("latency", "words"), [({"p50": 0.02, "p90": 30.2, "p99": 7260.0, "posts": 100}, ["1 second", "30 seconds", "2 hours"]), (None, [])])
def test_latency_is_told_by_shares(open_overview, api, latency, words):
    summary = {**api.get("/stats/summary"), "capture_latency_seconds": latency}
    page = open_overview(lambda page: page.route("**/v1/stats/summary", lambda route: answer(route, summary)))
    expect(page.locator("#latency dd")).to_have_text(words)
    expect(page.locator("#latency")).to_contain_text("Of the newest 100 posts" if latency else "No post yet")


NOON = "2026-02-24T12:00:00Z"


def observed(status_id, at, pace=120):
    curve = [{"at": "2025-04-01T00:00:00.000000Z", "views": 10}, {"at": at, "views": 5_000}]
    return feed_item(status_id=status_id, views=5_000, views_per_hour=pace, likes_per_hour=1, curve=curve)


def test_it_begins_with_what_needs_somebody_each_with_its_age_and_each_a_door(open_overview, api):
    summary = {**api.get("/stats/summary"), "unreported_significant": 779}
    stopped = {**COLLECTING, "status": "blind", "blind_since": "2025-04-20T12:00:00.000000Z", "newest_discovered_at": "2026-02-24T09:00:00.000000Z"}

    def feed(route):
        moving = "sort=velocity" in route.request.url
        answer(route, feed_of(observed("1", "2026-02-24T11:00:00.000000Z"), observed("2", "2025-04-09T10:00:00.000000Z")) if moving else feed_of(feed_item()))

    def prepare(page):
        page.clock.set_fixed_time(NOON)
        page.route("**/v1/stats/summary", lambda route: answer(route, summary))
        page.route("**/v1/freshness", lambda route: answer(route, stopped))
        page.route("**/v1/feed*", feed)

    page = open_overview(prepare, timezone_id="UTC")
    assert page.locator("main section").first.get_attribute("id") == "needs"
    expect(page.locator("#needs .need")).to_have_text([
        "No collector run for 10 monthsthe newest post was found 3\u00a0h\u00a0ago", "779 posts still to reportthe newest found 1\u00a0d\u00a0ago",
        "1 post movinglast observed 1\u00a0h\u00a0ago"])
    doors = page.locator("#needs a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert doors == ["#runs", "/?significant=true&reported=false", "/?sort=velocity"]


def test_what_moved_long_ago_is_not_said_to_move(open_overview):
    posts = [observed("1", "2025-04-09T10:00:00.000000Z", 110_300), observed("2", "2026-02-24T11:00:00.000000Z")]

    def prepare(page):
        page.clock.set_fixed_time(NOON)
        page.route("**/v1/feed*", lambda route: answer(route, feed_of(*posts)))

    page = open_overview(prepare, timezone_id="UTC")
    rows = page.locator("#movers .row")
    expect(rows.nth(0)).to_contain_text("+120views/hof 5K")
    expect(rows.nth(1)).to_contain_text("+110.3Kviews/hon 9 Apr 2025")
    expect(rows.nth(1)).to_have_class("row past")
    expect(page.get_by_role("link", name="All, the fastest first")).to_have_attribute("href", "/?sort=velocity")
    posts.pop()
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#movers")).to_contain_text("none of the fastest posts was observed in the last 48 hours")


def run(at, mode="priority"):
    return {"run_at": f"2026-02-{at}:00.000000Z", "mode": mode, "source": "test", "fetched_count": 40, "significant_count": 2, "reported_count": 1, "note": None}


def mode(name, status="live", **more):
    return {"mode": name, "status": status, "last_run_at": "2026-02-22T12:00:00Z", "usual_interval_seconds": 3600.0, "due_at": None, "blind_since": None, **more}


def test_runs_are_a_strip_a_mode_with_their_gaps(open_overview):
    runs = [run(f"22T{hour:02}:00") for hour in (12, 11, 10, 4, 3)] + [run("21T23:30", "manual"), run("21T20:00")]
    modes = [
        mode("priority", "blind", blind_since="2026-02-22T13:00:00Z"), mode("discovery", "unknown", last_run_at=None, usual_interval_seconds=None),
        mode("manual", "unknown", usual_interval_seconds=None)]

    def prepare(page):
        page.route("**/v1/runs*", lambda route: answer(route, {"items": runs, "next_cursor": None}))
        page.route("**/v1/freshness", lambda route: answer(route, {
            **COLLECTING, "now": "2026-02-22T20:00:00.000000Z", "status": "blind", "blind_since": "2026-02-22T13:00:00.000000Z", "modes": modes}))

    page = open_overview(prepare, timezone_id="UTC")
    strips = page.locator("#runs .strip")
    expect(strips).to_have_count(3)
    expect(strips.nth(0).locator(".strip-name")).to_contain_text("every 1 hour, no run since 22 Feb, 12:00. 3 gaps in the time shown")
    assert strips.nth(0).locator("line").count() == 6 and strips.nth(0).locator(".gap").count() == 3
    expect(strips.nth(1)).to_contain_text("never ran")
    assert strips.nth(2).locator("line").count() == 1 and strips.nth(2).locator(".gap").count() == 0
    page.locator("#runs summary").click()
    expect(page.locator("#runs tbody tr")).to_have_count(len(runs))
    expect(page.locator("#freshness")).to_have_text(re.compile(r"^No collector run for \d+ months$|^No collector run for \d+ (days|years)$"))


def test_nothing_collected_yet_is_said_in_every_panel(open_overview):
    def prepare(page):
        page.route("**/v1/feed*", lambda route: answer(route, feed_of()))
        page.route("**/v1/watch-accounts", lambda route: answer(route, {"items": []}))
        page.route("**/v1/runs*", lambda route: answer(route, {"items": [], "next_cursor": None}))
        page.route("**/v1/stats/summary", lambda route: answer(route, {"posts": 0, "capture_latency_seconds": None}))
        page.route("**/v1/facets*", lambda route: answer(route, {
            "partial": False, "covered_since": None, "total": 0, "tier": {}, "handle": {"top": [], "other_values": 0, "other_posts": 0},
            "source_query": {"top": [], "other_values": 0, "other_posts": 0}}))

    page = open_overview(prepare)
    expect(page.locator(".panel-empty")).to_have_count(6 if page.locator("#needs .panel-empty").count() else 5)


def test_a_panel_that_fails_says_so_alone_and_recovers(open_overview):
    failing = {"now": False}
    page = open_overview(lambda page: (
        page.clock.install(time="2026-02-24T16:00:00Z"), page.route("**/v1/freshness", lambda route: answer(route, COLLECTING)),
        page.route("**/v1/facets*", lambda route: answer(route, problem(500, "Internal error"), 500) if failing["now"] else route.continue_())))
    expect(page.locator("#freshness")).to_have_attribute("data-state", "live")
    rows = page.locator("#accounts .row").count()
    failing["now"] = True
    page.get_by_role("button", name="Refresh").click()
    expect(page.locator("#accounts .panel-note")).to_contain_text("Not renewed. Internal error.")
    expect(page.locator("#freshness")).to_have_text("Stale since 17:00")
    expect(page.locator("#accounts .row")).to_have_count(rows)
    expect(page.locator("#movers .panel-note")).to_be_empty()
    failing["now"] = False
    page.clock.run_for(66_000)
    expect(page.locator("#freshness")).to_have_attribute("data-state", "live")
    expect(page.locator("#accounts .panel-note")).to_be_empty()


def test_text_stays_text(open_overview):
    evil = feed_item(body_text="<img src=x onerror='window.hit = 1'>", author_display="<b>Bold</b>", views_per_hour=7, likes_per_hour=1)
    page = open_overview(lambda page: page.route("**/v1/feed*", lambda route: answer(route, feed_of(evil))))
    expect(page.locator("#movers .row-text")).to_have_text(evil["body_text"])
    assert page.locator("main img, main b b").count() == 0 and page.evaluate("window.hit") is None


@pytest.mark.parametrize("width", [320, 390, 640, 820, 1280, 1920])
def test_no_sideways_scrolling(open_overview, width):
    page = open_overview(width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_it_loads(open_overview, width):
    observe = "window.shifts = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value }).observe({ type: 'layout-shift', buffered: true })"
    page = open_overview(lambda page: page.add_init_script(observe), width=width)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifts") < 0.005
