"""A feed that is whatever a test says, on a page whose clock stands still."""

import pytest

from helpers import COLLECTING, answer, feed_item, feed_of

OLD = [feed_item(status_id=str(1890000000000000100 - number), discovered_at=f"2026-02-22T13:{30 - number:02}:00.000000Z", body_text=f"Post {number}") for number in range(12)]
NEW = feed_item(status_id="1890000000000000200", discovered_at="2026-02-22T14:00:00.000000Z", body_text="News")


@pytest.fixture
def open_feed(open_page):
    """A page whose clock stands still until it is moved, and whose feed is whatever `page.feed` says: items, or what to do with the request."""

    def open_feed(path="/", **options):
        def prepare(page):
            page.feed, page.asked, page.streams, page.collection = OLD, [], [], COLLECTING
            page.clock.install(time="2026-02-22T14:05:00Z")
            page.add_init_script("const wait = AbortSignal.timeout; AbortSignal.timeout = (ms) => wait.call(AbortSignal, window.patience ?? ms)")
            page.route("**/v1/freshness", lambda route: answer(route, page.collection))
            page.route("**/v1/stream*", lambda route: page.streams.append(route))
            page.route("**/v1/posts/*", lambda route: answer(route, {"post": {**OLD[0], **page.feed[0], "capture_latency_seconds": None}, "snapshots": [], "report": None}))
            page.route("**/v1/feed*", take)

        def take(route):
            page = route.request.frame.page
            page.asked.append(route.request)
            return page.feed(route) if callable(page.feed) else answer(route, feed_of(*page.feed))

        return open_page(path, prepare=prepare, **options)

    return open_feed


def pass_time(page, seconds):
    page.clock.run_for(seconds * 1000)


def until_asked(page, before):
    """Time passes on the page's clock, in small steps that leave room for answers, until it has asked again."""
    for _ in range(600):
        pass_time(page, 1)
        page.evaluate("fetch('/favicon.svg').catch(() => {})")
        if len(page.asked) > before:
            return
    raise AssertionError("not asked within ten minutes of the page's clock")
