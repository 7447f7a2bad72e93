import re

import pytest
from playwright.sync_api import expect

from helpers import feed_item, serve, settled, shown_ids

# 23:30 UTC on 22 February 2026: already the next day to the east, not yet to the west.
LATE = "2026-02-22T23:30:09.123456Z"


@pytest.mark.parametrize(
    ("zone", "city", "clock", "day"),
    [("Asia/Tokyo", "Tokyo", "08:30", "Monday 23 February"), ("America/New_York", "New York", "18:30", "Sunday 22 February"),
     ("Asia/Kathmandu", "Kath?mandu", "05:15", "Monday 23 February")],
)
def test_times_and_days_are_the_readers_own_until_utc_is_chosen(open_page, zone, city, clock, day):
    page = open_page(timezone_id=zone, prepare=lambda page: (page.clock.set_fixed_time("2026-06-01T12:00:00Z"), serve(page, [feed_item(discovered_at=LATE)])))
    time = page.locator(".post .open time")
    expect(time).to_have_text(re.compile(rf"^{clock} \(.*:09 "))
    expect(page.locator(".day-name")).to_have_text(f"{day}")
    assert clock in time.get_attribute("title") and ":09" in time.get_attribute("title")
    menu = page.locator("#zone")
    expect(menu.locator("summary")).to_have_text(re.compile(f"Time zone: {city}$"))
    menu.locator("summary").click()
    expect(menu.get_by_role("radio", name="yours")).to_be_checked()
    menu.get_by_role("radio", name="UTC").check()
    page.wait_for_url("**/?tz=UTC")
    expect(menu.locator("summary")).to_have_text("Time zone: UTC")
    expect(time).to_have_text(re.compile(r"^23:30 \(.*UTC\)$"))
    expect(page.locator(".day-name")).to_have_text("Sunday 22 February · UTC time")
    assert "UTC" in time.get_attribute("title")
    page.reload()
    settled(page)
    expect(time).to_have_text(re.compile(r"^23:30 \(.*UTC\)$"))
    menu.locator("summary").click()
    menu.get_by_role("radio", name="yours").check()
    expect(time).to_have_text(re.compile(rf"^{clock} \(.*:09 "))


def test_the_zone_of_a_link_is_named_and_stays_in_reach(open_page):
    page = open_page("/?tz=America/New_York", prepare=lambda page: serve(page, [feed_item(discovered_at=LATE)]))
    menu = page.locator("#zone")
    expect(menu.locator("summary")).to_have_text("Time zone: New York")
    expect(page.locator("#view-line")).to_contain_text("New York time")
    menu.locator("summary").click()
    box = menu.get_by_label("Another zone")
    box.fill("tokyo")
    box.press("Enter")
    page.wait_for_url("**/?tz=Asia%2FTokyo")
    expect(menu.locator("summary")).to_have_text("Time zone: Tokyo")
    menu.get_by_role("radio", name="the link’s").check()
    page.wait_for_url("**/?tz=America%2FNew_York")
    box.fill("Mars")
    box.press("Enter")
    expect(menu.get_by_role("alert")).to_have_text("“Mars” is not a time zone.")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_days_carry_the_zone_in_which_they_are_meant(open_page, zone):
    """The address, so a copy of it, a link and a saved view too: everybody sees the same posts."""
    page = open_page("/?since=2026-02-20&until=2026-02-22", timezone_id=zone)
    page.wait_for_url(f"**/?since=2026-02-20&until=2026-02-22&tz={zone.replace('/', '%2F')}")
    there = open_page(page.url, timezone_id="Asia/Tokyo")
    assert shown_ids(there) == shown_ids(page) != []
    page.get_by_role("button", name="Clear all").click()
    page.wait_for_url(re.compile("/$"))


def test_another_year_is_said(open_page):
    now, then = "2026-02-04T12:00:00Z", "2024-12-20T13:05:00Z"
    items = [feed_item(discovered_at="2026-02-04T09:00:00Z", posted_at=then), feed_item(status_id="2", discovered_at=then, posted_at=None, reported_at=then)]
    page = open_page(prepare=lambda page: (page.clock.set_fixed_time(now), serve(page, items)))
    expect(page.locator(".post .other-time").first).to_contain_text("posted 20 Dec 2024, 14:05 (")
    expect(page.locator(".day-name")).to_have_text(["Today, Wednesday 4 February", "Friday 20 December 2024"])
    expect(page.locator(".post .reported").last).to_have_attribute("title", "Reported 20 Dec 2024, 14:05")
    expect(page.get_by_role("article", name="Some One, 20 Dec 2024, 14:05")).to_be_visible()
    page.goto("/?sort=views")
    expect(page.locator(".post .open time").last).to_have_text("20 Dec 2024, 14:05 (20 Dec 2024, 14:05:00 CET)")


def test_one_minute_is_one_time(open_page):
    page = open_page(prepare=lambda page: serve(page, [feed_item(discovered_at="2026-02-22T13:05:09Z", posted_at="2026-02-22T13:05:01Z")]))
    expect(page.locator(".post .open time")).to_be_visible()
    expect(page.locator(".post .other-time")).to_be_hidden()


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
