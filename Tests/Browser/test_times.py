import re

import pytest
from playwright.sync_api import expect

from helpers import feed_item, serve, settled

# 23:30 UTC on 22 February 2026: already the next day to the east, not yet to the west.
LATE = "2026-02-22T23:30:09.123456Z"


@pytest.mark.parametrize(
    ("zone", "clock", "day"),
    [("Asia/Tokyo", "08:30", "Monday 23 February"), ("America/New_York", "18:30", "Sunday 22 February"), ("Asia/Kathmandu", "05:15", "Monday 23 February")],
)
def test_times_and_days_are_the_readers_own_until_utc_is_chosen(open_page, zone, clock, day):
    page = open_page(timezone_id=zone, prepare=lambda page: (page.clock.set_fixed_time("2026-06-01T12:00:00Z"), serve(page, [feed_item(discovered_at=LATE)])))
    time = page.locator(".post .open time")
    expect(time).to_have_text(re.compile(rf"^{clock} \(.*:09 "))
    expect(page.locator(".day-name")).to_contain_text(day)
    assert clock in time.get_attribute("title") and ":09" in time.get_attribute("title")
    page.get_by_role("button", name="UTC").click()
    page.wait_for_url("**/?tz=UTC")
    expect(page.get_by_role("button", name="UTC")).to_have_attribute("aria-pressed", "true")
    expect(time).to_have_text(re.compile(r"^23:30 \(.*UTC\)$"))
    expect(page.locator(".day-name")).to_contain_text("Sunday 22 February")
    assert "UTC" in time.get_attribute("title")
    page.reload()
    settled(page)
    expect(time).to_have_text(re.compile(r"^23:30 \(.*UTC\)$"))
    page.get_by_role("button", name="UTC").click()
    expect(time).to_have_text(re.compile(rf"^{clock} \(.*:09 "))


@pytest.mark.parametrize(
    ("now", "shown"),
    [("2026-02-22T23:30:40Z", "00:30 · now"), ("2026-02-23T02:35:00Z", "00:30 · 3 h ago"), ("2026-03-01T23:30:00Z", "00:30 · 6 d ago"), ("2026-03-01T23:31:00Z", "00:30")],
)
def test_how_long_ago_is_said_for_a_week(open_page, now, shown):
    page = open_page(prepare=lambda page: (page.clock.set_fixed_time(now), serve(page, [feed_item(discovered_at=LATE)])))
    expect(page.locator(".post .open time")).to_have_text(re.compile("^" + shown.replace(" ", r"\s") + r" \("))


def test_a_post_says_how_long_ago_in_the_largest_unit(open_page):
    page = open_page("/posts/1890000000000000001", prepare=lambda page: (page.clock.set_fixed_time("2026-11-24T12:00:00Z"), serve(page, [feed_item(discovered_at=LATE)])))
    expect(page.locator("#drawer .facts time").last).to_have_text("23 Feb 2026, 00:30:09 CET · 9 mo ago")


@pytest.mark.parametrize(
    ("sort", "posted", "first", "second", "heading"),
    [
        ("", "2026-02-22T13:01:00Z", "00:30 (23 Feb 2026, 00:30:09 CET)", "posted 22 Feb, 14:01 (22 Feb 2026, 14:01:00 CET)", "Monday 23 February"),
        ("", "2026-02-22T23:01:00Z", "00:30 (23 Feb 2026, 00:30:09 CET)", "posted 00:01 (23 Feb 2026, 00:01:00 CET)", "Monday 23 February"),
        ("", None, "00:30 (23 Feb 2026, 00:30:09 CET)", None, "Monday 23 February"),
        ("posted", "2026-02-22T13:01:00Z", "14:01 (22 Feb 2026, 14:01:00 CET)", "found 23 Feb, 00:30 (23 Feb 2026, 00:30:09 CET)", "Sunday 22 February"),
        ("posted", None, "23 Feb, 00:30 (23 Feb 2026, 00:30:09 CET)", None, "Posted at an unknown time"),
        ("likes", "2026-02-22T13:01:00Z", "23 Feb, 00:30 (23 Feb 2026, 00:30:09 CET)", "posted 22 Feb, 14:01 (22 Feb 2026, 14:01:00 CET)", None),
    ],
)
def test_both_times_of_a_post_are_shown_and_spoken_exactly(open_page, sort, posted, first, second, heading):
    item = feed_item(discovered_at=LATE, posted_at=posted)
    page = open_page(f"/?sort={sort}", prepare=lambda page: (page.clock.set_fixed_time("2026-06-01T12:00:00Z"), serve(page, [item])))
    expect(page.locator(".post .open time")).to_have_text(first)
    kind = "posted" if sort == "posted" and posted else "discovered"
    expect(page.get_by_role("link", name=f"Open the post by Some One, {kind} {first}")).to_be_visible()
    if second:
        expect(page.locator(".post .other-time")).to_have_text(second)
    else:
        expect(page.locator(".post .other-time")).to_be_hidden()
    expect(page.locator(".day-name")).to_have_text([heading] if heading else [])
