"""Pages may be short or empty and still go on, and there may be thousands of posts."""

import urllib.parse

import pytest
from playwright.sync_api import expect

from helpers import answer, card, drawer_shows, feed_item, feed_of, focused_post, ids_of, older_loaded, shown_ids, top_of


def numbered(number):
    minutes = number % 1440
    text = f"Post {number}. " + "A sentence that is here to make heights differ. " * (number % 7)
    return feed_item(
        status_id=str(10_000 - number), discovered_at=f"2026-02-{20 - number // 1440:02}T{23 - minutes // 60:02}:{59 - minutes % 60:02}:00.000000Z",
        body_text=text, is_significant=number % 5 == 0)


def paged(page, sizes):
    """Answers with pages of these sizes, one after another; returns the list of cursors that were asked for."""
    asked, starts = [], [sum(sizes[:at]) for at in range(len(sizes))]

    def handle(route):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(route.request.url).query)
        at = int(query.get("cursor", ["0"])[0])
        asked.append(at)
        items = [numbered(number) for number in range(starts[at], starts[at] + sizes[at])]
        answer(route, feed_of(*items, next_cursor=str(at + 1) if at + 1 < len(sizes) else None))

    page.route("**/v1/feed*", handle)
    return asked


def test_short_and_empty_pages_fill_the_screen_by_themselves(open_page):
    page = open_page(height=900, prepare=lambda page: paged(page, [0, 1, 0, 0, 2, 0, 1, 3, 0, 2, 0, 0, 1, 0]))
    expect(page.get_by_text("That is everything: ")).to_be_visible()
    assert shown_ids(page) == [str(10_000 - number) for number in range(10)]


def test_a_search_without_a_match_stops_and_says_that_it_is_not_at_the_end(open_page):
    asked = []
    page = open_page(prepare=lambda page: asked.append(paged(page, [3] + [0] * 24 + [2])))
    expect(page.get_by_text("No further match so far. Part of the archive was searched, and not yet all of it.")).to_be_visible()
    assert asked[0] == list(range(11))
    on = page.get_by_role("button", name="Search on")
    on.press("Enter")
    expect(page.locator("#announcements")).to_have_text("No further match so far")
    expect(on).to_be_focused()
    assert asked[0] == list(range(21))
    on.press("Enter")
    expect(page.get_by_text("That is everything: ")).to_be_visible()
    assert len(shown_ids(page)) == 5
    assert focused_post(page) == "9997"


def test_nothing_so_far_is_not_nothing(open_page):
    page = open_page(prepare=lambda page: paged(page, [0] * 12))
    expect(page.get_by_text("No match so far.")).to_be_visible()
    expect(page.get_by_role("heading", name="No posts match")).to_have_count(0)
    page.get_by_role("button", name="Search on").click()
    expect(page.get_by_role("heading", name="No posts yet")).to_be_visible()
    expect(page.get_by_text("not yet all of it")).to_have_count(0)


def scroll_to_the_end(page, count):
    while (before := page.locator("#posts li").count()) < count:
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        older_loaded(page, before)


def scroll_to(page, status_id):
    page.locator(f'#posts li[data-id="{status_id}"]').evaluate("node => node.scrollIntoView({ block: 'center' })")
    expect(card(page, status_id)).to_be_in_viewport()


def test_two_hundred_posts_keep_all_their_cards(open_page):
    page = open_page(prepare=lambda page: paged(page, [50] * 4))
    scroll_to_the_end(page, 200)
    expect(page.get_by_text("That is everything: ")).to_be_attached()
    expect(page.locator(".post")).to_have_count(200)


def test_a_long_list_keeps_the_cards_near_the_screen_and_the_height_of_all(open_page):
    page = open_page(prepare=lambda page: paged(page, [50] * 40))
    scroll_to_the_end(page, 2000)
    ids = shown_ids(page)
    assert len(ids) == len(set(ids)) == 2000
    expect(page.locator(".post").nth(150)).not_to_be_attached()
    of_a_card = page.locator(".post").first.locator("*").count() + 1
    assert page.locator("#posts *").count() < 2000 + 150 * (of_a_card + 20)
    height = page.evaluate("document.documentElement.scrollHeight")
    for number in (0, 1000, 1999):
        scroll_to(page, ids[number])
        expect(card(page, ids[number]).locator(".post-text")).to_contain_text(f"Post {number}.")
        expect(page.locator(".post").nth(150)).not_to_be_attached()
    assert page.evaluate("document.documentElement.scrollHeight") == height


def test_what_has_focus_stays_and_the_keyboard_goes_on_from_there(open_page):
    page = open_page(prepare=lambda page: paged(page, [50] * 10))
    page.keyboard.press("j")
    first = focused_post(page)
    scroll_to_the_end(page, 500)
    assert focused_post(page) == first
    page.keyboard.press("j")
    assert focused_post(page) == shown_ids(page)[1]
    expect(card(page, shown_ids(page)[1])).to_be_in_viewport()


def test_a_printed_list_is_whole(open_page):
    page = open_page(prepare=lambda page: paged(page, [50] * 6))
    scroll_to_the_end(page, 300)
    expect(page.locator(".post").nth(299)).not_to_be_attached()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".post")).to_have_count(300)


def test_place_and_focus_far_down_survive_a_post_and_a_reload(open_page):
    page = open_page(prepare=lambda page: paged(page, [50] * 20))
    scroll_to_the_end(page, 600)
    status_id = shown_ids(page)[570]
    scroll_to(page, status_id)
    top = top_of(page, status_id)
    page.route("**/v1/posts/*", lambda route: answer(route, {"post": numbered(570), "snapshots": [], "report": None}))
    card(page, status_id).locator(".open").click()
    drawer_shows(page, status_id)
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    assert focused_post(page) == status_id
    assert abs(top_of(page, status_id) - top) < 3
    page.reload()
    expect(card(page, status_id)).to_be_visible()
    assert abs(top_of(page, status_id) - top) < 3
    assert focused_post(page) == status_id


def test_a_shared_link_to_a_post_has_its_place_in_the_view_behind_it(open_page, api):
    post = api.everything(most=120)[110]
    page = open_page(f"/posts/{post['status_id']}?reported=false" if post["reported_at"] is None else f"/posts/{post['status_id']}?reported=true")
    drawer_shows(page, post["status_id"])
    expect(page.locator(".drawer-place")).to_contain_text(" of ")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(card(page, post["status_id"])).to_be_in_viewport()
    assert focused_post(page) == post["status_id"]


@pytest.mark.parametrize(("sort", "word"), [("", "Older"), ("posted", "Older"), ("likes", "More"), ("velocity", "More")])
def test_what_follows_is_older_only_in_an_order_of_time(open_page, sort, word):
    def prepare(page):
        page.add_init_script("window.IntersectionObserver = class { observe() {} disconnect() {} }")
        paged(page, [3, 3])

    page = open_page(f"/?sort={sort}", prepare=prepare)
    page.get_by_role("button", name=f"{word} posts").click()
    expect(page.get_by_text("That is everything: ")).to_be_visible()
    assert ids_of([numbered(number) for number in range(6)]) == shown_ids(page)


def refreshed(open_page, before, after, search="/"):
    answers = [feed_of(*before), feed_of(*after), feed_of(*after)]
    page = open_page(search, prepare=lambda page: page.route("**/v1/feed*", lambda route: answer(route, answers.pop(0))))
    page.get_by_role("button", name="Refresh").click()
    return page


def test_a_new_order_is_offered_and_never_mixed_into_the_old_one(open_page):
    one, two, three = (numbered(number) for number in (1, 2, 3))
    page = refreshed(open_page, [one, two], [two, three, one], "/?sort=likes")
    offer = page.get_by_role("button", name="Show 1 new post")
    expect(offer).to_be_visible()
    assert shown_ids(page) == ids_of([one, two])
    offer.click()
    expect(page.locator(".post").first).to_have_attribute("data-id", two["status_id"])
    assert shown_ids(page) == ids_of([two, three, one])
    assert focused_post(page) == two["status_id"]
    expect(offer).to_be_hidden()


def test_posts_that_left_the_view_are_said(open_page):
    one, two, three = (numbered(number) for number in (1, 2, 3))
    page = refreshed(open_page, [one, two, three], [one, three], "/?reported=false")
    expect(page.locator("#announcements")).to_have_text("The view has changed")
    page.get_by_role("button", name="Show what has changed").click()
    expect(page.locator(".post")).to_have_count(2)
    assert shown_ids(page) == ids_of([one, three])
