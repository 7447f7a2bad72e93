"""How the views of a post went, as a line beside its counters."""

import re

import pytest
from playwright.sync_api import expect

from helpers import card, feed_item, serve, shown_ids


def curve(*points):
    return [{"at": f"2026-02-22T{hour:02}:00:00.000000Z", "views": views} for hour, views in points]


def line(page, status_id):
    """The points of the picture, in hundredths of its width and its height, from its lower left corner."""
    drawn = card(page, status_id).locator(".sparkline path").get_attribute("d") or ""
    return [(round(float(x) / 4.8), round(100 - float(y) / 1.4)) for x, y in re.findall(r"[ML]([\d.]+),([\d.]+)", drawn)]


@pytest.mark.parametrize(
    ("points", "drawn", "words"),
    [
        ([(10, 0), (11, 50), (14, 100)], [(0, 0), (25, 50), (100, 100)], "0 views 22 Feb, 11:00, 100 views 22 Feb, 15:00"),
        ([(10, 9_900), (20, 10_000)], [(0, 99), (100, 100)], "9,900 views 22 Feb, 11:00, 10,000 views 22 Feb, 21:00"),
        ([(10, 1_000), (15, 250), (20, 500)], [(0, 100), (50, 25), (100, 50)], "1,000 views 22 Feb, 11:00, 500 views 22 Feb, 21:00"),
        ([(10, 0), (11, 0)], [(0, 0), (100, 0)], "0 views 22 Feb, 11:00, 0 views 22 Feb, 12:00"),
    ],
    ids=["it grows", "it rests", "views were taken back", "nobody looked"],
)
def test_the_line_goes_through_the_observations_above_a_floor_of_none(open_page, points, drawn, words):
    item = feed_item(curve=curve(*points))
    page = open_page(prepare=lambda page: serve(page, [item]))
    assert line(page, item["status_id"]) == drawn
    expect(page.get_by_role("img", name=words, exact=True)).to_be_visible()


@pytest.mark.parametrize("item", [feed_item(), feed_item(curve=[])], ids=["not told", "one observation"])
def test_without_two_observations_its_place_is_empty(open_page, item):
    page = open_page(prepare=lambda page: serve(page, [item, feed_item(status_id="2", curve=curve((1, 1), (2, 2)))]))
    assert line(page, item["status_id"]) == []
    expect(page.locator(".post").get_by_role("img")).to_have_count(1)
    boxes = [card(page, status_id).locator(".sparkline").bounding_box() for status_id in shown_ids(page)]
    assert boxes[0]["x"] == boxes[1]["x"] and boxes[0]["width"] == boxes[1]["width"]


def test_every_post_has_the_line_that_the_server_tells(open_page, api):
    items = api.feed(curve="true", sort="views")
    page = open_page("/?sort=views")
    for item in items[:20]:
        points = item["curve"]
        most = max(point["views"] for point in points) or 1
        heights = [height for _, height in line(page, item["status_id"])]
        assert heights == pytest.approx([100 * point["views"] / most for point in points], abs=1.5)
        expect(card(page, item["status_id"]).locator(".sparkline title")).to_contain_text(f"{points[-1]['views']:,} views")
    assert any(len(item["curve"]) > 2 for item in items[:20])


@pytest.mark.parametrize("density", ["comfortable", "compact"])
@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
def test_it_stands_beside_the_views_where_there_is_room(open_page, width, density):
    item = feed_item(curve=curve((1, 1), (2, 2)), views=846_500, likes=21_400, replies=21_400, reposts=21_400, views_per_hour=9000.0, reported_at="2026-02-22T14:00:00.000000Z")

    def prepare(page):
        serve(page, [item])
        page.add_init_script(f"localStorage.density = '{density}'")

    page = open_page(width=width, prepare=prepare)
    post = card(page, item["status_id"])
    expect(post.locator(".avatar")).to_be_visible(visible=density == "comfortable")
    beside = width > 320 or density == "compact"
    views, picture = (post.locator(place).bounding_box() for place in (".counters > :last-child dd", ".sparkline"))
    assert (abs(views["y"] + views["height"] / 2 - picture["y"] - picture["height"] / 2) < 4) == beside
    edges = post.locator(".counters dd").evaluate_all("all => all.map((node) => { const r = document.createRange(); r.selectNodeContents(node); return r.getBoundingClientRect().right })")
    starts = post.locator(".counters dt").evaluate_all("all => all.map((node) => node.getBoundingClientRect().left)")
    after = [*starts[1:], picture["x"]] if beside else starts[1:]
    assert all(start >= edge for start, edge in zip(after, edges))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_clock_that_was_never_set_makes_no_answer_wrong(open_page):
    item = feed_item(curve=[{"at": "1969-12-31T23:00:00.000000Z", "views": 1}, *curve((1, 2))])
    page = open_page(prepare=lambda page: serve(page, [item]))
    assert line(page, item["status_id"]) == [(0, 50), (100, 100)]


@pytest.mark.parametrize("wrong", [5, None, [None], [{"at": "2026-02-22T10:00:00Z"}], [{"at": "soon", "views": 1}], ["a", "b"]])
def test_a_curve_that_is_none_is_no_answer(open_page, wrong):
    page = open_page(prepare=lambda page: serve(page, [feed_item(curve=wrong)]))
    expect(page.locator(".state")).to_contain_text("The server sent something else than was asked for.")
