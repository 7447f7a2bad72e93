"""What the page does by itself: it looks for news, says how old its data is, and gets over every failure."""

import json

import pytest
from playwright.sync_api import expect

from helpers import COLLECTING, answer, card, feed_of, heard, problem, shown_ids, top_of, until
from live_feed import NEW, OLD, pass_time, until_asked

BADGE = "#freshness"


def test_new_posts_announce_themselves_and_move_nothing(open_feed):
    page = open_feed(height=500)
    card(page, OLD[6]["status_id"]).evaluate("node => node.scrollIntoView({ block: 'center' })")
    card(page, OLD[6]["status_id"]).locator(".open").evaluate("node => node.focus({ preventScroll: true })")
    top = top_of(page, OLD[6]["status_id"])
    page.feed = [NEW, {**OLD[0], "views": 77}, *OLD[1:]]
    until_asked(page, len(page.asked))
    expect(page.get_by_role("button", name="Show 1 new post")).to_be_visible()
    expect(page.locator("#announcements")).to_have_text("1 new post")
    expect(card(page, OLD[0]["status_id"]).locator(".counters dd").last).to_have_text("77")
    assert shown_ids(page) == [item["status_id"] for item in OLD]
    assert top_of(page, OLD[6]["status_id"]) == top
    assert page.evaluate("document.activeElement.closest('.post').dataset.id") == OLD[6]["status_id"]


def test_what_has_not_changed_is_not_sent_again(open_feed):
    page = open_feed()
    sent = []

    def tagged(route):
        sent.append(route.request.headers.get("if-none-match"))
        if sent[-1] == 'W/"one"':
            return route.fulfill(status=304, headers={"etag": 'W/"one"'})
        return route.fulfill(status=200, headers={"etag": 'W/"one"'}, content_type="application/json", body=json.dumps(feed_of(NEW, *OLD)))

    page.feed = tagged
    for _ in range(3):
        until_asked(page, len(page.asked))
        expect(page.locator(BADGE)).to_have_attribute("data-state", "live")
    assert sent == [None, 'W/"one"', 'W/"one"']
    expect(page.get_by_role("button", name="Show 1 new post")).to_be_visible()


def hide(page, hidden):
    page.evaluate(f"Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {json.dumps(hidden)} }}); document.dispatchEvent(new Event('visibilitychange'))")


def test_a_hidden_tab_asks_nothing_and_looks_at_once_when_it_is_seen_again(open_feed):
    page = open_feed()
    hide(page, True)
    before = len(page.asked)
    pass_time(page, 3600)
    assert len(page.asked) == before
    page.feed = [NEW, *OLD]
    hide(page, False)
    expect(page.get_by_role("button", name="Show 1 new post")).to_be_visible()
    expect(page.locator(BADGE)).to_have_text("Live, as of 16:05")


FAILURES = {
    "dead": (lambda route: route.abort(), "The server cannot be reached"),
    "slow": (lambda route: None, "The server took too long"),
    "401": (lambda route: answer(route, problem(401, "Sign-in needed"), 401), "Sign-in needed"),
    "429": (lambda route: route.fulfill(status=429, headers={"retry-after": "7"}, content_type="application/problem+json", body=json.dumps(problem(429, "Too many requests"))), "Too many requests"),
    "500": (lambda route: answer(route, problem(500, "Internal error", request_id="req-7"), 500), "Internal error"),
    "502 without a word": (lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"), "The server answered 502"),
    "a page instead of JSON": (lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Welcome</h1>"), "A proxy or a sign-in page answered instead of the server"),
    "another object": (lambda route: answer(route, {"hello": "world"}), "The answer was not understood"),
    "null": (lambda route: answer(route, None), "The answer was not understood"),
    "posts that are none": (lambda route: answer(route, feed_of(1, "two", {})), "The answer was not understood"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_every_failure_is_said_keeps_the_posts_and_is_got_over(open_feed, failure):
    act, title = FAILURES[failure]
    page = open_feed()
    expect(page.locator(BADGE)).to_have_text("Live, as of 15:05")
    page.feed = act
    if failure == "slow":
        page.evaluate("window.patience = 100")
    until_asked(page, len(page.asked))
    expect(page.locator(BADGE)).to_have_text("Stale since 15:05")
    page.evaluate("window.patience = undefined")
    expect(page.locator("#trouble")).to_contain_text(f"Not refreshed. {title}.")
    expect(page.locator("#trouble").get_by_role("timer")).to_have_count(1 if failure == "429" else 0)
    assert shown_ids(page) == [item["status_id"] for item in OLD]
    page.feed = [NEW, *OLD]
    until_asked(page, len(page.asked))
    expect(page.locator(BADGE)).to_have_attribute("data-state", "live")
    expect(page.locator("#trouble")).to_be_empty()
    expect(page.get_by_role("button", name="Show 1 new post")).to_be_visible()


@pytest.mark.parametrize("failure", ["dead", "500", "another object"])
def test_a_page_that_never_loaded_loads_by_itself_once_it_can(open_feed, failure):
    act, _ = FAILURES[failure]
    page = open_feed("/?tier=teammate", wait=False)
    page.feed = act
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Posts could not be loaded")
    expect(page.locator(BADGE)).to_have_text("Not loaded")
    until_asked(page, len(page.asked))
    expect(page.get_by_role("alert")).to_be_visible()
    page.feed = OLD
    until_asked(page, len(page.asked))
    expect(page.locator(".post")).to_have_count(len(OLD))
    expect(page.locator(BADGE)).to_have_attribute("data-state", "live")


def test_whoever_is_not_let_in_is_offered_to_reload(open_feed):
    page = open_feed()
    page.feed = FAILURES["401"][0]
    until_asked(page, len(page.asked))
    page.feed = OLD
    page.locator("#trouble").get_by_role("button", name="Reload").click()
    expect(page.locator(BADGE)).to_contain_text("Live")


def test_trying_now_needs_no_waiting(open_feed):
    page = open_feed()
    page.feed = FAILURES["500"][0]
    until_asked(page, len(page.asked))
    page.feed = OLD
    page.locator("#trouble").get_by_role("button", name="Try now").click()
    expect(page.locator(BADGE)).to_contain_text("Live")
    expect(page.locator("#trouble")).to_be_empty()


def test_offline_is_told_from_stale_and_ends_by_itself(open_feed):
    page = open_feed()
    good, page.feed = page.feed, lambda route: route.abort("internetdisconnected")
    page.context.set_offline(True)
    expect(page.locator(BADGE)).to_have_text("Offline since 15:05")
    expect(page.locator(BADGE)).to_have_attribute("data-state", "offline")
    page.feed = good
    page.context.set_offline(False)
    expect(page.locator(BADGE)).to_have_text("Live, as of 15:05")


def test_a_collection_that_went_blind_is_told_from_a_page_that_did(open_feed):
    page = open_feed()
    page.collection = {**COLLECTING, "status": "blind", "blind_since": "2026-02-22T12:35:00.000000Z"}
    until_asked(page, len(page.asked))
    expect(page.locator(BADGE)).to_have_text("No collector run for 1 hour")
    expect(page.locator(BADGE).get_by_role("link")).to_have_attribute("href", "/overview.html#runs")
    expect(page.locator("#announcements")).to_have_text("No collector run for 1 hour")
    page.feed = FAILURES["500"][0]
    until_asked(page, len(page.asked))
    expect(page.locator(BADGE)).to_have_text("Stale since 15:05")
    page.feed, page.collection = OLD, COLLECTING
    until_asked(page, len(page.asked))
    expect(page.locator(BADGE)).to_have_attribute("data-state", "live")


@pytest.mark.parametrize(("since", "words"), [("2026-02-22T12:35", "1 hour"), ("2025-04-01T12:35", "10 months")], ids=["today", "last year"])
@pytest.mark.parametrize("width", [320, 390, 820])
def test_a_blind_collection_is_one_short_line_beside_the_name(open_feed, width, since, words):
    page = open_feed()
    page.set_viewport_size({"width": width, "height": 700})
    page.collection = {**COLLECTING, "status": "blind", "blind_since": f"{since}:00.000000Z"}
    until_asked(page, len(page.asked))
    expect(page.locator(BADGE)).to_have_text(f"No collector run for {words}")
    text, name, first = (page.locator(part).bounding_box() for part in (f"{BADGE} > span", ".brand", "#summary"))
    # On the smallest phone the ways to the other pages stand between the two.
    below = 40 if width == 320 else 8
    assert text["height"] <= 24 and text["y"] < name["y"] + name["height"] + below
    assert text["x"] + text["width"] <= width and text["y"] + text["height"] < first["y"]


def test_a_server_that_does_not_tell_of_its_collection_is_not_called_blind(open_feed):
    page = open_feed()
    page.collection = {"hello": "world"}
    until_asked(page, len(page.asked))
    expect(page.locator(BADGE)).to_have_attribute("data-state", "live")


def test_every_state_looks_different_and_not_by_colour_alone(open_feed):
    page = open_feed()
    looks = {}
    for state, feed, collection, offline in [
        ("live", OLD, COLLECTING, False),
        ("blind", OLD, {**COLLECTING, "status": "blind", "blind_since": "2026-02-22T12:35:00.000000Z"}, False),
        ("stale", FAILURES["500"][0], COLLECTING, False),
        ("offline", FAILURES["dead"][0], COLLECTING, True),
    ]:
        page.feed, page.collection = feed, collection
        page.context.set_offline(offline)
        until_asked(page, len(page.asked))
        expect(page.locator(BADGE)).to_have_attribute("data-state", state)
        looks[state] = page.locator(BADGE).evaluate("node => [getComputedStyle(node).color, node.querySelector('use').getAttribute('href'), node.textContent.split(/ since| for/)[0]].join()")
    assert len({look.split(",#")[1] for look in looks.values()}) == 4
    assert len({look.rsplit(",#", 1)[0] for look in looks.values()}) == 4


def test_a_machine_that_slept_does_not_call_its_old_page_live(open_feed):
    page = open_feed()
    held = []
    page.feed = held.append
    page.clock.set_fixed_time("2026-02-23T09:00:00Z")
    pass_time(page, 6)
    expect(page.locator(BADGE)).to_have_text("Checking; as of 22 Feb, 15:05")
    until(page, lambda: held)
    answer(held[0], feed_of(*OLD))
    expect(page.locator(BADGE)).to_have_attribute("data-state", "live")


def test_a_state_is_said_aloud_when_it_changes_and_only_then(open_feed):
    page = open_feed()
    words = heard(page)
    page.feed = FAILURES["500"][0]
    for _ in range(3):
        until_asked(page, len(page.asked))
        expect(page.locator(BADGE)).to_have_attribute("data-state", "stale")
    page.feed = OLD
    until_asked(page, len(page.asked))
    expect(page.locator(BADGE)).to_have_attribute("data-state", "live")
    assert [sentence.rsplit(" ", 1)[0] for sentence in words.json_value()] == ["Stale since", "Live, as of"]
