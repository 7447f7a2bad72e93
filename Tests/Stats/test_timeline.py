"""The timeline against a calendar that knows nothing of it: Python's, one post at a time."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

import random_posts

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana")
LONGEST = {"hour": 40 * 86400, "day": 300 * 86400, "week": 300 * 86400, "month": 4000 * 86400}


def bucket(moment, unit, zone):
    """The name of the bucket that holds a moment. An hour that comes twice differs by its offset."""
    local = moment.astimezone(zone)
    if unit == "hour":
        return local.strftime("%Y-%m-%dT%H"), local.utcoffset()
    if unit == "month":
        return local.date().replace(day=1)
    return local.date() - timedelta(days=local.weekday() if unit == "week" else 0)


def parsed(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("seed", range(2))
def test_it_counts_as_a_calendar_does(serve, archive, seed):
    random = Random(seed)
    posts = random_posts.posts(random, 400)
    random_posts.store(archive, posts)
    server = serve()
    for zone_name in ZONES:
        zone = ZoneInfo(zone_name)
        for unit in ("hour", "day", "week", "month"):
            for _ in range(4):
                parameters, holds = random_posts.question(random)
                since = random_posts.moment(random)
                until = since + timedelta(seconds=random.choice((0, random.uniform(0, 90000), random.uniform(0, LONGEST[unit]))))
                answer = server.get("/v1/stats/timeline", parameters + [
                    ("bucket", unit), ("tz", zone_name), ("since", since.isoformat()), ("until", until.isoformat())])
                asked = (zone_name, unit, since, until, parameters)
                assert not answer["partial"] and answer["covered_since"] is None and answer["tz"] == zone_name
                check_buckets(answer["buckets"], unit, zone, since, until, asked)

                meant = [post for post in posts if holds(post) and since <= post["at"] <= until]
                expected = Counter((bucket(post["at"], unit, zone), post["watch_tier"] or "none") for post in meant)
                found = Counter()
                for each in answer["buckets"]:
                    name = bucket(parsed(each["start"]), unit, zone)
                    for tier in ("teammate", "influencer", "ecosystem", "none"):
                        found[name, tier] = each[tier]
                    assert each["total"] == sum(each[tier] for tier in ("teammate", "influencer", "ecosystem", "none"))
                assert +found == expected, asked
                assert answer["total"] == len(meant)


def check_buckets(buckets, unit, zone, since, until, asked):
    """They follow each other without a gap from the range's start to its end, and none holds two stretches of a calendar."""
    assert parsed(buckets[0]["start"]) <= since < parsed(buckets[0]["end"]), asked
    assert parsed(buckets[-1]["start"]) <= until < parsed(buckets[-1]["end"]), asked
    for one, other in zip(buckets, buckets[1:]):
        assert one["end"] == other["start"], asked
    names = []
    for each in buckets:
        start, end = parsed(each["start"]), parsed(each["end"])
        names.append(bucket(start, unit, zone))
        assert bucket(end - timedelta(microseconds=1), unit, zone) == names[-1] != bucket(end, unit, zone), asked
        assert parsed(each["local_start"]) == start, asked
        assert parsed(each["local_start"]).utcoffset() == start.astimezone(zone).utcoffset(), asked
        assert unit != "week" or names[-1].weekday() == 0
    assert len(set(names)) == len(names), asked


def test_without_a_range_it_ends_with_the_newest_post(serve, archive):
    now = datetime(2026, 2, 22, 10, 15, tzinfo=UTC)
    posts = random_posts.posts(Random(1), 50)
    for number, post in enumerate(posts):
        post["at"] = now - timedelta(hours=number)
        post["discovered_at"] = post["at"].isoformat()
    random_posts.store(archive, posts)
    server = serve()
    answer = server.get("/v1/stats/timeline", [("bucket", "hour")])
    assert len(answer["buckets"]) == answer["total"] == 48
    assert all(each["total"] == 1 for each in answer["buckets"])
    # Whoever the author is, the range is the same.
    answer = server.get("/v1/stats/timeline", [("bucket", "hour"), ("handle", "nobody")])
    assert len(answer["buckets"]) == 48 and answer["total"] == 0
