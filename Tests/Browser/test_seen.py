"""What was seen, and what is new since."""

import pytest
from playwright.sync_api import expect

from helpers import answer, card, feed_item, focused_post, ids_of, problem, settled, shown_ids
from seen_before import BAR, DIVIDER, LINE, come_again, kept, leave, look_at, mark, says
from similar_posts import COPIES, NOW, SEEN, copies


def test_a_first_visit_says_nothing_is_new_and_sets_the_mark(open_since, sample):
    page = open_since(None)
    expect(page.locator("#catch-up")).to_be_hidden()
    assert kept(page) == mark(sample[0]["discovered_at"])
    come_again(page)
    expect(page.locator(".post").first).to_be_visible()
    expect(page.locator("#catch-up")).to_be_hidden()
    assert not any("catch-up/catch-up.js" in url for url in page.asked), "fetched though there was nothing to catch up with"


@pytest.mark.parametrize("count", [1, 12, 42, 49])
def test_the_line_says_how_many_are_new_and_since_when(open_since, sample, count):
    until = sample[count]["discovered_at"]
    page = open_since({"": mark(until)})
    says(page, f"{count} new", until, sample)
    words = page.locator(f"{LINE} .catch-up-words").inner_text()
    expect(page.locator("#announcements")).to_have_text(words)
    page.locator("#zone summary").click()
    page.get_by_role("radio", name="UTC").check()
    says(page, f"{count} new", until, sample, "UTC")
    expect(page.locator("#announcements")).to_have_text(words)


def test_beyond_what_is_loaded_the_api_counts(open_since, sample):
    until = sample[400]["discovered_at"]
    page = open_since({"": mark(until)})
    says(page, "400 new", until, sample)


@pytest.mark.parametrize(
    ("facets", "words"), [({"partial": True}, "At least 400 new"), (None, "At least 50 new")], ids=["partial", "failed"]
)
def test_a_count_that_is_not_whole_says_so(open_since, sample, api, facets, words):
    until = sample[400]["discovered_at"]

    def take(route):
        if facets is None:
            return answer(route, problem(503, "Database unavailable"), 503)
        return answer(route, {**route.fetch().json(), **facets})

    page = open_since({"": mark(until)}, prepare=lambda page: page.route("**/v1/facets*", take))
    says(page, words, until, sample)


def test_the_count_is_that_of_the_view(open_since, api, sample):
    until = sample[300]["discovered_at"]
    teammates = [post for post in sample[:300] if post["watch_tier"] == "teammate"]
    page = open_since({"": mark(until)}, "/?tier=teammate")
    says(page, f"{len(teammates)} new", until, sample)
    page.goto("/?tier=teammate&sort=likes")
    says(page, f"{len(teammates)} new", until, sample)
    expect(page.locator(DIVIDER)).to_have_count(0)
    expect(page.get_by_role("button", name="First unseen")).to_be_hidden()


def test_what_was_seen_of_all_posts_was_seen_of_each_view_but_not_the_other_way_round(open_since, sample):
    page = open_since({"?tier=teammate": mark(sample[0]["discovered_at"]), "": mark(sample[40]["discovered_at"])})
    says(page, "40 new", sample[40]["discovered_at"], sample)
    page.goto("/?tier=teammate")
    settled(page)
    expect(page.locator("#catch-up")).to_be_hidden()
    page.goto("/?tier=influencer")
    new = [post for post in sample[:40] if post["watch_tier"] == "influencer"]
    says(page, f"{len(new)} new", sample[40]["discovered_at"], sample)


def test_marking_as_seen_can_be_undone_and_is_kept(open_since, sample):
    until = sample[20]["discovered_at"]
    page = open_since({"": mark(until)})
    expect(page.locator(LINE)).to_contain_text("20 new")
    card(page, sample[2]["status_id"]).locator(".open").focus()
    page.keyboard.press("m")
    expect(page.locator("#announcements")).to_have_text("Marked as seen")
    expect(page.locator(LINE)).to_contain_text("Seen up to")
    assert focused_post(page) == sample[2]["status_id"]
    expect(page.locator(DIVIDER)).to_have_count(0)
    assert kept(page) == mark(sample[0]["discovered_at"])
    page.get_by_role("button", name="Undo").click()
    says(page, "20 new", until, sample)
    expect(page.get_by_role("button", name="Catch up")).to_be_focused()
    expect(page.locator(DIVIDER)).to_have_count(1)
    assert kept(page) == mark(until)
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    come_again(page)
    expect(page.locator("#catch-up")).to_be_hidden()
    assert kept(page) == mark(sample[0]["discovered_at"])


def test_the_mark_moves_over_what_was_on_the_screen_and_no_further(open_since, sample):
    until = sample[30]["discovered_at"]
    page = open_since({"": mark(until)}, height=700)
    expect(page.locator(LINE)).to_be_visible()
    look_at(page)
    leave(page)
    seen = kept(page)
    assert seen["until"] == until, "older ones were never shown"
    on_screen = page.locator("#posts li[data-id]").evaluate_all(
        "rows => rows.filter((row) => row.getBoundingClientRect().top < innerHeight).map((row) => row.dataset.id)"
    )
    assert seen["above"] and set(seen["above"]) <= set(on_screen)
    says(page, "30 new", until, sample)
    come_again(page)
    says(page, f"{30 - len(seen['above'])} new", until, sample)
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_be_visible()
    assert shown_ids(page) == [status_id for status_id in ids_of(sample[:30])[::-1] if status_id not in seen["above"]]


def test_who_reads_from_the_oldest_on_moves_the_mark_as_far_as_that(open_since, sample):
    page = open_since({"": mark(sample[30]["discovered_at"])}, height=700)
    expect(page.locator(LINE)).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_be_visible()
    for _ in range(5):
        look_at(page)
        page.keyboard.press("j")
    look_at(page)
    leave(page)
    until = kept(page)["until"]
    assert sample[26]["discovered_at"] <= until < sample[0]["discovered_at"]
    last = next(number for number, post in enumerate(sample) if post["discovered_at"] == until)
    come_again(page)
    expect(page.locator(BAR)).to_contain_text(f"{last} new")
    assert shown_ids(page)[0] == sample[last - 1]["status_id"]


def test_going_past_posts_or_away_at_once_is_not_seeing_them(open_since, sample):
    before = mark(sample[30]["discovered_at"])
    page = open_since({"": before}, height=700)
    expect(page.locator(LINE)).to_be_visible()
    leave(page)
    assert kept(page) == before
    page.keyboard.press("u")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[29]["status_id"])
    leave(page)
    assert kept(page) == before


def test_a_long_absence_begins_a_new_visit_and_a_short_one_does_not(open_since, sample):
    page = open_since({"": mark(sample[3]["discovered_at"])}, height=1600)
    expect(page.locator(LINE)).to_contain_text("3 new")
    look_at(page)
    leave(page, minutes=5)
    expect(page.locator(LINE)).to_contain_text("3 new")
    leave(page, minutes=20)
    expect(page.locator("#catch-up")).to_be_hidden()
    expect(page.locator(DIVIDER)).to_have_count(0)


def test_two_tabs_know_of_each_other(open_since, sample):
    page = open_since({"": mark(sample[20]["discovered_at"])})
    expect(page.locator(LINE)).to_contain_text("20 new")
    other = page.context.new_page()
    other.goto("/")
    expect(other.locator(LINE)).to_contain_text("20 new")
    other.keyboard.press("m")
    expect(page.locator("#catch-up")).to_be_hidden()
    other.get_by_role("button", name="Undo").click()
    expect(page.locator(LINE)).to_contain_text("20 new")
    page.get_by_role("button", name="Mark as seen").click()
    other.close(run_before_unload=False)
    assert kept(page) == mark(sample[0]["discovered_at"]), "the tab that was closed put the mark back"


BROKEN = ["", "{", "null", "[]", "7", '"text"', '{"":7}', '{"":{"until":7}}', '{"":{"until":"tomorrow"}}', '{"":{"until":"2026-99-99"}}']


@pytest.mark.parametrize("value", BROKEN)
def test_a_broken_mark_is_no_mark(open_since, sample, value):
    page = open_since(value)
    expect(page.locator(".post").first).to_be_visible()
    expect(page.locator("#catch-up")).to_be_hidden()
    assert kept(page) == mark(sample[0]["discovered_at"])


@pytest.mark.parametrize("above", [7, None, ["1", "2"], {"1": 7, "2": None, "3": {}}])
def test_what_is_broken_above_a_mark_counts_for_nothing(open_since, sample, above):
    page = open_since({"": {"until": sample[10]["discovered_at"], "above": above}})
    says(page, "10 new", sample[10]["discovered_at"], sample)
    page.keyboard.press("m")
    expect(page.locator(LINE)).to_contain_text("Seen up to")
    assert kept(page) == mark(sample[0]["discovered_at"])


def test_without_storage_nothing_is_new_and_nothing_breaks(open_since):
    forbidden = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    page = open_since(None, prepare=lambda page: page.add_init_script(forbidden))
    expect(page.locator(".post").first).to_be_visible()
    come_again(page)
    expect(page.locator(".post").first).to_be_visible()
    expect(page.locator("#catch-up")).to_be_hidden()


def test_a_storage_that_is_full_is_owned_up_to(open_since, sample):
    page = open_since({"": mark(sample[10]["discovered_at"])})
    expect(page.locator(LINE)).to_contain_text("10 new")
    page.evaluate("void (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') })")
    page.keyboard.press("m")
    expect(page.locator(LINE)).to_contain_text("This browser does not keep it after this visit.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(LINE)).to_contain_text("10 new")


def test_a_clock_that_runs_ahead_does_not_hide_what_comes(open_since):
    ahead = feed_item(status_id="1890000000000000999", discovered_at="2031-01-01T00:00:00.000000Z")

    def prepare(page):
        copies(page)
        page.feed = [ahead, *COPIES, SEEN]

    page = open_since({"": mark(SEEN["discovered_at"])}, prepare=prepare, at=NOW)
    expect(page.locator(LINE)).to_be_visible()
    page.keyboard.press("m")
    expect(page.locator(LINE)).to_contain_text("1 new since")
    assert kept(page)["until"] < "2026-02-22T16"
