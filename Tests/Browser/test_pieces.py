"""A page of posts comes onto the screen in pieces, whatever happens meanwhile. What becomes of a long list is in test_pages.py."""

import urllib.parse
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from helpers import answer, card, feed_item, feed_of, settled, shown_ids
from support.waiting import until

PAGE = 50
NEWEST = datetime(2026, 2, 22, 13, 0, tzinfo=UTC)


def posts(count, **changes):
    at = [f"{NEWEST - timedelta(seconds=number):%Y-%m-%dT%H:%M:%S.000000Z}" for number in range(count)]
    return [feed_item(status_id=str(10_000 - number), discovered_at=at[number], body_text=f"Post {number}. " * (1 + number % 7 * 8), **changes) for number in range(count)]


def serve(items):
    """A feed with these posts, a page at a time."""

    def pages(page):
        def respond(route):
            query = urllib.parse.parse_qs(urllib.parse.urlsplit(route.request.url).query)
            at = int(query.get("cursor", ["0"])[0])
            rest = at + PAGE < len(items)
            answer(route, feed_of(*items[at : at + PAGE], next_cursor=str(at + PAGE) if rest else None))

        page.route("**/v1/stream*", lambda route: route.abort())
        page.route("**/v1/feed*", respond)

    return pages


def watch_frames(page):
    """Counts the cards that come between one frame and the next: `most` in one, and the frames that had more than two."""
    page.add_init_script("""
        globalThis.most = globalThis.crowded = 0
        let added = 0
        new MutationObserver((changes) => {
          for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof HTMLElement) added += node.matches(".post") || node.querySelectorAll(".post").length
          most = Math.max(most, added)
        }).observe(document, { childList: true, subtree: true })
        const frame = () => { crowded += added > 2; added = 0; requestAnimationFrame(frame) }
        frame()
    """)


def hold_frames(page):
    """No frame comes before `release()`."""
    page.add_init_script("""
        const held = []
        const request = window.requestAnimationFrame.bind(window)
        globalThis.hold = () => { window.requestAnimationFrame = (run) => held.push(run) }
        globalThis.release = () => { window.requestAnimationFrame = request; for (const run of held.splice(0)) request(run) }
    """)


def jump_until(page, condition):
    def has_jumped_far_enough():
        page.keyboard.press("End")
        return condition()

    until(has_jumped_far_enough)


def to_the_end(page):
    jump_until(page, lambda: page.get_by_text("That is everything: ").count())


def test_a_page_of_posts_never_keeps_a_frame_waiting(open_page):
    items = posts(120)

    page = open_page(prepare=lambda page: (watch_frames(page), serve(items)(page)))
    assert shown_ids(page) == [item["status_id"] for item in items[:PAGE]]
    to_the_end(page)
    assert shown_ids(page) == [item["status_id"] for item in items]
    assert 0 < page.evaluate("most") <= 4


SCREEN_FILLS = """async () => {
  const onScreen = ({ top, bottom }) => bottom > 0 && top < innerHeight
  const isFull = () => [...document.querySelectorAll("#posts li[data-id]")].every((row) => row.hasChildNodes() || !onScreen(row.getBoundingClientRect()))
  for (let frames = 0; frames < 300; frames++) {
    await new Promise(requestAnimationFrame)
    if (frames > 2 && isFull()) return true
  }
  return false
}"""


def test_a_far_jump_fills_the_screen_in_pieces_while_a_page_comes(open_page):
    items = posts(400)

    page = open_page(prepare=lambda page: (watch_frames(page), serve(items)(page)))
    page.evaluate("most = crowded = 0")
    jump_until(page, lambda: page.locator("#posts li[data-id]").count() >= 300)
    jumps = ["Home", "End"] * 4
    for key in jumps:
        page.keyboard.press(key)
        assert page.evaluate(SCREEN_FILLS)
    to_the_end(page)
    assert shown_ids(page) == [item["status_id"] for item in items]
    assert 0 < page.evaluate("most") <= 4
    assert page.evaluate("crowded") <= len(jumps)  # at the most the frame of the jump itself, whose page was on its way


def test_what_happens_while_posts_come_loses_none(open_page):
    old = posts(100)
    new = [{**item, "views": 77} for item in old]

    def prepare(page):
        hold_frames(page)
        page.add_init_script("window.IntersectionObserver = class { observe() {} disconnect() {} }")
        serve(old)(page)

    page = open_page(prepare=prepare)
    page.evaluate("hold()")
    page.get_by_role("button", name="Older posts").click()
    page.get_by_role("button", name="Loading older posts…").wait_for()
    page.unroute("**/v1/feed*")
    serve([feed_item(status_id="20000", discovered_at="2026-02-22T13:05:00.000000Z"), *new])(page)
    page.get_by_role("button", name="Refresh", exact=True).click()
    page.get_by_role("button", name="Show 1 new post").click()
    expect(card(page, "20000")).to_be_visible()
    page.evaluate("release()")
    expect(page.get_by_text("That is everything: ")).to_be_attached()
    assert shown_ids(page) == ["20000", *(item["status_id"] for item in old)]


def test_another_view_ends_the_posts_of_the_one_before(open_page):
    def prepare(page):
        hold_frames(page)
        serve(posts(100))(page)

    page = open_page(prepare=prepare)
    page.evaluate("hold()")
    page.locator("#older").scroll_into_view_if_needed()
    page.get_by_role("button", name="Loading older posts…").wait_for()
    page.unroute("**/v1/feed*")
    serve(posts(3, author_handle="other"))(page)
    page.get_by_role("link", name="still to report").click()
    expect(page.locator("#posts li[data-id]")).to_have_count(3)
    page.evaluate("release()")
    settled(page)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert len(shown_ids(page)) == 3


def test_a_refresh_while_a_view_is_drawn_loses_none(open_page):
    items = posts(PAGE)

    def prepare(page):
        hold_frames(page)
        serve(items)(page)

    page = open_page(prepare=prepare)
    page.evaluate("hold()")
    page.get_by_role("link", name="still to report").click()
    expect(page.locator("#posts li[data-id]")).to_have_count(4)
    with page.expect_response("**/v1/feed*"):
        page.get_by_role("button", name="Refresh", exact=True).click()
    expect(page.locator("#announcements")).to_have_text("No new posts")
    page.evaluate("release()")
    expect(page.locator("#posts li[data-id]")).to_have_count(PAGE)
    assert shown_ids(page) == [item["status_id"] for item in items]


def test_a_post_opens_with_its_text_and_says_what_else_is_known_while_its_answer_is_on_the_way(open_page):
    item, answers = feed_item(), []

    def prepare(page):
        hold_frames(page)
        serve([item])(page)
        page.route("**/v1/posts/*", lambda route: answers.append(route))

    page = open_page(prepare=prepare, width=1440)
    page.locator(".post .avatar").hover()
    page.wait_for_load_state("networkidle")
    page.evaluate("hold()")
    card(page, item["status_id"]).locator(".open").click()
    drawer = page.locator("#drawer")
    expect(drawer.locator(".post-text")).to_have_text(item["body_text"])
    expect(drawer.locator(".facts > div")).to_have_count(0)
    page.evaluate("release()")
    expect(drawer.locator(".facts")).to_contain_text(item["significance_reason"])
    expect(drawer.locator(".history-span")).to_have_text("Loading the observations…")
    answer(answers.pop(), {"post": item, "snapshots": [], "report": None})
    expect(drawer.locator(".history-span")).to_have_text("No observations were kept.")


def test_a_hidden_page_loads_though_it_has_no_frames(open_page):
    def prepare(page):
        page.add_init_script("window.requestAnimationFrame = () => 0; Object.defineProperty(document, 'hidden', { get: () => true })")
        serve(posts(PAGE))(page)

    page = open_page(prepare=prepare)
    assert len(shown_ids(page)) == PAGE
