"""Posts per hour, day, week or month, and choosing a stretch of it."""

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from helpers import answer, problem


def bucket(start, end, **tiers):
    counts = {"teammate": 0, "influencer": 0, "ecosystem": 0, "none": 0, **tiers}
    return {"start": f"{start}:00:00.000000Z", "end": f"{end}:00:00.000000Z", "local_start": f"{start}:00:00+00:00", **counts, "total": sum(counts.values())}


DAYS = [bucket(f"2026-02-{day:02}T00", f"2026-02-{day + 1:02}T00", teammate=day % 3, none=day) for day in range(10, 25)]


def timeline_of(buckets, size="day", **more):
    return {"bucket": size, "tz": "UTC", "partial": False, "covered_since": None, "total": sum(one["total"] for one in buckets), "buckets": buckets, **more}


@pytest.fixture
def open_timeline(open_page):
    def open_timeline(answers=lambda query: timeline_of(DAYS), **options):
        asked = []

        def prepare(page):
            def take(route):
                asked.append(urllib.parse.parse_qs(urllib.parse.urlsplit(route.request.url).query))
                said = answers(asked[-1])
                return said(route) if callable(said) else answer(route, said)

            page.route("**/v1/stats/timeline*", take)

        page = open_page("/overview.html", wait=False, prepare=prepare, timezone_id="UTC", **options)
        expect(page.locator("#timeline path.bars").first).to_be_attached()
        page.asked = asked
        return page

    return open_timeline


def slider(page):
    return page.get_by_role("slider", name="Posts over time")


def test_bars_readings_and_table_are_the_apis(open_page, api):
    page = open_page("/overview.html", wait=False, timezone_id="UTC")
    timeline = api.get("/stats/timeline", bucket="day", tz="UTC")
    last = timeline["buckets"][-1]
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile(rf": {last['total']} posts?\b"))
    expect(slider(page)).to_have_attribute("aria-valuemax", str(len(timeline["buckets"])))
    page.locator("#timeline summary").click()
    filled = [one for one in reversed(timeline["buckets"]) if one["total"]]
    rows = page.locator("#timeline tbody tr")
    expect(rows).to_have_count(len(filled))
    cells = rows.evaluate_all("rows => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)))")
    assert cells == [[one[key] for key in ("teammate", "influencer", "ecosystem", "none", "total")] for one in filled]


def test_arrow_keys_walk_and_enter_shows_the_posts_of_that_day(open_timeline):
    page = open_timeline()
    slider(page).focus()
    expect(slider(page)).to_have_attribute("aria-valuetext", "24 Feb: 24 posts (24 not watched)")
    page.keyboard.press("ArrowLeft")
    expect(slider(page)).to_have_attribute("aria-valuetext", "23 Feb: 25 posts (2 teammate, 23 not watched)")
    expect(page.locator("#timeline .chart-reading")).to_have_text("23 Feb: 25 posts (2 teammate, 23 not watched)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?since=2026-02-23&until=2026-02-23&tz=*")


def test_shift_and_arrows_choose_a_stretch_and_escape_takes_it_back(open_timeline):
    page = open_timeline()
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("^20 Feb to 23 Feb: 91 posts"))
    page.keyboard.press("Escape")
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("^20 Feb: "))
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?since=2026-02-10&until=2026-02-20&tz=*")


def test_dragging_chooses_a_stretch(open_timeline):
    page = open_timeline()
    box = slider(page).bounding_box()
    step = (box["width"] - 42) / len(DAYS)
    page.mouse.move(box["x"] + 34 + 2.5 * step, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 34 + 5.5 * step, box["y"] + 60, steps=4)
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("^12 Feb to 15 Feb"))
    page.mouse.up()
    page.wait_for_url("**/?since=2026-02-12&until=2026-02-15&tz=*")


def test_hours_are_asked_for_and_chosen_to_the_microsecond(open_timeline):
    hours = [bucket(f"2026-02-24T{hour:02}", f"2026-02-24T{hour + 1:02}", influencer=hour) for hour in range(8, 16)]
    page = open_timeline(lambda query: timeline_of(hours, "hour") if query["bucket"] == ["hour"] else timeline_of(DAYS))
    page.get_by_role("button", name="Hours").click()
    expect(page.get_by_role("button", name="Hours")).to_have_attribute("aria-pressed", "true")
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("^24 Feb, 15:00: 15 posts"))
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?since=2026-02-24T14%3A00%3A00Z&until=2026-02-24T14%3A59%3A59.999999Z")


def test_months_are_named_and_chosen_whole(open_timeline):
    months = [bucket("2025-12-01T00", "2026-01-01T00", none=1), bucket("2026-01-01T00", "2026-02-01T00", none=2), bucket("2026-02-01T00", "2026-03-01T00", none=3)]
    page = open_timeline(lambda query: timeline_of(months, "month") if query["bucket"] == ["month"] else timeline_of(DAYS))
    page.get_by_role("button", name="Months").click()
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("^Feb 2026: 3 posts"))
    page.locator("#timeline summary").click()
    expect(page.locator("#timeline th[scope]")).to_have_text(["Month", "Teammate", "Influencer", "Ecosystem", "Not watched", "All", "Feb 2026", "Jan 2026", "Dec 2025"])
    slider(page).press("Shift+ArrowLeft")
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("^Jan 2026 to Feb 2026: 5 posts"))
    slider(page).press("Enter")
    page.wait_for_url(re.compile("since=2026-01-01&until=2026-02-28"))


def test_what_was_not_counted_is_said(open_timeline):
    page = open_timeline(lambda query: timeline_of(DAYS, partial=True, covered_since="2026-02-10T06:30:00Z"))
    expect(page.locator("#timeline .chart-reading")).to_contain_text("counted back to 10 Feb, 06:30")


def test_an_empty_time_says_so(open_page):
    page = open_page("/overview.html", wait=False, prepare=lambda page: page.route("**/v1/stats/timeline*", lambda route: answer(route, timeline_of([]))))
    expect(page.locator("#timeline .chart-reading")).to_have_text("No posts in this time.")


def test_a_timeline_that_fails_keeps_what_it_had_and_can_be_tried_again(open_timeline):
    failing = {"now": False}
    page = open_timeline(lambda query: (lambda route: answer(route, problem(503, "Database unavailable"), 503)) if failing["now"] else timeline_of(DAYS))
    failing["now"] = True
    page.get_by_role("button", name="Weeks").click()
    expect(page.locator("#timeline .chart-reading")).to_contain_text("The timeline could not be renewed. Database unavailable.")
    expect(page.locator("#timeline path.bars").first).to_be_attached()
    failing["now"] = False
    page.locator("#timeline").get_by_role("button", name="Try again").click()
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("24 Feb"))
    expect(page.locator("#timeline .chart-reading")).not_to_contain_text("could not")


def test_days_are_those_of_the_readers_zone(open_page):
    with_zone = []
    open_page("/overview.html", wait=False, timezone_id="Asia/Tokyo",
              prepare=lambda page: page.on("request", lambda request: with_zone.append(request.url) if "/stats/timeline" in request.url else None)
    ).wait_for_selector("#timeline path.bars", state="attached")
    assert "tz=Asia%2FTokyo" in with_zone[0]


# Any colour as Chromium draws it: it takes every notation, and a picture has but one.
CONTRAST = """(bar) => {
  const lightness = (colour) => {
    const canvas = document.createElement('canvas'), pen = canvas.getContext('2d', { colorSpace: 'srgb' })
    pen.fillStyle = colour
    pen.fillRect(0, 0, 1, 1)
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [one, other] = [getComputedStyle(bar).fill, getComputedStyle(bar.closest('.timeline')).backgroundColor].map(lightness)
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_stand_out_and_the_legend_has_their_fill(open_timeline, scheme):
    page = open_timeline(color_scheme=scheme)
    for tier in ("teammate", "influencer", "ecosystem", "none"):
        bars = page.locator(f"#timeline path.bars.of-{tier}")
        assert bars.evaluate(CONTRAST) >= 3, tier
        assert page.locator(f".timeline-legend .of-{tier}").evaluate("node => getComputedStyle(node).fill") == bars.evaluate("node => getComputedStyle(node).fill")
