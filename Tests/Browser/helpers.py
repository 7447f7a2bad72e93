import json
import urllib.parse

from playwright.sync_api import expect


def shown_ids(page):
    return page.locator("#posts li[data-id]").evaluate_all("rows => rows.map((row) => row.dataset.id)")


def older_loaded(page, before):
    """More posts than before. A locator waits, and not a function in the page: that would be an eval, which the page's policy forbids."""
    expect(page.locator("#posts li[data-id]").nth(before)).to_be_attached()


def settled(page):
    """The feed has an answer: posts, nothing, or an error."""
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")


def card(page, status_id):
    return page.locator(f'.post[data-id="{status_id}"]')


def drawer_shows(page, status_id):
    """The address, the drawer and its history all belong to this post."""
    page.wait_for_url(f"**/posts/{status_id}*")
    expect(page.locator("#drawer")).to_be_visible()
    expect(page.locator("#drawer")).to_have_attribute("aria-busy", "false")


def until(page, is_so):
    """Waits for what the test sees of the network, which comes after what the page shows of it."""
    for _ in range(600):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("not within 30 seconds")


def heard(page):
    """A growing list of the sentences that are said aloud from now on; one may be followed by another at once."""
    return page.evaluate_handle(
        "(() => { const heard = [], region = document.getElementById('announcements');"
        "new MutationObserver(() => heard.push(region.textContent)).observe(region, { childList: true }); return heard })()")


def focused_post(page):
    return page.evaluate("document.activeElement.closest('.post')?.dataset.id ?? null")


def top_of(page, status_id):
    return card(page, status_id).bounding_box()["y"]


def answer(route, body, status=200):
    kind = "application/json" if status < 400 else "application/problem+json"
    route.fulfill(status=status, content_type=kind, body=json.dumps(body))


def problem(status, title, detail="", **more):
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "error": detail, **more}


def feed_item(**changes):
    return {
        "status_id": "1890000000000000001",
        "discovered_at": "2026-02-22T13:05:09.123456Z",
        "posted_at": "2026-02-22T13:01:00.000000Z",
        "author_handle": "someone",
        "author_display": "Some One",
        "watch_tier": "influencer",
        "body_text": "A post",
        "url": "https://x.com/someone/status/1890000000000000001",
        "is_significant": True,
        "significance_reason": "A reason",
        "likes": 1234,
        "reposts": 5,
        "replies": 0,
        "views": 1_250_000,
        "reported_at": None,
        "gone_at": None,
        **changes,
    }


def feed_of(*items, next_cursor=None):
    return {"items": list(items), "next_cursor": next_cursor, "prev_cursor": None}


COLLECTING = {"now": "2026-02-22T14:05:00.000000Z", "status": "live", "blind_since": None, "newest_discovered_at": None, "newest_last_seen_at": None, "modes": []}


def serve(page, items, detail=None):
    """Answers the feed, and one post, with given items instead of the sample's."""
    page.route("**/v1/feed*", lambda route: answer(route, feed_of(*items)))
    page.route("**/v1/posts/*", lambda route: answer(route, detail or {"post": items[0], "snapshots": [], "report": None}))


def open_menu(page, menu):
    details = page.locator(f"[data-menu={menu}]")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def choose(page, menu, label, group=None):
    """Picks a choice of a menu in the filter bar; `group` names the one that is meant where words repeat."""
    details = open_menu(page, menu)
    scope = details.get_by_role("group", name=group, exact=True) if group else details
    scope.get_by_label(label, exact=True).check()


def asked(request):
    """The query of a request that was waited for."""
    return urllib.parse.parse_qs(urllib.parse.urlsplit(request.value.url).query)


def ids_of(items):
    return [item["status_id"] for item in items]
