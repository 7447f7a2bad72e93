"""The page knows who reads: anybody, a reader who signed in, somebody who has not, and somebody who may not."""

import urllib.parse

import pytest
from playwright.sync_api import expect

from axe import assert_clean, with_axe
from helpers import answer, problem, shown_ids, until
from reader_states import IN, KEYS, OPEN, OUT, PUBLIC, STRANGER, back_from_the_provider, end_session, sign_in

CHROME = ("#filters", "#summary", "#refresh", "#freshness", "#over-time", "#help-open", "#open-note")


def test_who_reads_is_asked_beside_the_first_posts_and_not_before(open_as):
    held = []
    page = open_as(IN, prepare=lambda page: page.route("**/v1/me", lambda route: held.append(route)))
    expect(page.locator(".post").first).to_be_visible()
    until(page, lambda: held)
    assert len(held) == 1 and page.locator("#reader").count() == 0
    answer(held[0], IN)
    expect(page.get_by_title("Signed in as Ada Lovelace")).to_be_visible()


def test_reading_that_is_open_is_said_once(open_as):
    page = open_as(OPEN)
    expect(page.locator("#open-note")).to_be_visible()
    expect(page.locator("#open-note")).to_have_text("Reading is open")
    assert page.asked_me == 1 and page.get_by_text("Sign in").count() == 0


@pytest.mark.parametrize("me", [PUBLIC, None], ids=["public", "a server of before"])
def test_nothing_is_said_where_there_is_nothing_to_say(open_as, me):
    with_me = []
    page = open_as(me, prepare=lambda page: page.on("requestfinished", lambda request: with_me.append(request) if request.url.endswith("/v1/me") else None))
    expect(page.locator(".post").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(with_me) == 1
    expect(page.locator("#open-note")).to_be_hidden()
    assert page.locator("#reader").count() == 0


def test_a_reader_sees_who_they_are_and_signs_out_at_the_provider_too(open_as):
    page = open_as(IN)
    page.route("https://provider.example/**", lambda route: route.fulfill(content_type="text/html", body="<title>Bye</title>"))
    page.route("**/v1/auth/sign-out", lambda route: answer(route, {"end_session_url": "https://provider.example/end?x=1"}))
    page.get_by_title("Signed in as Ada Lovelace").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reader")).to_contain_text("ada@example.com")
    with page.expect_request("**/v1/auth/sign-out") as request:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert request.value.method == "POST"
    page.wait_for_url("https://provider.example/end?x=1")


def test_without_the_provider_signing_out_leads_to_the_page_of_who_is_signed_out(open_as):
    page = open_as(IN, "/?tier=teammate")

    def sign_out(route):
        page.me = OUT
        answer(route, {"end_session_url": None})

    page.route("**/v1/auth/sign-out", sign_out)
    page.get_by_title("Signed in as Ada Lovelace").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="This feed is private")).to_be_visible()
    assert urllib.parse.urlsplit(page.url).path == "/" and shown_ids(page) == []
    page.go_back()
    expect(page.locator(".entrance")).to_be_visible()
    assert shown_ids(page) == []


def test_signing_out_that_fails_is_said(open_as):
    page = open_as(IN)
    page.route("**/v1/auth/sign-out", lambda route: answer(route, problem(503, "Service Unavailable"), 503))
    page.get_by_title("Signed in as Ada Lovelace").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out: try again")).to_be_visible()
    expect(page.locator("#announcements")).to_have_text("Not signed out. Service Unavailable")
    page.keyboard.press("Escape")
    expect(page.get_by_title("Signed in as Ada Lovelace")).to_be_focused()


def test_a_name_that_is_markup_or_an_end_that_is_script_stays_text(open_as):
    page = open_as(IN | {"name": "<img src=x onerror=alert(1)>", "email": None})
    page.route("**/v1/auth/sign-out", lambda route: answer(route, {"end_session_url": "javascript:document.title='taken'"}))
    page.locator("#reader summary").click()
    expect(page.locator(".reader-facts")).to_contain_text("<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert page.title() != "taken" and page.locator("#reader img").count() == 0


@pytest.mark.parametrize("path", ["/", "/?tier=teammate&sort=likes", "/posts/1890000000000000001?tier=teammate"])
def test_somebody_who_is_signed_out_sees_what_this_is_and_one_way_in(open_as, path):
    page = open_as(OUT, path)
    expect(page.get_by_role("heading", level=1)).to_have_text("This feed is private")
    expect(page.locator(".entrance")).to_contain_text("XMonitor collects selected posts on X")
    for part in CHROME:
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("#drawer")).to_be_hidden()
    expect(page).to_have_title("This feed is private · XMonitor")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("link", name="archive@example.com")).to_have_attribute("href", "mailto:archive@example.com")
    back_from_the_provider(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Sign in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Let me in")).to_be_visible()
    assert page.returned == f"{path}{'&' if '?' in path else '?'}sign_in=done"


def test_whoever_is_signed_out_asks_for_nothing_more(open_as):
    asked = []
    page = open_as(OUT, prepare=lambda page: (page.clock.install(time="2026-02-22T14:05:00Z"), page.on("request", lambda request: asked.append(request.url))))
    expect(page.locator(".entrance")).to_be_visible()
    page.wait_for_load_state("networkidle")
    before = len(asked)
    page.clock.run_for(1_200_000)
    page.keyboard.press(".")
    page.evaluate("dispatchEvent(new Event('online'))")
    assert asked[before:] == []


def test_who_signs_in_elsewhere_finds_the_posts(open_as):
    page = open_as(OUT)
    expect(page.locator(".entrance")).to_be_visible()
    page.me = IN
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".post").first).to_be_visible()


def test_where_nobody_can_sign_in_the_page_says_so(open_as):
    page = open_as(KEYS)
    expect(page.locator(".entrance")).to_contain_text("Programs read it with a key; nobody signs in. Ask archive@example.com.")
    assert page.get_by_role("link", name="Sign in").count() == 0


@pytest.mark.parametrize(("contact", "href"), [(None, None), ("the desk, room 4", None), ("https://desk.example/ask", "https://desk.example/ask"), ("javascript:alert(1)", None)])
def test_whom_to_ask_is_what_the_operator_wrote(open_as, contact, href):
    page = open_as(KEYS | {"contact": contact})
    expect(page.locator(".entrance")).to_contain_text(f"Ask {contact or 'whoever runs this server'}.")
    assert page.locator(".entrance a").evaluate_all("links => links.map((link) => link.getAttribute('href'))") == ([href] if href else [])


def test_somebody_who_may_not_read_learns_who_they_are_and_whom_to_ask(open_as):
    page = open_as(STRANGER)
    entrance = page.locator(".entrance")
    expect(entrance).to_contain_text("You are signed in as Charles Babbage (charles@elsewhere.example).")
    expect(entrance).to_contain_text("Ask archive@example.com to be let in")

    def sign_out(route):
        page.me = OUT
        answer(route, {"end_session_url": None})

    page.route("**/v1/auth/sign-out", sign_out)
    entrance.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


@pytest.mark.parametrize(("accounts", "fits"), [(104, True), (105, False)])
def test_a_view_too_long_for_the_server_is_kept_here(open_as, accounts, fits):
    handles = "&".join(f"handle=account_{number:03}" for number in range(accounts))
    # As in Sources/API/SignIn/ReturnPath.swift.
    assert (len(f"/?{handles}&sign_in=done") <= 2_000) == fits
    page = open_as(OUT, f"/?{handles}")
    back_from_the_provider(page)
    sign_in(page)
    page.wait_for_url(f"**/?{handles}")
    assert page.returned == (f"/?{handles}&sign_in=done" if fits else "/?sign_in=done")


@pytest.mark.parametrize("code", ["denied", "expired", "failed", "unavailable", "%3Cb%3E", "constructor"])
@pytest.mark.parametrize("path", ["/?{}", "/?{}&tier=teammate", "/?tier=teammate&{}", "/posts/1?q=a%26b&{}&sort=likes"])
def test_why_signing_in_failed_is_a_sentence_and_no_part_of_the_address(open_as, path, code):
    page = open_as(OUT, path.format(f"sign_in={code}"))
    expect(page.get_by_role("alert")).to_contain_text("You were not signed in: ")
    assert page.url.endswith(path.format("").replace("&&", "&").replace("?&", "?").rstrip("?&"))
    back_from_the_provider(page, "denied")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Let me in").click()
    expect(page.get_by_role("alert")).to_contain_text("You were not signed in: the sign-in was cancelled")


def test_where_everybody_may_read_a_failed_sign_in_is_said_above_the_posts(open_as):
    page = open_as(PUBLIC | {"can_sign_in": True}, "/?tier=teammate&sign_in=unavailable")
    note = page.get_by_role("alert")
    expect(note).to_contain_text("the sign-in provider cannot be reached")
    expect(page.locator("#reader").get_by_role("link", name="Sign in")).to_be_visible()
    assert page.url.endswith("/?tier=teammate")
    note.get_by_role("button", name="Close").click()
    expect(note).to_have_count(0)


STATES = {"open": OPEN, "signed in": IN, "signed out": OUT, "keys alone": KEYS, "not allowed": STRANGER, "failed": OUT, "ended": IN}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 320])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_as, state, width, theme):
    path = "/?sign_in=expired" if state == "failed" else "/"
    page = open_as(STATES[state], path, prepare=with_axe, width=width, color_scheme=theme, reduced_motion="reduce")
    if state == "signed in":
        page.get_by_title("Signed in as Ada Lovelace").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    elif state == "ended":
        end_session(page)
    elif state != "open":
        expect(page.locator(".entrance")).to_be_visible()
    assert_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
