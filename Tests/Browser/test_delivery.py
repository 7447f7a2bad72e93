"""What goes over the wire: how much, from where, and under which policy."""

import re
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import expect

from helpers import card, drawer_shows, shown_ids

WEB = Path(__file__).resolve().parents[2] / "web"
BUDGET = 60 * 1024


def files_of_first_load(open_page):
    """Everything but posts that an untouched page has fetched once it is at rest, and how many bytes of each came over the wire."""
    loaded = []

    def listen(page):
        page.on("requestfinished", lambda request: loaded.append(request))
        page.route("**/v1/stream*", lambda route: route.abort())  # it never ends, and nothing would ever be at rest
        page.add_init_script("requestIdleCallback = () => 0")  # what is fetched when idle is no part of the first load

    page = open_page(prepare=listen)
    expect(page.locator(".post").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    sizes = {urllib.parse.urlsplit(request.url).path: request.sizes()["responseBodySize"] for request in loaded}
    return {path: size for path, size in sizes.items() if not path.startswith("/v1/")}


def test_first_load_fits_the_budget(open_page):
    sizes = files_of_first_load(open_page)
    assert "/" in sizes and "/js/app.js" in sizes
    assert sizes["/"] < (WEB / "index.html").stat().st_size / 2, "it came as it is, not compressed"
    assert sum(sizes.values()) <= BUDGET, (sum(sizes.values()), sizes)


def test_every_module_and_style_of_the_first_load_is_known_from_the_first_byte(open_page):
    html = (WEB / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src)="(/[^"]+\.(?:js|css))"', html)
    assert len(named) == len(set(named))
    assert {path for path in files_of_first_load(open_page) if path.endswith((".js", ".css"))} == set(named)


@pytest.mark.parametrize("path", ["/", "/overview.html"])
def test_no_module_is_asked_for_before_the_page_can_be_painted(open_page, path):
    asked, held = [], []

    def prepare(page):
        page.on("request", lambda request: asked.append(urllib.parse.urlsplit(request.url).path))
        page.route("**/css/base/global.css", lambda route: held.append(route))

    page = open_page("/health/live", wait=False, prepare=prepare)
    page.goto(path, wait_until="commit")
    expect(page.locator("template#modules")).to_be_attached()
    assert "/css/base/print.css" in asked and "/js/page/boot.js" in asked
    assert not {one for one in asked if one.startswith("/js/")} - {"/js/page/early-theme.js", "/js/page/boot.js"}
    held.pop().continue_()
    expect(page.locator("#posts .post, #movers li").first).to_be_visible()


def test_every_module_of_the_overview_is_known_from_the_first_byte(open_page):
    html = (WEB / "overview.html").read_text(encoding="utf-8")
    loaded = set()
    page = open_page("/overview.html", wait=False, prepare=lambda page: page.on("requestfinished", lambda request: loaded.add(urllib.parse.urlsplit(request.url).path)))
    expect(page.locator("#latency")).to_have_attribute("aria-busy", "false")
    page.wait_for_load_state("networkidle")
    assert {path for path in loaded if path.endswith((".js", ".css"))} == set(re.findall(r'(?:href|src)="(/[^"]+\.(?:js|css))"', html))


def test_every_other_module_and_style_is_asked_for_by_one_that_is():
    pages = [path.read_text(encoding="utf-8") for path in WEB.rglob("*.html")]
    reached, waiting = set(), {asset for page in pages for asset in re.findall(r'(?:href|src)="(/[^"]+\.(?:js|css))"', page)}
    while waiting:
        path = waiting.pop()
        reached.add(path)
        code = re.sub(r"/\*\*.*?\*/", "", (WEB / path[1:]).read_text(encoding="utf-8"), flags=re.DOTALL) if path.endswith(".js") else ""
        asked = re.findall(r'(?:from|import|import\(|style\()\s*"([^"]+\.(?:js|css))"', code)
        waiting |= {urllib.parse.urljoin(path, target) for target in asked} - reached
    present = {f"/{path.relative_to(WEB).as_posix()}" for kind in ("js", "css") for path in WEB.rglob(f"*.{kind}")}
    types_only = {path for path in present if path.endswith("types.js")}
    assert present - types_only == reached


def test_nothing_is_asked_of_another_host_and_nothing_breaks_the_policy(open_page, base_url):
    requests = []

    def prepare(page):
        page.on("request", lambda request: requests.append(request.url))
        page.add_init_script("window.violations = []; addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI))")

    page = open_page("/?significant=true", prepare=prepare, width=1440)
    first = shown_ids(page)[0]
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    page.get_by_role("button", name="Help and keyboard shortcuts").click()
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#display summary").click()
    page.get_by_label("Compact").check()
    assert page.evaluate("window.violations") == []
    assert {urllib.parse.urlsplit(url).netloc for url in requests} == {urllib.parse.urlsplit(base_url).netloc}


def test_the_page_works_under_a_strict_policy(open_page):
    """Whatever policy the server sends, the page must run under the strictest one it could send."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )

    def strict(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    page = open_page("/?significant=true", prepare=lambda page: page.route(re.compile(r"/(\?.*)?$"), strict))
    first = shown_ids(page)[0]
    card(page, first).locator(".open").click()
    drawer_shows(page, first)
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()


def test_no_file_uses_a_way_from_text_to_markup():
    sinks = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(\"style\"|srcdoc|DOMParser")
    assert [path.name for path in WEB.rglob("*.js") if sinks.search(path.read_text(encoding="utf-8"))] == []
    html = "".join(page.read_text(encoding="utf-8") for page in WEB.glob("*.html"))
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", html)
