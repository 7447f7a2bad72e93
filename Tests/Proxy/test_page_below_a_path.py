"""The page in a browser, at an address with a path: every request and every address that it makes lies below that path."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

EXAMPLE = ("below-a-path.conf", "/xm")


@pytest.fixture
def front(behind, xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "200")
    subprocess.run([xmonitor.path, "snapshot", "import", "sample.db"], cwd=xmonitor.folder, env=xmonitor.environment, capture_output=True, timeout=120, check=False)
    return behind(*EXAMPLE)


@pytest.fixture
def page(browser, front):
    context = browser.new_context(ignore_https_errors=True, permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1400, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.faults = []
    context.on("request", lambda request: page.faults.append(f"outside: {request.url}") if not request.url.startswith(front.address + "/") else None)
    context.on("response", lambda answer: page.faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("pageerror", lambda error: page.faults.append(f"exception: {error}"))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    yield page
    faults = page.faults
    context.close()
    assert faults == [], "\n".join(faults)


def loaded(page):
    expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#posts .post").first).to_be_visible()


def links_below(page, front):
    """All links of the document but those to X; no address of this host lies beside the path."""
    links = page.locator("a[href]").evaluate_all("nodes => nodes.map((node) => node.href)")
    own = [link for link in links if link.startswith(front.address.removesuffix(EXAMPLE[1]))]
    assert own and all(link.startswith(front.address) for link in own), own


def test_feed_post_and_history(page, front):
    page.goto(front.address + "/")
    loaded(page)
    links_below(page, front)
    page.locator("#posts .post").first.click(position={"x": 5, "y": 5})
    page.wait_for_url(f"{front.address}/posts/*")
    drawer = page.locator("#drawer")
    expect(drawer).to_have_attribute("aria-busy", "false")
    expect(drawer.locator("svg.chart, .chart").first).to_be_attached()
    links_below(page, front)
    # A link to a post is opened by itself: the same file, one folder deeper.
    page.reload()
    loaded(page)
    expect(drawer).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(re.escape(front.address) + r"/(\?.*)?$"))
    page.goto(page.locator("#posts .post .open").nth(1).evaluate("link => link.href"))
    loaded(page)
    page.keyboard.press("Escape")
    page.wait_for_url(f"{front.address}/")


def test_filters_views_and_links_that_are_copied(page, front):
    page.goto(front.address + "/")
    loaded(page)
    page.locator("#summary [data-count=significant]").click()
    page.wait_for_url(f"{front.address}/?significant=true")
    loaded(page)
    expect(page.locator("link[rel=alternate]")).to_have_attribute("href", re.compile("^/xm/v1/feed.atom"))
    page.locator("[data-menu=share] summary").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("#announcements")).to_have_text(re.compile("opied"))
    assert page.evaluate("navigator.clipboard.readText()") == f"{front.address}/?significant=true"
    assert page.locator("[data-form=csv]").evaluate("link => link.href").startswith(f"{front.address}/v1/feed.csv")
    page.keyboard.press("Escape")
    page.locator("[data-menu=views] summary").click()
    page.get_by_label("Save this view as").fill("Ours")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Ours")).to_have_attribute("href", "/xm/?significant=true")
    page.get_by_role("button", name="Open “Ours” at the start").click()
    # Another page of this host has other choices.
    assert page.evaluate("Object.keys(localStorage).filter((key) => !key.startsWith('/xm'))") == []
    page.goto(front.address + "/")
    page.wait_for_url(f"{front.address}/?significant=true")
    loaded(page)


def test_overview_and_description(page, front):
    page.goto(front.address + "/?significant=true")
    loaded(page)
    page.get_by_role("link", name="Overview").click()
    page.wait_for_url(f"{front.address}/overview.html")
    expect(page.locator("#accounts a").first).to_be_visible()
    links_below(page, front)
    page.locator("#to-feed").click()
    page.wait_for_url(f"{front.address}/?significant=true")
    loaded(page)
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url(f"{front.address}/overview.html")
    page.get_by_role("link", name="API", exact=True).click()
    page.wait_for_url(f"{front.address}/docs")
    expect(page.locator("#description")).to_have_attribute("aria-busy", "false")
    links_below(page, front)
    assert f"curl '{front.address}/v1/feed'" in page.locator("#description").text_content()


def test_what_was_chosen_stands_before_the_first_paint(page, front):
    page.goto(front.address + "/")
    loaded(page)
    page.locator("#display summary").click()
    page.get_by_label("Compact").check()
    page.get_by_label("Dark").check()
    page.reload()
    loaded(page)
    assert page.evaluate("({ ...document.documentElement.dataset })") == {"density": "compact", "theme": "dark"}
    expect(page.locator("link[href='/xm/css/base/density.css']")).to_be_attached()
