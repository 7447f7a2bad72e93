import pytest
from playwright.sync_api import expect

from axe import assert_clean, with_axe
from helpers import answer, card, drawer_shows, feed_item, feed_of, problem, shown_ids


def feed(page):
    expect(page.locator(".post").first).to_be_visible()


def menu(page):
    page.locator("[data-menu=time] summary").click()


def more_filters(page):
    page.locator("[data-menu=more] summary").click()
    page.get_by_label("likes", exact=True).fill("many")
    page.get_by_label("likes", exact=True).press("Enter")
    expect(page.locator(".minimums .hint")).to_be_visible()


def status(page):
    page.get_by_role("button", name="Filters").click()
    page.locator("[data-menu=status] summary").click()
    expect(page.get_by_role("group", name="Reported")).to_be_visible()


def order(page):
    page.locator("[data-menu=sort] summary").click()
    expect(page.get_by_label("Most liked")).to_be_visible()


def display(page):
    page.locator("#display summary").click()
    page.get_by_label("Compact").check()


def accounts(page):
    page.locator("[data-menu=handle] summary").click()
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")


def views(page):
    menu = page.locator("[data-menu=views]")
    menu.locator("summary").click()
    menu.get_by_label("Save this view as").fill("Ours")
    menu.get_by_label("Save this view as").press("Enter")
    expect(menu.get_by_role("link", name="Ours")).to_be_visible()


def editor(page):
    views(page)
    page.get_by_role("button", name="Edit views…").click()
    expect(page.get_by_role("dialog", name="Saved views")).to_be_visible()


def share(page):
    page.locator("[data-menu=share] summary").click()
    expect(page.get_by_role("link", name="Atom")).to_be_visible()


def searching(page):
    expect(page.get_by_role("button", name="Search on")).to_be_visible()


def nowhere(page):
    page.route("**/v1/feed*", lambda route: answer(route, feed_of(next_cursor="on")))


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


def over_time(page):
    page.get_by_text("Posts over time", exact=True).click()
    expect(page.locator("#over-time path.bars").first).to_be_attached()
    page.get_by_text("As a table", exact=True).click()


def trouble(page):
    feed(page)
    failing(page)
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("button", name="Try now")).to_be_visible()


def tiers(page):
    page.locator("[data-menu=tier] summary").click()
    expect(page.locator("[data-menu=tier] .count").first).not_to_be_empty()


def no_views(page):
    page.locator("[data-menu=views] summary").click()
    expect(page.get_by_text("can be saved here")).to_be_visible()


def removed_view(page):
    editor(page)
    page.get_by_role("button", name="Remove “Ours”").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def new_posts(page):
    expect(page.locator("#catch-up")).to_contain_text(" new since")


def catching_up(page):
    page.get_by_role("button", name="Catch up").click()
    page.get_by_label("By tier").check()
    page.locator(".alike .more").first.click()
    expect(page.locator(".copy .post").first).to_be_visible()
    # Clear of the bar: a handle half under it would be a target too small.
    page.locator(".copy .post").first.evaluate("node => node.scrollIntoView({ block: 'start' })")


def marked(page):
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def seen_long_ago(page):
    page.add_init_script("try { localStorage.setItem('seen', '{\"\":{\"until\":\"2020-01-01T00:00:00.000000Z\"}}') } catch { }")


def seen_lately(page):
    page.route("**/v1/feed*", lambda route: answer(route, feed_of(*[feed_item(status_id=str(number), discovered_at=f"2026-02-22T13:{number}:00.000000Z") for number in (19, 18, 17)])))
    page.add_init_script("try { localStorage.setItem('seen', '{\"\":{\"until\":\"2026-02-22T13:17:00.000000Z\"}}') } catch { }")


def divided(page):
    expect(page.locator(".seen-until")).to_be_visible()


def end(page):
    page.locator("#older").scroll_into_view_if_needed()
    expect(page.get_by_text("That is everything: ")).to_be_visible()


def older_failed(page):
    page.locator("#older").scroll_into_view_if_needed()
    expect(page.locator("#older").get_by_role("alert")).to_be_visible()


def no_older(page):
    page.route("**/v1/feed*cursor=*", lambda route: route.abort())


def post_failed(page):
    expect(page.locator("#drawer").get_by_role("alert")).to_be_visible()


def no_post(page):
    page.route("**/v1/posts/*", lambda route: answer(route, problem(500, "Internal error", request_id="req-7"), 500))


def overview_failed(page):
    expect(page.locator("#latency .panel-note")).to_contain_text("Not loaded")


def no_overview(page):
    page.route("**/v1/**", lambda route: answer(route, problem(503, "Database unavailable", "Try again."), 503))


SCENES = {
    "feed": ("/", {}, feed, None),
    "filtered feed on a phone": ("/?tier=teammate&significant=true&since=2026-01-01&sort=likes&min_views=10", {"width": 390}, feed, None),
    "tiers with counts": ("/?tier=teammate", {"width": 820}, tiers, None),
    "menu": ("/?reported=true", {}, menu, None),
    "more filters": ("/?sort=likes", {}, more_filters, None),
    "status on a phone": ("/?has_link=true", {"width": 390}, status, None),
    "accounts": ("/?handle=nobody", {}, accounts, None),
    "views": ("/?tier=teammate&range=7d", {}, views, None),
    "saved views on a phone": ("/?tier=teammate&range=7d", {"width": 390}, editor, None),
    "no saved view": ("/", {}, no_views, None),
    "removed view": ("/?tier=teammate", {}, removed_view, None),
    "share": ("/?range=7d", {}, share, None),
    "order": ("/?sort=velocity", {}, order, None),
    "compact": ("/?sort=posted", {}, display, None),
    "compact on a phone": ("/?sort=posted", {"width": 390}, display, None),
    "nothing found so far": ("/?q=rare", {}, searching, nowhere),
    "detail beside the feed": ("/?significant=true&reported=true", {"width": 1440}, detail, None),
    "detail on a phone": ("/?significant=true&reported=true", {"width": 390}, detail, None),
    "unknown post": ("/posts/1", {}, state, None),
    "help": ("/", {}, help_sheet, None),
    "new posts": ("/", {}, new_posts, seen_long_ago),
    "new posts above those seen, on a phone": ("/", {"width": 390}, divided, seen_lately),
    "catching up": ("/", {}, catching_up, seen_long_ago),
    "catching up on a phone": ("/", {"width": 390}, catching_up, seen_long_ago),
    "marked as seen": ("/", {"width": 390}, marked, seen_long_ago),
    "empty": ("/?q=zzz-no-such-text-zzz", {}, state, None),
    "error": ("/", {}, state, failing),
    "end of the feed": ("/?significant=true&tier=teammate", {}, end, None),
    "older posts failed": ("/", {}, older_failed, no_older),
    "post failed": ("/posts/1890000000000000001", {"width": 1440}, post_failed, no_post),
    "overview failed": ("/overview.html", {}, overview_failed, no_overview),
    "posts over time": ("/?range=30d", {}, over_time, None),
    "posts over time on a phone": ("/?tier=teammate", {"width": 390}, over_time, None),
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
        with_axe(page)
        if arrange:
            arrange(page)

    page = open_page(path, wait=path != "/overview.html", prepare=prepare, color_scheme=theme, reduced_motion="reduce", **size)
    act(page)
    assert_clean(page)
