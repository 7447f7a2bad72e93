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
    # What X escaped is shown as it was meant, and as letters.
    meant = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == meant.removeprefix("https://")
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


RLO, LRI, PDF, ZWSP = "\u202e", "\u2066", "\u202c", "\u200b"
HUGE = 100_000


@pytest.mark.parametrize(
    "text",
    ["a" * HUGE, "https://example.org/" + "." * HUGE + "a", "https://example.org/(" + ")" * HUGE, "https://example.org/" + "(" * HUGE + ")" * HUGE, "#1" * (HUGE // 2), "#" + "1" * HUGE,
     "@" * HUGE, "$A" * (HUGE // 2), "e" + "\u0301" * HUGE, "\n" * HUGE + "end", "<b>" * (HUGE // 3), RLO * HUGE],
    ids=["letters", "dots in a link", "brackets after a link", "brackets in a link", "hashes", "digits of a tag", "ats", "dollars", "marks on one letter", "line breaks", "markup", "overrides"],
)
def test_a_hundred_kilobytes_are_folded_and_whole(open_page, text):
    page = open_page(prepare=lambda page: serve(page, [feed_item(body_text=text, author_display=text, significance_reason=text)]))
    node = page.locator(".post .post-text")
    marks = text.startswith("e\u0301")
    if marks:
        expect(node).to_have_text("e" + 6 * "\u0301")
    elif not text.startswith("\n"):
        assert len(node.evaluate("node => node.textContent")) < 700
        page.get_by_role("button", name="More").evaluate("node => node.click()")
        shown = node.evaluate("node => node.textContent")
        assert shown.startswith("example.org/") if text.startswith("https") else shown == f"{text} Less"
    assert len(page.locator(".post .author").inner_text()) <= 61
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_name_is_one_line_and_turns_nothing_around(open_page):
    name = f"Ada{RLO}\n\r\t {LRI}<svg onload=alert(1)>\u0007 Lovelace{PDF}"
    page = open_page(prepare=lambda page: serve(page, [feed_item(author_display=name)]))
    author = page.locator(".post .author")
    assert author.evaluate("node => node.textContent") == "Ada <svg onload=alert(1)> Lovelace"
    assert author.evaluate("node => getComputedStyle(node).unicodeBidi") == "isolate"
    assert page.locator(".post .author *").count() == 0


@pytest.mark.parametrize(
    ("text", "label", "href"),
    [
        (f"{RLO}https://example.org/a", "example.org/a", "https://example.org/a"),
        (f"https://example.org/{RLO}gpj.exe", "example.org/", "https://example.org/"),
        (f"https://exam{ZWSP}ple.org/a", "exam", "https://exam/"),
        ("https://bank.example@evil.example/login", "evil.example", "https://bank.example@evil.example/login"),
        ("https://bank.example\\@evil.example/", "bank.example\\@evil.example/", "https://bank.example/@evil.example/"),
        ("https://b\u0430nk.example/login", "xn--bnk-6cd.example", "https://xn--bnk-6cd.example/login"),
        ("https://EXAMPLE.org/A", "EXAMPLE.org/A", "https://example.org/A"),
        ("https://example.org/" + "a" * 300, "example.org/" + "a" * 47 + "…", "https://example.org/" + "a" * 300),
    ],
)
def test_a_link_says_where_it_leads(open_page, text, label, href):
    page = open_page(prepare=lambda page: serve(page, [feed_item(body_text=text)]))
    link = page.locator(".post .post-text a").first
    assert link.evaluate("node => node.textContent") == label
    assert link.evaluate("node => node.href") == href
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.evaluate("node => getComputedStyle(node).unicodeBidi") == "isolate"


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "http://"])
def test_only_the_web_is_linked(open_page, scheme):
    page = open_page(prepare=lambda page: serve(page, [feed_item(body_text=f"see {scheme} now")]))
    expect(page.locator(".post .post-text")).to_have_text(f"see {scheme} now")
    expect(page.locator(".post .post-text a")).to_have_count(0)


def test_marks_piled_up_do_not_reach_the_next_post(open_page):
    pictures = []
    for marks in ("", "\u0316\u0317\u0318\u0319\u031c\u031d" * 40):
        items = [feed_item(body_text=f"a{marks}" * 3), feed_item(status_id="1", body_text="the neighbour")]
        page = open_page(prepare=lambda page, items=items: serve(page, items), reduced_motion="reduce")
        pictures.append(page.locator('li[data-id="1"] .post').screenshot())
    assert pictures[0] == pictures[1]
