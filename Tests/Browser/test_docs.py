"""The description of the API as a page."""

import functools
import json
import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from axe import AXE, RULES
from helpers import problem

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def docs(open_page):
    def docs(path="/docs", **options):
        page = open_page(path, wait=False, **options)
        expect(page.locator("main")).to_have_attribute("aria-busy", "false")
        return page

    return docs


@pytest.fixture(scope="session")
def description(api):
    return api.get("/openapi.json")


def operations(description):
    return {operation["operationId"]: (path, operation) for path, item in description["paths"].items() for operation in item.values()}


def resolved(description, node):
    return functools.reduce(lambda at, key: at[key], node["$ref"].split("/")[1:], description) if "$ref" in node else node


def serve(page, description, status=200):
    page.route("**/v1/openapi.json", lambda route: route.fulfill(status=status, content_type="application/json", body=json.dumps(description)))


def test_every_operation_has_its_parameters_answers_and_an_example(docs, description):
    page = docs()
    described = operations(description)
    assert set(page.locator("article[data-method]").evaluate_all("nodes => nodes.map((node) => node.id)")) == set(described)
    for name, (path, operation) in described.items():
        article = page.locator(f"#{name}")
        expect(article.locator("h3")).to_contain_text(path)
        text = article.text_content()
        for status in operation["responses"]:
            assert status in text, (name, status)
        for parameter in operation.get("parameters", []):
            assert resolved(description, parameter)["name"] in text
    examples = page.locator("article[data-method] .example pre").all_text_contents()
    parsed = [json.loads(example) for example in examples if example.startswith("{")]
    assert len(parsed) > len(described)


def test_every_schema_that_is_named_leads_somewhere(docs):
    page = docs()
    targets = page.locator("a[href^='#']").evaluate_all("links => links.map((link) => link.getAttribute('href').slice(1))")
    assert len(targets) > 100
    missing = page.evaluate("ids => ids.filter((id) => !document.getElementById(id))", targets)
    assert missing == []
    ids = page.locator("[id]").evaluate_all("nodes => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids))


def test_an_address_leads_to_its_operation(docs):
    page = docs("/docs#getFeed")
    expect(page.locator("#getFeed")).to_be_in_viewport()
    page.locator("nav a[href='#ingestRun']").click()
    expect(page.locator("#ingestRun")).to_be_in_viewport()
    assert page.evaluate("location.hash") == "#ingestRun"


def test_the_filter_leaves_what_holds_every_word(docs):
    page = docs()
    page.keyboard.press("/")
    expect(page.locator("#filter")).to_be_focused()
    page.keyboard.type("watch-accounts retier")
    expect(page.locator("article[data-method]:visible")).to_have_count(1)
    expect(page.locator("#ingestWatchAccountsBatch")).to_be_visible()
    expect(page.locator("nav li:visible")).to_have_count(1)
    expect(page.locator("#found")).to_have_text(re.compile(r"^1 of \d+$"))
    page.keyboard.press("Escape")
    assert page.locator("article:visible").count() > 20
    page.keyboard.type("no such words anywhere")
    expect(page.locator("#found")).to_have_text(re.compile(r"^0 of \d+$"))


def test_a_schema_is_folded_until_it_is_asked_for(docs):
    page = docs()
    schemas = page.locator("#group-schemas details")
    assert schemas.count() > 20 and page.locator("#group-schemas details[open]").count() == 0
    page.locator("nav a[href='#schema-FeedItem']").click()
    expect(page.locator("#schema-FeedItem dl").first).to_be_visible()
    assert page.locator("#group-schemas details[open]").count() == 1
    page.locator("#filter").fill("views_per_hour")
    expect(page.locator("#group-schemas article:visible details:not([open])")).to_have_count(0)
    page.locator("#filter").press("Escape")
    expect(page.locator("#group-schemas details[open]")).to_have_count(0)


def test_text_stays_text(docs, description):
    hostile = json.loads(json.dumps(description))
    attack = "<img src=x onerror=\"document.title = 'broken'\"> **<b>bold</b>** `<script>`"
    hostile["info"]["description"] = attack
    operation = hostile["paths"]["/v1/feed"]["get"]
    operation |= {"summary": attack, "description": attack}
    operation["responses"]["200"] = {"description": attack, "content": {"application/json": {"schema": {"type": "object"}, "example": {attack: attack}}}}
    operation["parameters"] = [{"name": attack, "in": "query", "description": attack, "example": attack, "schema": {"enum": [attack]}}]
    page = docs(prepare=lambda page: serve(page, hostile))
    assert page.locator("main img, main script").count() == 0
    expect(page.locator("#getFeed .lead")).to_contain_text("<img src=x")
    assert page.title() == "API · XMonitor"


def test_what_cannot_be_loaded_is_said(docs):
    page = docs(prepare=lambda page: serve(page, problem(503, "Unavailable"), 503))
    expect(page.locator("#state")).to_contain_text("503")
    expect(page.locator("#state")).to_contain_text("Reload the page")


def test_nothing_is_asked_of_another_host(docs, base_url):
    requests = []
    docs(prepare=lambda page: page.on("request", lambda request: requests.append(request.url)))
    assert {urllib.parse.urlsplit(url).netloc for url in requests} == {urllib.parse.urlsplit(base_url).netloc}


def test_every_module_and_style_is_known_from_the_first_byte(docs):
    loaded = []
    page = docs(prepare=lambda page: page.on("request", lambda request: loaded.append(urllib.parse.urlsplit(request.url).path)))
    named = set(page.locator("link[href], script[src]").evaluate_all("nodes => nodes.map((node) => node.getAttribute('href') ?? node.getAttribute('src'))"))
    assert {path for path in loaded if path.endswith((".js", ".css"))} == {path for path in named if path.endswith((".js", ".css"))}


@pytest.mark.parametrize("width", [320, 390, 768, 1023, 1024, 1920])
def test_no_sideways_scrolling(docs, width):
    page = docs(width=width)
    assert page.evaluate(FITS)
    page.evaluate("for (const node of document.querySelectorAll('details')) node.open = true")
    assert page.evaluate(FITS)


def test_the_contents_are_folded_on_a_phone(docs):
    page = docs(width=390)
    expect(page.locator("nav a[href='#getHealth']")).to_be_hidden()
    page.get_by_text("Contents", exact=True).click()
    page.locator("nav a[href='#getHealth']").click()
    expect(page.locator("#getHealth")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(docs, width, theme):
    page = docs(width=width, color_scheme=theme, reduced_motion="reduce", prepare=lambda page: page.add_init_script(AXE))
    page.evaluate("for (const node of document.querySelectorAll('#getFeed details, #ingestPostsBatch details')) node.open = true")
    result = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES)
    found = [f"{rule['id']}: {node['html'][:160]} | {node['failureSummary'][:200]}" for rule in result["violations"] for node in rule["nodes"][:3]]
    assert found == []
    assert any(rule["id"] == "color-contrast" for rule in result["passes"]), "axe looked at nothing"


def test_an_example_is_copied(docs):
    page = docs()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    example = page.locator(".example").first
    example.get_by_role("button", name="Copy").click()
    expect(example.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == example.locator("code").inner_text()


def test_the_contents_mark_where_the_reader_is(docs):
    page = docs()
    for article in ("getFeed", "getPost"):
        page.locator(f"#{article}").evaluate("node => node.scrollIntoView()")
        expect(page.locator("#contents-list [aria-current]")).to_have_attribute("href", f"#{article}")
