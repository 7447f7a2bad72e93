"""What was searched for is marked in the texts, and nothing is added to the document."""

import pytest
from playwright.sync_api import expect

from helpers import feed_item, serve

MARKED = "[...(CSS.highlights.get('hits') ?? [])].map((range) => range.toString())"


def marked(page, words):
    """A locator waits, and not a function in the page: that would be an eval, which the page's policy forbids."""
    for _ in range(600):
        if sorted(page.evaluate(MARKED)) == sorted(words):
            return
        page.wait_for_timeout(50)
    assert page.evaluate(MARKED) == words


@pytest.mark.parametrize(("q", "words"), [
    ("bAG", ["Bag", "bag", "BAG"]), ("a #bag", ["a #bag"]), ("(1+1)", ["(1+1)"]), (".", ["."]), ("nowhere", [])])
def test_every_place_is_marked(open_page, q, words):
    text = "Bag and a #bag, BAG (1+1)."
    page = open_page(f"/?q={q.replace('#', '%23').replace('+', '%2B')}", prepare=lambda page: serve(page, [feed_item(body_text=text)]))
    expect(page.locator(".post-text")).to_have_text(text)
    marked(page, words)
    assert page.locator(".post-text mark, .post-text span").count() == 0


def test_marks_follow_the_search(open_page):
    page = open_page("/?q=bag", prepare=lambda page: serve(page, [feed_item(body_text="A bag, a case")]))
    marked(page, ["bag"])
    page.get_by_label("Search text and handles").fill("case")
    marked(page, ["case"])
    page.get_by_label("Search text and handles").fill("")
    marked(page, [])
