"""What stands beside the text of a post: its numbers over time, its facts, where it comes from."""

import re

import pytest
from playwright.sync_api import expect

from helpers import answer, feed_item, problem, serve

POST = feed_item(views_per_hour=106.722, likes_per_hour=2.163, source_query="priority")
ID = POST["status_id"]


def snapshot(at, kind="latest_observed", *, replies=0, reposts=1, likes=5, views=190):
    return {"status_id": ID, "snapshot_type": kind, "snapshot_at": at, "replies": replies, "reposts": reposts, "likes": likes, "views": views, "source": "test"}


HISTORY = [
    snapshot("2026-02-22T13:05:09.123456Z", "initial_capture"),
    snapshot("2026-02-22T15:00:00.000000Z", likes=8, views=338),
    snapshot("2026-02-23T13:05:09.000000Z", "refresh_24h", replies=2, likes=1234, views=1_250_000),
]


def provenance(**changes):
    fields = {
        "url": {"observed_at": None, "batch_id": None},
        "likes": {"observed_at": "2026-02-23T13:05:09Z", "batch_id": 7},
        "body_text": {"observed_at": "2026-02-23T13:05:09Z", "batch_id": 7},
        "author_handle": {"observed_at": "2026-02-22T13:05:09Z", "batch_id": 3}}
    return {"status_id": ID, "inserted_by": 3, "updated_by": 7, "fields": fields, "earlier_texts": [], **changes}


@pytest.fixture
def open_post(open_page):
    def open_post(snapshots=HISTORY, post=POST, latency=249.1, origin=None, **options):
        def prepare(page):
            serve(page, [post], {"post": {**post, "capture_latency_seconds": latency}, "snapshots": snapshots, "report": None})
            page.route("**/v1/posts/*/provenance", lambda route: origin(route) if callable(origin) else answer(route, origin or provenance()))

        page = open_page(f"/posts/{ID}", prepare=prepare, **options)
        expect(page.locator("#drawer")).to_have_attribute("aria-busy", "false")
        return page

    return open_post


def test_every_observation_is_in_the_chart_and_in_the_table(open_post):
    page = open_post()
    for metric in ("replies", "reposts", "likes", "views"):
        expect(page.locator(f".chart .series.of-{metric} .marker")).to_have_count(3)
    expect(page.locator(".chart-kinds li")).to_have_text(["First seen", "Seen again", "After 24 hours"])
    rows = page.locator(".observations tbody tr")
    expect(rows.locator("small")).to_have_text(["After 24 hours", "Seen again", "First seen"])
    expect(rows.first.locator("td")).to_have_text(["2", "1", "1,234", "1,250,000"])
    expect(page.locator(".history-span")).to_have_text("3 observations from 22 Feb, 14:05 to 23 Feb, 14:05")


def test_numbers_of_a_real_post_are_those_of_the_api(open_page, api):
    full = api.post_with_history()
    page = open_page(f"/posts/{full['post']['status_id']}")
    newest = max(full["snapshots"], key=lambda snapshot: snapshot["snapshot_at"])
    expect(page.locator(".observations tbody tr")).to_have_count(len(full["snapshots"]))
    expect(page.locator(".observations tbody tr").first.locator("td")).to_have_text([f"{newest[metric]:,}" for metric in ("replies", "reposts", "likes", "views")])
    expect(page.locator(".chart .series.of-views .marker")).to_have_count(len(full["snapshots"]))
    expect(page.locator(".provenance-sentence")).to_contain_text("Stored by batch 1")


def test_each_counter_can_be_switched_off_and_stays_off_for_the_next_post(open_post):
    page = open_post(width=1440)
    views = page.get_by_role("button", name=re.compile("^views", re.IGNORECASE))
    expect(views).to_have_attribute("aria-pressed", "true")
    views.click()
    expect(views).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".chart .series")).to_have_count(3)
    expect(page.locator(".chart .series.of-views")).to_have_count(0)
    page.locator("#drawer [data-close]").click()
    page.locator(".post .open").click()
    expect(page.locator(".chart .series")).to_have_count(3)
    for metric in ("replies", "reposts", "likes"):
        page.get_by_role("button", name=re.compile(f"^{metric}", re.IGNORECASE)).click()
    expect(page.locator(".chart .series")).to_have_count(0)
    expect(page.locator(".chart-picture")).to_be_visible()


def test_a_logarithmic_scale_comes_by_itself_where_it_is_needed_and_can_be_chosen(open_post):
    page = open_post()
    log = page.get_by_role("button", name="Log scale")
    expect(log).to_have_attribute("aria-pressed", "true")
    small = page.locator(".series.of-reposts .curve").evaluate("node => node.getBBox().y")
    log.click()
    expect(log).to_have_attribute("aria-pressed", "false")
    assert page.locator(".series.of-reposts .curve").evaluate("node => node.getBBox().y") > small
    page = open_post(snapshots=[{**one, "views": 30} for one in HISTORY[:2]])
    expect(page.get_by_role("button", name="Log scale")).to_have_attribute("aria-pressed", "false")


def test_one_counter_alone_is_drawn_to_scale_and_gains_have_their_share(open_post):
    page = open_post(snapshots=[{**HISTORY[0], "views": 274_300}, {**HISTORY[1], "views": 548_600}])
    log = page.get_by_role("button", name="Log scale")
    expect(log).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".tile.of-views .tile-gain")).to_have_text("+274.3K, +100\u00a0%")
    for metric in ("replies", "reposts", "likes"):
        page.get_by_role("button", name=re.compile(f"^{metric}", re.IGNORECASE)).click()
    expect(log).to_have_attribute("aria-pressed", "false")


def test_the_chart_is_read_with_arrow_keys(open_post):
    page = open_post()
    chart = page.get_by_role("slider", name="Observations")
    expect(chart).to_have_attribute("aria-valuetext", re.compile("^3 of 3: 23 Feb, 14:05, after 24 hours"))
    chart.focus()
    page.keyboard.press("ArrowLeft")
    expect(chart).to_have_attribute("aria-valuetext", re.compile(r"^2 of 3: 22 Feb, 16:00, seen again\s+0.replies · 1.reposts · 8.likes · 338.views$"))
    expect(page.locator(".chart-reading")).to_contain_text("338")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(chart).to_have_attribute("aria-valuenow", "1")
    page.keyboard.press("End")
    expect(chart).to_have_attribute("aria-valuenow", "3")


def test_the_chart_is_read_by_pointing_at_it(open_post):
    page = open_post()
    chart = page.get_by_role("slider", name="Observations")
    chart.scroll_into_view_if_needed()
    chart.hover(position={"x": 50, "y": 40})
    expect(chart).to_have_attribute("aria-valuenow", "1")


@pytest.mark.parametrize(("snapshots", "words"), [
    ([], "No observations were kept."),
    (HISTORY[:1], "Observed at one moment, 22 Feb, 14:05."),
    ([HISTORY[0], {**HISTORY[0], "snapshot_type": "latest_observed"}], "Observed at one moment")])
def test_one_moment_is_no_curve(open_post, snapshots, words):
    page = open_post(snapshots=snapshots)
    expect(page.locator(".history-span")).to_contain_text(words)
    expect(page.locator(".chart-box")).to_be_hidden()
    expect(page.get_by_role("button", name="Log scale")).to_be_hidden()
    expect(page.locator(".tile")).to_have_count(4)
    expect(page.locator("button.tile")).to_have_count(0)
    expect(page.locator(".observations tbody tr")).to_have_count(len(snapshots))


def test_a_long_history_is_one_chart_and_a_folded_table(open_post):
    many = [snapshot(f"2026-02-{22 + hour // 24}T{hour % 24:02}:00:00.000000Z", views=hour * 10) for hour in range(90)]
    page = open_post(snapshots=many)
    expect(page.locator(".series.of-views .curve")).to_be_visible()
    expect(page.locator(".chart .marker")).to_have_count(0)
    expect(page.locator(".observations table")).to_be_hidden()
    page.get_by_text("All observations").click()
    expect(page.locator(".observations tbody tr")).to_have_count(90)


@pytest.mark.parametrize(("seconds", "words"), [(0.000111, "Less than a second"), (249.1, "4 minutes 9 seconds"), (7_500, "2 hours 5 minutes"), (3600, "1 hour"), (None, "Unknown")])
def test_facts_say_how_fast_it_was_found(open_post, seconds, words):
    page = open_post(latency=seconds)
    expect(page.locator("#drawer .facts div").filter(has_text="Found after").locator("dd")).to_have_text(words)


def test_facts_say_how_fast_it_moves_and_which_query_found_it(open_post):
    facts = open_post().locator("#drawer .facts")
    expect(facts).to_contain_text("107 views and 2.2 likes an hour")
    expect(facts).to_contain_text("The query “priority”")
    facts = open_post(post={**POST, "views_per_hour": None, "likes_per_hour": None, "source_query": None}).locator("#drawer .facts")
    expect(facts).to_contain_text("Unknown; it takes two observations")


def test_provenance_says_which_batch_set_what(open_post):
    page = open_post()
    expect(page.locator(".provenance-sentence")).to_have_text("Stored by batch 3, last changed by batch 7.")
    expect(page.locator(".earlier")).to_be_hidden()
    page.get_by_text("Which batch set what").click()
    expect(page.locator(".provenance dl > div")).to_have_text([re.compile("^Batch 7likes, body textas observed 23 Feb, 14:05$"), re.compile("^Batch 3author handleas observed 22 Feb, 14:05$")])


def test_earlier_texts_show_what_was_changed(open_post):
    texts = [{"body_text": "One post", "replaced_at": "2026-02-22T14:00:00Z", "replaced_by": 4}, {"body_text": "A <b>post</b>, too", "replaced_at": "2026-02-22T15:00:00Z", "replaced_by": None}]
    page = open_post(origin=provenance(earlier_texts=texts))
    expect(page.get_by_role("heading", name="The text was changed 2 times")).to_be_visible()
    changes = page.locator(".earlier li")
    expect(changes.first.locator(".note")).to_contain_text("Changed 22 Feb, 16:00 by an unknown batch")
    expect(changes.first.locator("del")).to_have_text("<b>post</b>, too")
    expect(changes.first.locator("ins")).to_have_text("post")
    expect(changes.last.locator("del")).to_have_text(["One", "post"])


@pytest.mark.parametrize("wrong, title", [
    ((problem(503, "Database unavailable"), 503), "Database unavailable"),
    (({"hello": ["world"]},), "The answer was not understood"),
    ((provenance(fields={"likes": None}),), "The answer was not understood")])
def test_provenance_that_fails_leaves_the_post_and_can_be_tried_again(open_post, wrong, title):
    failing = {"now": True}
    page = open_post(origin=lambda route: answer(route, *(wrong if failing["now"] else [provenance()])))
    expect(page.locator(".provenance-sentence")).to_contain_text(f"Could not be loaded. {title}.")
    expect(page.locator(".observations tbody tr")).to_have_count(3)
    failing["now"] = False
    page.locator(".provenance").get_by_role("button", name="Try again").click()
    expect(page.locator(".provenance-sentence")).to_contain_text("last changed by batch 7")


@pytest.mark.parametrize("missing", ["**/js/post/facts.js", "**/css/parts/detail.css"])
def test_a_part_of_the_page_that_does_not_arrive_can_be_fetched_again(open_page, missing):
    page = open_page(f"/posts/{ID}", prepare=lambda page: (serve(page, [POST]), page.route(missing, lambda route: route.abort())))
    expect(page.get_by_role("alert")).to_contain_text("The post could not be loaded.")
    page.unroute(missing)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#drawer .detail .facts")).to_be_visible()


def test_what_a_post_is_drawn_with_is_fetched_when_somebody_points_at_one(open_page):
    asked = []

    def prepare(page):
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script("requestIdleCallback = () => 0")

    page = open_page(prepare=prepare)
    assert not [url for url in asked if url.endswith("/js/post/detail.js")]
    with page.expect_request("**/js/post/detail.js"):
        page.locator(".post").first.hover()


def test_a_post_that_is_gone_from_x_says_so_with_and_without_its_text(open_post):
    gone = {**POST, "gone_at": "2026-02-22T15:00:00.000000Z"}
    page = open_post(post=gone)
    fact = page.locator("#drawer .facts div").filter(has_text="At X")
    expect(fact.locator("dd")).to_have_text(re.compile("^Gone from X since .*22 Feb"))
    expect(page.locator("#drawer .post-text")).to_have_text("A post")
    page = open_post(post={**gone, "body_text": None})
    expect(page.locator("#drawer .post-text")).to_have_text("Its text is not shown.")
    page = open_post()
    expect(page.locator("#drawer .facts")).to_contain_text("Found after")
    expect(page.locator("#drawer .facts div").filter(has_text="At X")).to_have_count(0)
