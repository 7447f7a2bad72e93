import pytest
from playwright.sync_api import expect

from helpers import feed_item, serve

HOSTILE = [
    "<img src=x onerror=\"window.hit = 1\">",
    "<script>window.hit = 1</script>",
    "</p></article><svg onload='window.hit = 1'>",
    "https://x.com/\"onmouseover=\"window.hit=1",
    "{{constructor.constructor('window.hit=1')()}} ${window.hit=1}",
    "javascript:window.hit=1",
    "\u202eevil\u202c \u0000 \ufffd &lt;b&gt; &amp;",
    "a" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_everywhere(open_page, text):
    item = feed_item(body_text=text, author_display=text[:200], significance_reason=text, author_handle="some.one")
    report = {"status_id": item["status_id"], "reported_at": "2026-02-22T14:00:00.000000Z", "channel": text, "summary": text, "destination": text}
    snapshot = {"id": "1", "status_id": item["status_id"], "snapshot_type": text[:50], "snapshot_at": item["discovered_at"], "likes": 1, "reposts": 1, "replies": 1, "views": 1, "source": text}
    page = open_page("/posts/1890000000000000001", prepare=lambda page: serve(page, [item], {"post": item, "snapshots": [snapshot], "report": report}))
    expect(page.locator("#drawer tbody tr")).to_have_count(1)
    if page.locator(".post .more").count():
        page.get_by_role("button", name="More").evaluate("node => node.click()")
    shown = page.locator(".post .post-text").evaluate("node => node.textContent").removesuffix(" Less")
    assert shown == text.removeprefix("https://") if text.startswith("https://") else shown == text
    assert page.evaluate("window.hit") is None
    assert page.locator("#posts img, #posts script, #drawer img, #drawer script, #drawer [onload], #posts [onmouseover]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_links_mentions_and_tags_in_a_text(open_page):
    text = "See (https://example.org/a_(b)), ask @ada_builds or mail me@example.org. #Release #設計 $RLY $5 #1 https://example.org/end."
    page = open_page(prepare=lambda page: serve(page, [feed_item(body_text=text)]))
    links = page.locator(".post .post-text a").evaluate_all("nodes => nodes.map((node) => [node.textContent, node.getAttribute('href'), node.rel])")
    assert links == [
        ["example.org/a_(b)", "https://example.org/a_(b)", "noopener noreferrer"],
        ["@ada_builds", "/?q=%40ada_builds", ""],
        ["#Release", "/?q=%23Release", ""],
        ["#設計", "/?q=%23%E8%A8%AD%E8%A8%88", ""],
        ["$RLY", "/?q=%24RLY", ""],
        ["example.org/end", "https://example.org/end", "noopener noreferrer"],
    ]


def test_right_to_left_text_is_laid_out_so(open_page):
    page = open_page(prepare=lambda page: serve(page, [feed_item(body_text="قرأت التقرير كاملاً 👌")]))
    assert page.locator(".post .post-text").evaluate("node => getComputedStyle(node).direction") == "rtl"
