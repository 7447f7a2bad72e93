"""What was seen, what is new since, and catching up with it."""

import datetime
import json
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from helpers import COLLECTING, answer, card, drawer_shows, feed_item, feed_of, focused_post, ids_of, problem, settled, shown_ids, top_of

LINE, BAR, DIVIDER = "#catch-up .catch-up-line", "#catch-up .catch-up-bar", ".seen-until"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def marks(value):
    """Prepares a browser that was here before; a reload finds what the page left."""
    text = json.dumps(value if isinstance(value, str) else json.dumps(value))
    begin = f"localStorage.setItem('seen', {text}); sessionStorage.begun = 1"
    return f"if (location.protocol !== 'about:' && !sessionStorage.begun) {{ {begin} }}"


def mark(until, **above):
    return {"until": until, "above": above}


def kept(page, view=""):
    return json.loads(page.evaluate("localStorage.getItem('seen')") or "{}").get(view)


@pytest.fixture
def open_since(open_page, api):
    """A page an hour after the newest post, whose clock goes only when it is told to, and whose reader has seen what `seen` says."""
    newest = moment(api.feed(limit=1)[0]["discovered_at"])

    def open_since(seen, path="/", *, prepare=None, at=None, **options):
        def arrange(page):
            page.asked = []
            page.on("request", lambda request: page.asked.append(request.url))
            page.clock.install(time=at or newest + datetime.timedelta(hours=1))
            page.clock.pause_at((at or newest + datetime.timedelta(hours=1)) + datetime.timedelta(seconds=1))
            if seen is not None:
                page.add_init_script(marks(seen))
            if prepare:
                prepare(page)

        return open_page(path, prepare=arrange, **options)

    return open_since


@pytest.fixture(scope="session")
def sample(api):
    return api.everything(most=800)


def since_words(until, now, zone="Europe/Berlin"):
    then, today = (at.astimezone(ZoneInfo(zone)) for at in (moment(until), now))
    days = (today.date() - then.date()).days
    day = "" if days == 0 else "yesterday " if days == 1 else f"{then:%A} " if days < 7 else f"{then.day} {then:%b}, "
    return f"{day}{then:%H:%M}"


def says(page, words, until, sample, zone="Europe/Berlin"):
    now = moment(sample[0]["discovered_at"]) + datetime.timedelta(hours=1)
    expect(page.locator(f"{LINE} .catch-up-words")).to_have_text(f"{words} since {since_words(until, now, zone)}")


def look_at(page, seconds=2):
    """Time passes, and before and after the browser has told every observer what is on the screen."""
    told = "new Promise((done) => { const one = new IntersectionObserver(() => { one.disconnect(); done() }); one.observe(document.body) })"
    for _ in range(seconds):
        page.evaluate(told)
        page.clock.run_for(1000)
    page.evaluate(told)


def leave(page, *, minutes=0):
    for hidden in ("true", "false"):
        page.evaluate(f"Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {hidden} }})")
        page.evaluate("void document.dispatchEvent(new Event('visibilitychange'))")
        if hidden == "true" and minutes:
            page.clock.fast_forward(minutes * 60_000)


def come_again(page):
    page.reload()
    settled(page)


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
    page.get_by_role("button", name="UTC").click()
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


@pytest.mark.parametrize("count", [3, 120])
def test_u_goes_to_the_oldest_unseen_post_which_stands_above_the_line(open_since, sample, count):
    page = open_since({"": mark(sample[count]["discovered_at"])})
    expect(page.locator(LINE)).to_be_visible()
    page.keyboard.press("u")
    first = sample[count - 1]["status_id"]
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", first)
    expect(page.locator("#announcements")).to_have_text("First unseen post")
    divider = page.locator(DIVIDER)
    expect(divider).to_have_text(re.compile("^Seen until "))
    assert divider.evaluate("node => node.nextElementSibling.dataset.id") == sample[count]["status_id"]
    assert top_of(page, first) < divider.bounding_box()["y"] < top_of(page, sample[count]["status_id"])
    page.keyboard.press("k")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[count - 2]["status_id"])
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[count]["status_id"])


def test_catching_up_shows_what_is_unseen_oldest_first_and_leads_back_to_the_place(open_since, sample):
    new = ids_of(sample[:30])[::-1]
    page = open_since({"": mark(sample[30]["discovered_at"])}, height=600)
    expect(page.locator(LINE)).to_be_visible()
    for _ in range(6):
        page.keyboard.press("j")
    top = top_of(page, sample[5]["status_id"])
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_contain_text("Catching up: 30 new since")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", new[0])
    assert shown_ids(page) == new
    page.keyboard.press("j")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", new[1])
    page.keyboard.press("o")
    drawer_shows(page, new[1])
    page.keyboard.press("j")
    drawer_shows(page, new[2])
    page.keyboard.press("Escape")
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", new[2])
    assert shown_ids(page) == new
    page.go_back()
    expect(page.locator(BAR)).to_have_count(0)
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", sample[5]["status_id"])
    assert top_of(page, sample[5]["status_id"]) == pytest.approx(top, abs=1)
    page.go_forward()
    expect(page.locator(BAR)).to_be_visible()
    page.get_by_role("button", name="Back to the feed").click()
    expect(page.locator(BAR)).to_have_count(0)
    assert shown_ids(page)[:30] == new[::-1]


def test_who_leaves_while_catching_up_comes_back_to_it(open_since, sample):
    page = open_since({"": mark(sample[30]["discovered_at"])}, height=600)
    page.get_by_role("button", name="Catch up").click()
    expect(page.locator(BAR)).to_be_visible()
    page.get_by_label("By author").check()
    ids = shown_ids(page)
    card(page, ids[20]).locator(".open").focus()
    card(page, ids[20]).evaluate("node => node.scrollIntoView({ block: 'center' })")
    look_at(page)
    top = top_of(page, ids[20])
    page.locator("[data-count=significant]").evaluate("node => node.click()")
    page.wait_for_url("**/?significant=true")
    settled(page)
    expect(page.locator(BAR)).to_have_count(0)
    page.go_back()
    expect(page.locator(BAR)).to_be_visible()
    expect(page.get_by_label("By author")).to_be_checked()
    assert shown_ids(page) == ids
    assert top_of(page, ids[20]) == pytest.approx(top, abs=1)
    page.reload()
    expect(page.locator(BAR)).to_be_visible()
    expect(page.get_by_label("By author")).to_be_checked()


def test_unseen_posts_stand_under_their_authors_and_their_tiers(open_since, sample):
    new = sample[:80]
    page = open_since({"": mark(sample[80]["discovered_at"])})
    page.get_by_role("button", name="Catch up").click()
    page.get_by_label("Fold near-duplicates").uncheck()
    page.get_by_label("By tier").check()
    names = {"teammate": "Teammate", "influencer": "Influencer", "ecosystem": "Ecosystem", None: "Not watched"}
    groups = [(name, [post for post in new if post["watch_tier"] == tier]) for tier, name in names.items()]
    headings = page.locator(".day-name")
    expect(headings).to_have_text([f"{name} {len(posts)} post{'s' if len(posts) != 1 else ''}" for name, posts in groups if posts])
    assert shown_ids(page) == [status_id for _, posts in groups for status_id in ids_of(posts)[::-1]]
    page.get_by_label("By author").check()
    by_author = {}
    for post in new[::-1]:
        by_author.setdefault(post["author_handle"].lower(), []).append(post["status_id"])
    groups = sorted(by_author.values(), key=lambda ids: -len(ids))
    expect(headings).to_have_count(len(groups))
    assert shown_ids(page) == [status_id for ids in groups for status_id in ids]
    assert headings.first.inner_text().endswith(f"{len(groups[0])} posts")
    page.get_by_label("By author").press("j")
    for status_id in [status_id for ids in groups for status_id in ids][: len(groups[0]) + 1]:
        expect(page.locator(".post:focus-within")).to_have_attribute("data-id", status_id)
        page.keyboard.press("j")


def test_very_many_are_loaded_in_parts(open_since, sample):
    page = open_since({"": mark("2020-01-01T00:00:00.000000Z")})
    expect(page.locator(LINE)).to_contain_text("701 new since 1 Jan 2020, 01:00")
    page.get_by_role("button", name="Catch up").click()
    expect(page.locator(BAR)).to_contain_text("701 new")
    expect(page.locator(BAR)).to_contain_text("These are the newest 300 posts.")
    for count in (600, 701):
        page.get_by_role("button", name="Load older ones").click()
        expect(page.locator("#announcements")).to_have_text(f"{count} posts to catch up with")
    expect(page.get_by_role("button", name="Load older ones")).to_be_hidden()
    page.get_by_label("Fold near-duplicates").uncheck()
    assert shown_ids(page) == ids_of(sample)[::-1]


LONG = "The network upgrade is live since this morning and all of our wallets run it. Please update your nodes before the weekend"
TEXTS = [
    f"{LONG}!",
    "Something else altogether, said once and by nobody but me",
    f"@somebody {LONG.upper()} https://example.org/1",
    f"{LONG} 🎉",
    "gm",
    "gn",
    "GM",
    "Version 4.1.6 of the wallet is out, and everybody should have it",
    "Version 4.1.7 of the wallet is out, and everybody should have it",
    "https://example.org/2",
    "https://example.org/3",
]
COPIES = [
    feed_item(
        status_id=str(1890000000000000101 + number),
        discovered_at=f"2026-02-22T12:{10 + number}:00.000000Z",
        body_text=text,
        is_significant=False,
        author_handle=f"user{number}",
    )
    for number, text in enumerate(TEXTS)
][::-1]
SEEN = feed_item(discovered_at="2026-02-22T12:00:00.000000Z")
LATEST = feed_item(status_id="1890000000000000500", discovered_at="2026-02-22T13:30:00.000000Z", body_text="The latest")
NOW = moment("2026-02-22T14:05:00Z")


def copies(page):
    page.feed = [*COPIES, SEEN]

    def take(route):
        since = re.search(r"since=([^&]+)", route.request.url)
        answer(route, feed_of(*[post for post in page.feed if not since or post["discovered_at"] > SEEN["discovered_at"]]))

    page.route("**/v1/stream*", lambda route: route.abort())
    page.route("**/v1/freshness", lambda route: answer(route, COLLECTING))
    page.route("**/v1/feed*", take)


def test_near_duplicates_are_folded_below_the_first_of_them(open_since):
    page = open_since({"": mark(SEEN["discovered_at"])}, prepare=copies, at=NOW, height=700)
    expect(page.locator(LINE)).to_contain_text("11 new")
    assert len(shown_ids(page)) == 12, "the feed itself hides nothing"
    page.keyboard.press("c")
    ids = ids_of(COPIES)[::-1]
    expect(page.locator(BAR)).to_contain_text("3 folded")
    assert shown_ids(page) == [ids[number] for number in (0, 1, 4, 5, 7, 8, 9, 10)]
    more = page.get_by_role("button", name="2 more like this")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    top = more.bounding_box()["y"]
    page.keyboard.press("Enter")
    assert shown_ids(page) == [ids[number] for number in (0, 2, 3, 1, 4, 5, 7, 8, 9, 10)]
    fold = page.get_by_role("button", name="Fold 2 like this")
    expect(fold).to_be_focused()
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert fold.bounding_box()["y"] == top
    page.keyboard.press("Enter")
    expect(more).to_be_focused()
    assert more.bounding_box()["y"] == top
    page.get_by_label("Fold near-duplicates").uncheck()
    assert shown_ids(page) == ids
    come_again(page)
    expect(page.get_by_label("Fold near-duplicates")).not_to_be_checked()


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


def test_catching_up_ends_with_marking_as_seen(open_since, sample):
    page = open_since({"": mark(sample[20]["discovered_at"])})
    page.get_by_role("button", name="Catch up").click()
    expect(page.get_by_text("That is everything new.")).to_be_visible()
    page.locator(".catch-up-end").get_by_role("button", name="Mark as seen").click()
    expect(page.locator(BAR)).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
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


def test_what_is_folded_was_not_seen(open_since):
    page = open_since({"": mark(SEEN["discovered_at"])}, prepare=copies, at=NOW, height=4000)
    expect(page.locator(LINE)).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_contain_text("3 folded")
    page.get_by_role("button", name="2 more like this").scroll_into_view_if_needed()
    look_at(page)
    leave(page)
    come_again(page)
    expect(page.locator("#catch-up")).to_contain_text("3 new")


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


def test_news_that_was_asked_for_is_new(open_since):
    page = open_since({"": mark(SEEN["discovered_at"])}, prepare=copies, at=NOW)
    expect(page.locator(LINE)).to_contain_text("11 new")
    page.feed = [LATEST, *page.feed]
    page.get_by_role("button", name="Refresh").click()
    offer = page.get_by_role("button", name="Show 1 new post")
    expect(offer).to_be_visible()
    expect(page.locator(LINE)).to_contain_text("11 new")
    offer.click()
    expect(page.locator(LINE)).to_contain_text("12 new")
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_contain_text("12 new")
    later = {**LATEST, "status_id": "1890000000000000501", "discovered_at": "2026-02-22T13:40:00.000000Z", "body_text": "Later"}
    page.feed = [later, *page.feed]
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("button", name="Show 1 new post").click()
    expect(page.locator(BAR)).to_contain_text("13 new")
    page.clock.run_for(100)
    expect(page.locator(".post:focus-within")).to_have_attribute("data-id", "1890000000000000501")
    expect(page.locator("#freshness")).to_have_attribute("data-state", "live")
    page.feed = [{**LATEST, "status_id": "1890000000000000502", "discovered_at": "2026-02-22T13:50:00.000000Z"}, *page.feed]
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("button", name="Show 1 new post").click()
    expect(page.locator(BAR)).to_contain_text("14 new")
    page.clock.run_for(100)
    expect(page.get_by_role("button", name="1 more like this").last).to_be_focused()


def test_who_sits_at_the_page_is_told_nothing_twice(open_since):
    page = open_since(None, prepare=copies, at=NOW)
    expect(page.locator("#catch-up")).to_be_hidden()
    page.feed = [LATEST, *page.feed]
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("button", name="Show 1 new post").click()
    expect(page.locator(LINE)).to_contain_text("1 new")
    expect(page.locator("#announcements")).to_have_text("1 new post")


def test_an_address_that_is_refused_has_nothing_new(open_since, sample):
    page = open_since({"": mark(sample[10]["discovered_at"])})
    expect(page.locator(LINE)).to_be_visible()
    page.evaluate("history.pushState({ view: 'x', opened: false }, '', '/?tier=boss'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.get_by_role("alert")).to_contain_text("This address is not a view")
    expect(page.locator("#catch-up")).to_be_hidden()


def test_what_cannot_be_fetched_is_not_missed(open_since, sample):
    missing = lambda page: page.route("**/catch-up/catch-up.js", lambda route: route.abort())  # noqa: E731
    page = open_since({"": mark(sample[10]["discovered_at"])}, prepare=missing)
    expect(page.locator(".post").first).to_be_visible()
    expect(page.locator("#catch-up")).to_be_hidden()


def test_a_failure_while_loading_leaves_the_feed_and_can_be_tried_again(open_since, sample):
    page = open_since({"": mark(sample[10]["discovered_at"])})
    expect(page.locator(LINE)).to_be_visible()
    page.route("**/v1/feed*since=*", lambda route: route.abort())
    page.keyboard.press("c")
    expect(page.locator("#announcements")).to_have_text("What is new could not be loaded. The server cannot be reached")
    assert ids_of(sample[:10]) == shown_ids(page)[:10]
    page.unroute("**/v1/feed*since=*")
    page.keyboard.press("c")
    expect(page.locator(BAR)).to_be_visible()


@pytest.mark.parametrize("width", [1100, 390])
def test_the_line_moves_nothing_when_it_comes(open_since, sample, width):
    """Its room is kept before it is there."""
    held = []
    hold = lambda page: page.route("**/catch-up/catch-up.js", lambda route: held.append(route))  # noqa: E731
    page = open_since({"": mark(sample[10]["discovered_at"])}, prepare=hold, width=width)
    top = top_of(page, sample[0]["status_id"])
    held[0].continue_()
    expect(page.locator(LINE)).to_contain_text("10 new")
    assert top_of(page, sample[0]["status_id"]) == pytest.approx(top, abs=2)


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (390, 1), (550, 2), (820, 1)], ids=str)
def test_it_fits_small_screens_and_large_letters(open_since, sample, width, scale):
    page = open_since({"": mark(sample[60]["discovered_at"])}, width=width, height=700, device_scale_factor=scale)
    inside = "[...document.querySelectorAll('#catch-up *')].every((node) => node.getBoundingClientRect().right <= innerWidth)"
    expect(page.locator(LINE)).to_contain_text("60 new")
    assert page.evaluate(FITS) and page.evaluate(inside)
    page.get_by_role("button", name="Catch up").click()
    expect(page.locator(BAR)).to_be_visible()
    page.get_by_label("By author").check()
    assert page.evaluate(FITS) and page.evaluate(inside)


def test_on_paper_there_is_only_what_is_read(open_since, sample):
    page = open_since({"": mark(sample[10]["discovered_at"])})
    expect(page.locator(LINE)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#catch-up")).to_be_hidden()


def test_the_help_names_the_keys(open_since):
    page = open_since(None)
    page.keyboard.press("?")
    for key, words in (("u", "the first post that was not seen"), ("c", "catch up"), ("m", "mark all as seen")):
        expect(page.locator("#help .keys > div", has=page.locator("kbd", has_text=re.compile(f"^{key}$")))).to_contain_text(words)
